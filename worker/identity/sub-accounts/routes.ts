import { Hono } from "hono";
import * as z from "zod";
import type { HttpEnv } from "../../http/http-env";
import { HOUR, within } from "../../http/limits";
import { ownersOnly } from "../../http/owners-only";
import { signedIn } from "../../http/signed-in";
import { says, valid } from "../../http/valid";
import { MemberChange, MemberInput, MemberShape } from "./inputs";
import { alterMember, inviteAgain, openMember, readMember, removeMember, resumeMember, suspendMember } from "./members";
import { listMembers } from "./store";
import { memberOnWire, monthOf } from "./wire";

const Done = z.object({ success: z.literal(true) });

export const subAccountsApi = new Hono<HttpEnv>()
	.use("/sub-accounts/*", signedIn, ownersOnly)
	.get("/sub-accounts", says("The account's sub-accounts", 200, z.array(MemberShape)), async (c) => {
		const { db, accountId, now } = c.var.scope;
		return c.json((await listMembers(db, accountId, monthOf(now()))).map(memberOnWire));
	})
	.post(
		"/sub-accounts",
		says("Adds or invites a sub-account", 201, MemberShape),
		valid("json", MemberInput),
		async (c) => {
			const buckets = [{ key: `members:${c.var.scope.accountId}`, windows: [{ most: 60, seconds: HOUR }] }];
			const member = await within(c, buckets, () => openMember(c.var.scope, c.req.valid("json")));
			return c.json(memberOnWire(member), 201);
		},
	)
	.get("/sub-accounts/:id", says("One sub-account", 200, MemberShape), async (c) =>
		c.json(memberOnWire(await readMember(c.var.scope, c.req.param("id")))),
	)
	.patch("/sub-accounts/:id", says("Changes a sub-account", 200, MemberShape), valid("json", MemberChange), async (c) =>
		c.json(memberOnWire(await alterMember(c.var.scope, c.req.param("id"), c.req.valid("json")))),
	)
	.delete("/sub-accounts/:id", says("Removes a sub-account", 200, Done), async (c) => {
		await removeMember(c.var.scope, c.req.param("id"));
		return c.json({ success: true });
	})
	.post("/sub-accounts/:id/invite", says("Mails the invitation again", 200, Done), async (c) => {
		const buckets = [{ key: `members:${c.var.scope.accountId}`, windows: [{ most: 60, seconds: HOUR }] }];
		await within(c, buckets, () => inviteAgain(c.var.scope, c.req.param("id")));
		return c.json({ success: true });
	})
	.post("/sub-accounts/:id/suspend", says("Shuts a sub-account out", 200, MemberShape), async (c) => {
		await suspendMember(c.var.scope, c.req.param("id"));
		return c.json(memberOnWire(await readMember(c.var.scope, c.req.param("id"))));
	})
	.post("/sub-accounts/:id/resume", says("Lets a suspended sub-account in again", 200, MemberShape), async (c) => {
		await resumeMember(c.var.scope, c.req.param("id"));
		return c.json(memberOnWire(await readMember(c.var.scope, c.req.param("id"))));
	});
