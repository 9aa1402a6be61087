import { ulid } from "ulid";
import { mustBeOpen, mustReach } from "../../consent/reach/store";
import { inOneBatch, type Statement } from "../../db/client";
import { Fault, notFound } from "../../errors";
import type { Once } from "../../http/idempotency";
import { type Page, pageOf } from "../../http/pages";
import { liveSession } from "../../identity/store";
import { type OutboxRow, publish } from "../../live/store";
import { tell } from "../../live/tell";
import { reachOf } from "../../numbers/reach";
import { earlierOutcome } from "../../once/once";
import type { Outcome } from "../../once/outcome";
import { doneOperation } from "../../once/store";
import type { Scope } from "../../scope";
import { mustBeSenders } from "../allowed/store";
import type { ScheduleInput } from "../inputs";
import { mediaAsKept, mustHaveMedia } from "../media/store";
import { orderOf } from "../order";
import { mediaOnWire } from "../shape";
import { ScheduledMessage } from "./inputs";
import { addScheduled, canceling, findScheduled, hintOfScheduled, type ScheduledRow, scheduledPage } from "./store";

const KIND = "message_schedule";
const LONGEST_MS = 400 * 86_400_000;

/** Keeps a message for its time. What would refuse it now refuses it; when its time comes everything is asked again. */
export async function schedule(scope: Scope, input: ScheduleInput, once: Once): Promise<Outcome<ScheduledMessage>> {
	const { db, accountId, userId, settings } = scope;
	const now = scope.now();
	const { sendAt: wanted, ...message } = input;
	const sendAt = Date.parse(wanted);
	if (sendAt <= now || sendAt > now + LONGEST_MS)
		throw new Fault("invalid_input", "sendAt: a moment to come, within a year", {
			details: [{ path: "sendAt", message: "must be to come, within a year" }],
		});
	const { own, peer, channel, body, media, mediaIds, country } = await orderOf(scope, message);
	const row = newRow({ accountId, userId, ownE164: own, peer, channel, body, media, sendAt }, now);
	const answer = scheduledOnWire(settings, row, now);
	const number = { own, channel, userId: scope.role === "member" ? userId : null, withMedia: media.length > 0 };
	const operation = { id: `op_${ulid(now)}`, userId, kind: KIND, once, hold: 0, detail: { scheduledId: row.id }, now };
	const { account, payload, audience } = hintOfScheduled(row);
	try {
		const results = await inOneBatch<Statement>(db, [
			liveSession(db, scope),
			...mustBeSenders(db, accountId, number),
			mustReach(db, accountId, country),
			mustBeOpen(db, accountId, peer, "messages"),
			...(mediaIds.length > 0 ? [mustHaveMedia(db, accountId, mediaIds)] : []),
			doneOperation(db, accountId, operation, JSON.stringify(answer)),
			addScheduled(db, row, mediaAsKept(accountId, media)),
			publish(db, account, "conversation", payload, now, audience),
		]);
		tell(scope, results.at(-1) as OutboxRow[]);
		return { state: "done", body: answer, replayed: false };
	} catch (error) {
		const earlier = await earlierOutcome(scope, KIND, once, ScheduledMessage, error);
		if (earlier) return earlier;
		throw error;
	}
}

type Wish = Pick<ScheduledRow, "accountId" | "userId" | "ownE164" | "peer" | "channel" | "body" | "media" | "sendAt">;

function newRow(wish: Wish, now: number): ScheduledRow {
	const fresh = { kind: "wish", state: "waiting", tries: 0, messageId: null, reason: null, createdAt: now } as const;
	return { id: `sch_${ulid(now)}`, ...wish, ...fresh };
}

export async function listScheduled(
	scope: Scope,
	{ limit, before, conversationId }: { limit: number; before: string | undefined; conversationId: string | undefined },
): Promise<Page<ScheduledMessage>> {
	const rows = await scheduledPage(scope.db, scope.accountId, {
		reach: reachOf(scope),
		conversationId,
		before,
		limit,
	});
	const now = scope.now();
	return pageOf(
		rows,
		limit,
		({ id }) => [id],
		(row) => scheduledOnWire(scope.settings, row, now),
	);
}

/** Takes a message back. One that has left, or is leaving, is a conflict. */
export async function cancelScheduled(scope: Scope, id: string): Promise<void> {
	const { db, accountId, now } = scope;
	const reach = reachOf(scope);
	const row = await findScheduled(db, accountId, reach, id);
	if (row?.kind !== "wish") throw notFound("Scheduled message");
	const { account, payload, audience } = hintOfScheduled(row);
	const [gone, told] = await inOneBatch(db, [
		canceling(db, accountId, reach, id),
		publish(db, account, "conversation", payload, now(), audience),
	] as const);
	tell(scope, told);
	if (gone.length === 0) throw new Fault("conflict", "This message is on its way, or was taken back already.");
}

export function scheduledOnWire(settings: Scope["settings"], row: ScheduledRow, now: number): ScheduledMessage {
	const { id, ownE164, peer, channel, body, media, sendAt, state, reason, messageId, userId, createdAt } = row;
	return {
		id,
		from: ownE164,
		to: peer,
		channel,
		body,
		media: mediaOnWire(settings, media, now),
		sendAt: new Date(sendAt).toISOString(),
		state,
		reason,
		messageId,
		scheduledBy: userId,
		createdAt: new Date(createdAt).toISOString(),
	};
}
