import { ulid } from "ulid";
import { mustBeOpen, mustReach } from "../consent/reach/store";
import { inOneBatch, type Statement } from "../db/client";
import type { Once } from "../http/idempotency";
import { liveSession, spendAs } from "../identity/store";
import { type OutboxRow, publish } from "../live/store";
import { earlierOutcome } from "../once/once";
import type { Outcome } from "../once/outcome";
import { openOperation } from "../once/store";
import { CarrierBusy, CarrierRefusal } from "../outside/carrier/carrier";
import type { Scope } from "../scope";
import { reserveUsage } from "../wallet/usage/store";
import { mustBeSenders, mustBeWithinLimits, mustHaveFailed } from "./allowed/store";
import { messageStatusUrl } from "./callback-url";
import { Message, type MessageInput } from "./inputs";
import { messageMediaUrl } from "./media/media-url";
import { mustHaveMedia } from "./media/store";
import { type Order, orderOf } from "./order";
import { type Begun, keepSent, leaveUnclear, refuse } from "./settle";
import { mediaIn } from "./shape";
import { hintOf, type MessageRow, sending } from "./store";

export const SEND_KIND = "message_send";
/** For so long the carrier may fetch a picture that it is to send. */
const FETCHABLE_MS = 24 * 3_600_000;
/** A message that nobody settled after so many times the completer's age is a breach of the books. */
const PATIENCE = 4;

/** Sends one message, at once. See {@link deliver}. */
export async function sendMessage(scope: Scope, input: MessageInput, once: Once): Promise<Outcome<Message>> {
	return deliver(scope, await orderOf(scope, input), once);
}

/**
 * Writes a message down with its money set aside, asks the carrier once, and then charges or gives back: a round trip before and one
 * after. A carrier that does not say how it went leaves the message unknown for `settleMessages`; it is never asked again. Throws when
 * nothing was begun: not the caller's number, a person who said stop, no money, too much sent. `permit` aborts the batch unless
 * whoever sends may still do so.
 */
export async function deliver(
	scope: Scope,
	order: Order,
	once: Once,
	permit: Statement = liveSession(scope.db, scope),
): Promise<Outcome<Message>> {
	let sent: Begun;
	try {
		sent = await begin(scope, order, once, permit);
	} catch (error) {
		const earlier = await earlierOutcome(scope, SEND_KIND, once, Message, error);
		if (earlier) return earlier;
		throw error;
	}
	return ask(scope, sent);
}

/** The first round trip: operation, message and money, or none of them. */
async function begin(scope: Scope, order: Order, once: Once, permit: Statement): Promise<Begun> {
	const { db, accountId, userId, settings } = scope;
	const { own, peer, channel, body, media, item, units, retryOf, country } = order;
	const now = scope.now();
	const id = `msg_${ulid(now)}`;
	const operationId = `op_${ulid(now)}`;
	const conversationId = `cnv_${ulid(now)}`;
	const number = { own, channel, userId: scope.role === "member" ? userId : null, withMedia: media.length > 0 };
	const { account, payload, audience } = hintOf(id);
	const before: Statement[] = [
		permit,
		...mustBeSenders(db, accountId, number),
		mustReach(db, accountId, country),
		mustBeOpen(db, accountId, peer, "messages"),
		...(order.mediaIds.length > 0 ? [mustHaveMedia(db, accountId, order.mediaIds)] : []),
		...(retryOf === null ? [] : [mustHaveFailed(db, accountId, retryOf)]),
		openOperation(db, accountId, {
			id: operationId,
			userId,
			kind: SEND_KIND,
			once,
			hold: 0,
			detail: { messageId: id },
			now,
		}),
	];
	const settleBy = now + PATIENCE * settings.COMPLETER_AGE_SECONDS * 1_000;
	const spending = spendAs(db, scope, id);
	const results = await inOneBatch<Statement>(db, [
		...before,
		...sending(db, {
			id,
			operationId,
			conversationId,
			accountId,
			userId,
			own,
			peer,
			channel,
			body,
			media,
			segments: units,
			retryOf,
			now,
		}),
		...spending,
		reserveUsage(db, accountId, { ref: id, item, country, units, memo: peer, now, settleBy }),
		...mustBeWithinLimits(db, accountId, now, settings.RATE_LIMIT_SCALE),
		publish(db, account, "message", payload, now, audience),
	]);
	const [row] = results[before.length + 1] as MessageRow[];
	const [use] = results[before.length + 2 + spending.length] as { unitMicros: number }[];
	if (!row || !use) throw new Error("the message was not written");
	return { ...row, own, peer, channel, unitMicros: use.unitMicros, events: results.at(-1) as OutboxRow[] };
}

/** Asks the carrier, exactly once, and writes down what it says. */
async function ask(scope: Scope, sent: Begun): Promise<Outcome<Message>> {
	const { settings, carrier } = scope;
	try {
		const taken = await carrier.sendMessage({
			to: sent.peer,
			from: sent.own,
			body: sent.body,
			mediaUrls: mediaIn(sent.media).map((ref) =>
				"id" in ref ? messageMediaUrl(settings, ref.id, scope.now() + FETCHABLE_MS) : ref.url,
			),
			statusUrl: messageStatusUrl(settings, sent.id),
			whatsapp: sent.channel === "whatsapp",
		});
		return await keepSent(scope, sent, taken);
	} catch (error) {
		if (error instanceof CarrierRefusal || error instanceof CarrierBusy) return refuse(scope, sent, error);
		return leaveUnclear(scope, sent);
	}
}
