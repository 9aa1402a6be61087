import { type Context, Hono } from "hono";
import type { HttpEnv } from "../../http/http-env";
import { type Bucket, DAY, MINUTE, within } from "../../http/limits";
import { signedIn } from "../../http/signed-in";
import { personFor } from "../../http/user-id";
import { says, valid } from "../../http/valid";
import { Availability, Found, LookupQuery, NumberInput, Saved } from "./inputs";
import { checkNumber, dropNumber, lookUp, saveNumber } from "./personal-number";

export const personalNumberApi = new Hono<HttpEnv>()
	.post(
		"/users/phone/check",
		says("Whether a personal number is free", 200, Availability),
		signedIn,
		valid("json", NumberInput),
		async (c) => {
			const input = c.req.valid("json");
			const scope = await personFor(c.var.scope, input.userId);
			return c.json({ success: true, data: await within(c, budget(c), () => checkNumber(scope, input)) });
		},
	)
	.patch(
		"/users/phone",
		says("Saves the personal number", 200, Saved),
		signedIn,
		valid("json", NumberInput),
		async (c) => {
			const input = c.req.valid("json");
			const scope = await personFor(c.var.scope, input.userId);
			const personalPhoneNumber = await within(c, budget(c), () => saveNumber(scope, input));
			return c.json({ success: true, data: { personalPhoneNumber, message: "Phone number updated successfully" } });
		},
	)
	.delete("/users/phone", says("Removes the personal number", 200, Saved), signedIn, async (c) => {
		await dropNumber(c.var.scope);
		return c.json({ success: true, data: { personalPhoneNumber: null, message: "Phone number removed" } });
	})
	.get(
		"/users/lookup/phone",
		says("Who can be called under a personal number", 200, Found),
		signedIn,
		valid("query", LookupQuery),
		async (c) => {
			const query = c.req.valid("query");
			return c.json({ success: true, data: await within(c, budget(c), () => lookUp(c.var.scope, query)) });
		},
	);

// One budget for all that tells whether a number is somebody's, so that nobody walks through a numbering plan.
function budget(c: Context<HttpEnv>): Bucket[] {
	return [
		{
			key: `phone:${c.var.scope.actorId ?? c.var.scope.userId}`,
			windows: [
				{ most: 20, seconds: MINUTE },
				{ most: 100, seconds: DAY },
			],
		},
	];
}
