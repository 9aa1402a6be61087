/** The account that the loopback carrier knows, as settings of the product. */
export const ACCOUNT = {
	TWILIO_ACCOUNT_SID: `AC${"0".repeat(31)}1`,
	TWILIO_AUTH_TOKEN: "loopback-carrier-token-of-32-bytes",
};
