import { inOneBatch, type Statement } from "../../db/client";
import { Fault, type FaultCode } from "../../errors";
import { faultOfRule } from "../../http/rules";
import { type OutboxRow, publish } from "../../live/store";
import { tell } from "../../live/tell";
import type { Outcome } from "../../once/outcome";
import { parsePhone } from "../../pure/phone";
import type { House, Scope } from "../../scope";
import type { Message } from "../inputs";
import { type Order, priced } from "../order";
import { deliver } from "../send";
import { mediaIn } from "../shape";
import {
	type DueMessage,
	type Ended,
	endScheduled,
	hintOfScheduled,
	mustBeActivePerson,
	takingDueAnyAccount,
} from "./store";

/** As many as fit well into one tick; the oldest go first, so the rest has its turn in the next. */
const AT_MOST = 50;
const AGAIN_MS = 60_000;
const MOST_TRIES = 10;
/** What may be otherwise in a minute. */
const PASSING: ReadonlySet<FaultCode> = new Set(["try_again", "rate_limited"]);

/**
 * Sends what is due, each once: a message's Idempotency-Key is its schedule's id, so whoever takes up what a crash left behind finds
 * what became of it. One that cannot be sent says why, in its conversation.
 */
export async function sendDue(house: House): Promise<void> {
	for (const due of await takingDueAnyAccount(house.db, house.now(), AT_MOST))
		try {
			const ended = await outcomeOf(house, due);
			if (ended) await end(house, due, ended);
		} catch (error) {
			console.warn(JSON.stringify({ level: "warn", scheduled: due.id, error: String(error) }));
		}
}

/** Null while nobody can tell, so that the next tick asks again under the same key. */
async function outcomeOf(house: House, due: DueMessage): Promise<Ended | null> {
	const { accountId, userId, role, id, tries } = due;
	const scope: Scope = { ...house, accountId, userId, role, sessionId: null };
	const once = { key: `scheduled:${id}:${tries}`, requestHash: id };
	try {
		return endOf(
			house,
			due,
			await deliver(scope, orderFor(due), once, mustBeActivePerson(house.db, accountId, userId)),
		);
	} catch (error) {
		const fault = error instanceof Fault ? error : faultOfRule(error);
		if (!fault) throw error;
		if (fault.code === "in_progress" || fault.code === "try_again") return null;
		return refusal(house, due, fault);
	}
}

function endOf(house: House, due: DueMessage, outcome: Outcome<Message>): Ended {
	if (outcome.state === "done") return { state: "sent", messageId: outcome.body.id };
	if (outcome.state === "pending") return { state: "sent", operationId: outcome.operationId };
	return refusal(house, due, outcome.fault);
}

function refusal(house: House, { tries }: DueMessage, fault: Fault): Ended {
	if (PASSING.has(fault.code) && tries < MOST_TRIES) return { state: "waiting", sendAt: house.now() + AGAIN_MS };
	return { state: "failed", reason: fault.message };
}

function orderFor({ ownE164: own, peer, channel, body, media: kept }: DueMessage): Order {
	const media = mediaIn(kept);
	const mediaIds = media.flatMap((ref) => ("id" in ref ? [ref.id] : []));
	const country = parsePhone(peer)?.country ?? "";
	return {
		own,
		peer,
		channel,
		body,
		media,
		mediaIds,
		country,
		...priced(channel, body, media.length > 0),
		retryOf: null,
	};
}

async function end(house: House, due: DueMessage, ended: Ended): Promise<void> {
	const { account, payload, audience } = hintOfScheduled(due);
	const results = await inOneBatch<Statement>(house.db, [
		endScheduled(house.db, due.accountId, due.id, ended),
		publish(house.db, account, "conversation", payload, house.now(), audience),
	]);
	tell(house, results.at(-1) as OutboxRow[]);
}
