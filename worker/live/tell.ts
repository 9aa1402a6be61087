import type { House } from "../scope";
import type { ListName } from "./protocol";
import { markSent, type OutboxRow, pruneAnyAccount, takeCampaignEvent, unsentAnyAccount } from "./store";

const KEPT_MS = 24 * 3_600_000;
/** So old an event was not sent by whoever wrote it. */
const OVERDUE_MS = 15_000;
const AT_MOST = 500;

/** Sends events to every open page of their account, after the answer has left. What fails here, `flushOutbox` sends. */
export function tell(house: House, events: readonly OutboxRow[]): void {
	for (const [accountId, own] of Map.groupBy(events, (event) => event.accountId)) {
		house.defer(Promise.resolve(house.feedOf(accountId).pushNew(own)).catch(complain));
		house.defer(nudge(house, accountId).catch(complain));
	}
}

/** So long nobody asks again whether an account that has no webhooks has some by now; the clock does meanwhile. */
const IDLE_MS = 60_000;
const idleUntil = new Map<string, number>();

/** What happened may be told to the customer's own programs, too. */
async function nudge(house: House, accountId: string): Promise<void> {
	if ((idleUntil.get(accountId) ?? 0) > house.now()) return;
	if (await house.courierOf(accountId).nudge()) return;
	if (idleUntil.size > 10_000) idleUntil.clear();
	idleUntil.set(accountId, house.now() + IDLE_MS);
}

/** For whoever has moved an account's money, after the commit: its pages read the balance again. */
export function tellWallet(house: House, accountId: string): void {
	house.defer(Promise.resolve(house.feedOf(accountId).tellWallet(accountId)).catch(complain));
}

/** Has every open page of an account read one of its lists again. */
export function tellChanged(house: House, accountId: string, list: ListName): void {
	house.defer(Promise.resolve(house.feedOf(accountId).tellChanged(list)).catch(complain));
}

/** Passes on events of one account that are marked as sent already. */
export function pass(house: House, events: readonly OutboxRow[]): void {
	const [first] = events;
	if (first) house.defer(Promise.resolve(house.feedOf(first.accountId).push([...events])).catch(complain));
}

/** Tells the account's pages that a campaign has moved; the database has written that down by itself. */
export function tellCampaign(house: House, campaignId: string): void {
	const telling = takeCampaignEvent(house.db, campaignId, house.now()).then((events) => pass(house, events));
	house.defer(telling.catch(complain));
}

/** Sends what was written and never sent, and forgets what nobody will ask for. */
export async function flushOutbox(house: House): Promise<void> {
	const now = house.now();
	const unsent = await unsentAnyAccount(house.db, now - OVERDUE_MS, AT_MOST);
	if (unsent.length > 0) await send(house, unsent);
	await pruneAnyAccount(house.db, now - KEPT_MS, 10 * AT_MOST);
}

async function send(house: House, events: readonly OutboxRow[]): Promise<void> {
	const byAccount = Map.groupBy(events, ({ accountId }) => accountId);
	for (const [accountId, own] of byAccount) await house.feedOf(accountId).push(own);
	await markSent(house.db, events, house.now());
}

function complain(error: unknown): void {
	console.warn(JSON.stringify({ level: "warn", live: "not sent", error: String(error) }));
}
