import { Hono } from "hono";
import * as z from "zod";
import { CampaignId } from "../../campaigns/inputs";
import { campaignById } from "../../campaigns/store";
import { inOneBatch } from "../../db/client";
import { notFound } from "../../errors";
import type { HttpEnv } from "../../http/http-env";
import { ownersOnly } from "../../http/owners-only";
import { decodeCursor, PageQuery, PageShape, pageOf } from "../../http/pages";
import { signedIn } from "../../http/signed-in";
import { says, valid } from "../../http/valid";
import { formatPhone } from "../../pure/phone";
import { leaveOut, takeBackIn } from "./leave-out";
import { pageLeftOut } from "./store";

const LeftOut = z
	.object({ phoneNumber: z.string(), formatted: z.string(), createdAt: z.iso.datetime() })
	.meta({ id: "CampaignDoNotCall" });
const Numbers = z.strictObject({
	phoneNumbers: z.array(z.string().min(1).max(40)).min(1).max(1_000),
	country: z.string().max(60).optional(),
});
const OneNumber = CampaignId.extend({ number: z.string().max(20) });

/** Numbers that one campaign leaves out, beside those that the account never calls. */
export const leftOutApi = new Hono<HttpEnv>()
	.use(signedIn, ownersOnly)
	.get(
		"/:id/do-not-call",
		says("Numbers that this campaign leaves out", 200, PageShape(LeftOut)),
		valid("param", CampaignId),
		valid("query", PageQuery),
		async (c) => {
			const { db, accountId } = c.var.scope;
			const { id } = c.req.valid("param");
			const { limit, cursor } = c.req.valid("query");
			const after = decodeCursor(cursor, z.tuple([z.string()]))?.[0];
			const [owned, rows] = await inOneBatch(db, [
				campaignById(db, accountId, id),
				pageLeftOut(db, accountId, id, { limit, after }),
			]);
			if (owned.length === 0) throw notFound("Campaign");
			return c.json(pageOf(rows, limit, ({ e164 }) => [e164], toLeftOut));
		},
	)
	.post(
		"/:id/do-not-call",
		says("Leaves numbers out of this campaign from now on", 200, z.object({ added: z.number() })),
		valid("param", CampaignId),
		valid("json", Numbers),
		async (c) => {
			const { phoneNumbers, country } = c.req.valid("json");
			return c.json({ added: await leaveOut(c.var.scope, c.req.valid("param").id, phoneNumbers, country) });
		},
	)
	.delete(
		"/:id/do-not-call/:number",
		says("Takes a number back in", 200, z.object({ success: z.boolean() })),
		valid("param", OneNumber),
		async (c) => {
			const { id, number } = c.req.valid("param");
			await takeBackIn(c.var.scope, id, number);
			return c.json({ success: true });
		},
	);

const toLeftOut = ({ e164, createdAt }: { e164: string; createdAt: number }) => ({
	phoneNumber: e164,
	formatted: formatPhone(e164),
	createdAt: new Date(createdAt).toISOString(),
});
