import { Hono } from "hono";
import * as z from "zod";
import { callOfAttempt } from "../../calls/store";
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
import { markRequest, pageRequests, type RequestRow } from "./store";

const iso = z.iso.datetime().nullable();
const RequestShape = z
	.object({
		id: z.string(),
		/** The call in the log, by which its recording is heard. */
		callId: z.string(),
		contactId: z.string(),
		phoneNumber: z.string(),
		formatted: z.string(),
		name: z.string(),
		kind: z.enum(["callback", "recording"]),
		/** True once there is a recording, which may still be on its way here. */
		isRecorded: z.boolean(),
		seconds: z.number().nullable(),
		createdAt: z.iso.datetime(),
		doneAt: iso,
	})
	.meta({ id: "CampaignRequest" });
const RequestId = CampaignId.extend({ requestId: z.string().max(64) });
const Marked = z.strictObject({ done: z.boolean() });

/** What people asked for with a key: to be called back, or what they said after the tone. */
export const requestsApi = new Hono<HttpEnv>()
	.use(signedIn, ownersOnly)
	.get(
		"/:id/requests",
		says("What people asked for in a campaign's calls, newest first", 200, PageShape(RequestShape)),
		valid("param", CampaignId),
		valid("query", PageQuery),
		async (c) => {
			const { db, accountId } = c.var.scope;
			const { id } = c.req.valid("param");
			const { limit, cursor } = c.req.valid("query");
			const before = decodeCursor(cursor, z.tuple([z.string()]))?.[0];
			const [owned, rows] = await inOneBatch(db, [
				campaignById(db, accountId, id),
				pageRequests(db, accountId, id, { limit, before }),
			]);
			if (owned.length === 0) throw notFound("Campaign");
			return c.json(pageOf(rows, limit, (row) => [row.id], toRequest));
		},
	)
	.patch(
		"/:id/requests/:requestId",
		says("Marks a request as done", 200, z.object({ success: z.boolean() })),
		valid("param", RequestId),
		valid("json", Marked),
		async (c) => {
			const { db, accountId, now } = c.var.scope;
			const { id, requestId } = c.req.valid("param");
			const marked = await markRequest(db, accountId, id, requestId, c.req.valid("json").done ? now() : null);
			if (marked.length === 0) throw notFound("Request");
			return c.json({ success: true });
		},
	);

function toRequest(row: RequestRow): z.output<typeof RequestShape> {
	return {
		id: row.id,
		callId: callOfAttempt(row.attemptId),
		contactId: row.contactId,
		phoneNumber: row.e164,
		formatted: formatPhone(row.e164),
		name: [row.firstName, row.lastName].filter(Boolean).join(" "),
		kind: row.kind,
		isRecorded: row.recordingRef !== null,
		seconds: row.seconds,
		createdAt: new Date(row.createdAt).toISOString(),
		doneAt: row.doneAt === null ? null : new Date(row.doneAt).toISOString(),
	};
}
