import { createHmac } from "node:crypto";
import { expect, it } from "vitest";
import { newSecret, signedHeaders } from "./standard-webhook";

// The example of the specification's own libraries.
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const EVENT = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", body: '{"test": 2432232314}', now: 1_614_265_330_000 };

it("signs as the specification's example does", async () => {
	expect(await signedHeaders([SECRET], EVENT)).toEqual({
		"webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
		"webhook-timestamp": "1614265330",
		"webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
	});
});

it("signs with both secrets while one is changed for the other", async () => {
	const [fresh, old] = [newSecret(), newSecret()];
	const by = (secret: string) =>
		`v1,${createHmac("sha256", Buffer.from(secret.slice(6), "base64"))
			.update(`${EVENT.id}.1614265330.${EVENT.body}`)
			.digest("base64")}`;

	const { "webhook-signature": signature } = await signedHeaders([fresh, old], EVENT);

	expect(signature).toBe(`${by(fresh)} ${by(old)}`);
	expect(fresh).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
});
