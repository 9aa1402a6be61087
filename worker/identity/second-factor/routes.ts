import { type Context, Hono } from "hono";
import { byPerson } from "../../http/by-person";
import type { HttpEnv } from "../../http/http-env";
import { type Bucket, MINUTE, within } from "../../http/limits";
import { signedIn } from "../../http/signed-in";
import { says, valid } from "../../http/valid";
import { Message } from "../passwords/inputs";
import { CodeInput, FactorShape, ProposalShape, RecoveryShape } from "./inputs";
import { confirm, propose, renewRecoveryCodes, turnOff } from "./second-factor";
import { findFactor } from "./store";

export const secondFactorApi = new Hono<HttpEnv>()
	.use("/totp/*", signedIn, byPerson)
	.get("/totp", says("Whether the second factor is on", 200, FactorShape), async (c) => {
		const factor = await findFactor(c.var.scope.db, c.var.scope.userId);
		const confirmedAt = factor?.confirmedAt ?? null;
		return c.json({
			enabled: confirmedAt !== null,
			confirmedAt: confirmedAt && new Date(confirmedAt).toISOString(),
			recoveryCodesLeft: factor?.codesLeft ?? 0,
		});
	})
	.post("/totp", says("A secret for an authenticator app", 200, ProposalShape), async (c) =>
		c.json(await propose(c.var.scope)),
	)
	.post(
		"/totp/confirm",
		says("Turns the second factor on", 200, RecoveryShape),
		valid("json", CodeInput),
		async (c) => {
			const { code } = c.req.valid("json");
			return c.json({ recoveryCodes: await within(c, guesses(c), () => confirm(c.var.scope, code)) });
		},
	)
	.post("/totp/recovery-codes", says("New recovery codes", 200, RecoveryShape), valid("json", CodeInput), async (c) => {
		const { code } = c.req.valid("json");
		return c.json({ recoveryCodes: await within(c, guesses(c), () => renewRecoveryCodes(c.var.scope, code)) });
	})
	.delete("/totp", says("Turns the second factor off", 200, Message), valid("json", CodeInput), async (c) => {
		const { code } = c.req.valid("json");
		await within(c, guesses(c), () => turnOff(c.var.scope, code));
		return c.json({ message: "The second factor is off." });
	});

function guesses(c: Context<HttpEnv>): Bucket[] {
	return [{ key: `code:${c.var.scope.userId}`, windows: [{ most: 10, seconds: 15 * MINUTE }], counts: "failures" }];
}
