import { inOneBatch, type Statement } from "../db/client";
import { unseal } from "../identity/sealed";
import { tellChanged } from "../live/tell";
import { type Sending, sendToCustomer } from "../outside/customer";
import { signedHeaders } from "../pure/standard-webhook";
import type { House } from "../scope";
import { placeOf } from "./keep";
import {
	courierRound,
	type DeliveryRow,
	endTry,
	giveUpOn,
	noteArrival,
	noteFailure,
	takeDue,
	type WebhookRow,
} from "./store";

/** Seconds from one try to the next; after the last one a delivery is given up, about four days after it began. */
export const WAITS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, 86_400];
/** As many connections as one invocation may have open at a time. */
const AT_ONCE = 6;
/** So many times one invocation goes on: each sending asks for names too, and a thousand requests are an invocation's share. */
const MOST_ROUNDS = 40;
/** Longer than a sending may take. */
const LEASE_MS = 60_000;
/** How long a webhook may fail without an arrival before it is switched off. */
const PATIENCE_MS = 5 * 86_400_000;
const GONE = 410;

export interface Round {
	/** The account has webhooks that want to hear something. */
	listening: boolean;
	/** When to look again, in Unix milliseconds; null: when something happens. */
	next: number | null;
}

type CourierRead = readonly [hooks: WebhookRow[], waiting: readonly [{ due: number | null }?], taken: DeliveryRow[]];

/** Sends what is due of an account, a few at a time, and tells when the next one is. One trip for each few. */
export async function deliverDue(house: House, accountId: string): Promise<Round> {
	const { db } = house;
	let ended: Statement[] = [];
	let moved = false;
	for (let left = MOST_ROUNDS; ; left--) {
		const now = house.now();
		const most = left > 0 ? AT_ONCE : 0;
		// What has ended counts first: it says when to try again, and which webhook is switched off.
		const results = await inOneBatch<Statement>(db, [
			...ended,
			...courierRound(db, accountId),
			takeDue(db, accountId, { now, until: now + LEASE_MS, most }),
		]);
		const [hooks, [waiting], taken] = results.slice(ended.length) as unknown as CourierRead;
		if (taken.length === 0) {
			if (moved) tellChanged(house, accountId, "webhooks");
			return { listening: hooks.some(({ status }) => status === "active"), next: waiting?.due ?? null };
		}
		const byId = new Map(hooks.map((hook) => [hook.id, hook]));
		ended = (await Promise.all(taken.map((each) => sendOne(house, each, byId.get(each.webhookId))))).flat();
		moved = true;
	}
}

async function sendOne(house: House, delivery: DeliveryRow, hook: WebhookRow | undefined): Promise<Statement[]> {
	if (!hook) return [];
	const body = JSON.stringify(delivery.payload);
	const headers = await signedHeaders(await secretsOf(house, hook), { id: delivery.eventId, body, now: house.now() });
	const sending = await sendToCustomer(house.settings, hook.url, { headers: { ...headers }, body });
	return effectsOf(house, delivery, sending);
}

function effectsOf({ db, now }: House, delivery: DeliveryRow, sending: Sending): Statement[] {
	const { accountId, webhookId, tries } = delivery;
	const at = now();
	const gone = sending.status === GONE;
	const wait = gone ? undefined : WAITS[tries - 1];
	const delayed =
		wait === undefined ? null : at + Math.max(wait, sending.retryAfter ?? 0) * 1000 * (1 + Math.random() / 10);
	const arrived = sending.error === null;
	const ending = {
		status: arrived ? "delivered" : delayed === null ? "failed" : "pending",
		nextTry: arrived || delayed === null ? null : Math.round(delayed),
		answerStatus: sending.status,
		answerMs: sending.ms,
		error: sending.error,
		now: at,
	} as const;
	if (arrived) return [endTry(db, delivery, ending), noteArrival(db, accountId, webhookId)];
	return [
		endTry(db, delivery, ending),
		noteFailure(db, accountId, webhookId, { patience: at - PATIENCE_MS, gone, now: at }),
		giveUpOn(db, accountId, webhookId, "The webhook was switched off", at),
	];
}

/** The secrets that sign now, the newest first. */
async function secretsOf({ settings, now }: House, hook: WebhookRow): Promise<string[]> {
	const { accountId, id, secretSealed, previousSealed, previousUntil } = hook;
	const counts = previousSealed !== null && (previousUntil ?? 0) > now();
	const sealed = [secretSealed, ...(counts ? [previousSealed] : [])];
	return Promise.all(sealed.map((each) => unseal(settings, each, placeOf(accountId, id))));
}
