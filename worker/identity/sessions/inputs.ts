import * as z from "zod";
import { EmailAddress, GivenPassword, line, NewPassword, TimeZone } from "../inputs";
import { Code } from "../second-factor/inputs";

export const SignUpInput = z.strictObject({
	email: EmailAddress,
	password: NewPassword,
	metadata: z
		.strictObject({
			fullName: line(100).optional(),
			companyName: line(100).optional(),
			timeZone: TimeZone.optional(),
			referralCode: line(40).optional(),
		})
		.default({}),
});
export type SignUpInput = z.output<typeof SignUpInput>;

export const LogInInput = z.strictObject({
	email: EmailAddress,
	password: GivenPassword,
	/** Of the authenticator app, or a recovery code; for those who turned the second factor on. */
	code: Code.optional(),
});
export type LogInInput = z.output<typeof LogInInput>;

export const UserShape = z.object({ id: z.string(), email: z.string() });

/** OAuth 2.0 spelling, as the contract prints it. */
export const SessionShape = z.object({
	user: UserShape,
	access_token: z.string(),
	token_type: z.literal("bearer"),
	expires_at: z.number().int(),
});

export const DeviceShape = z.object({
	id: z.string(),
	current: z.boolean(),
	userAgent: z.string(),
	ip: z.string(),
	createdAt: z.string(),
	lastUsedAt: z.string(),
	expiresAt: z.string(),
});
