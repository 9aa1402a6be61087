import type { Db, Statement } from "../db/client";
import { inOneBatch } from "../db/client";
import { brokenRule } from "../db/guards";
import { tellWallet } from "../live/tell";
import { parsePhone } from "../pure/phone";
import type { House } from "../scope";
import { reserveUsage, settleUsage, type Use } from "../wallet/usage/store";
import type { CallContext } from "./context/store";
import { addCost, setUsage } from "./store";
import { addEventAnyAccount } from "./story/store";

/** The longest that a leg may last, and what is set aside for it at most. */
export const MOST_MINUTES = 120;
const LATE_MS = (MOST_MINUTES + 30) * 60_000;
/** What the database says when there is no money for a leg. */
const NO_MONEY = new Set(["wallet_covers", "day_within_cap", "member_within_limit"]);

/** How a reservation of a call's minutes is written. */
export const minutesTo = (country: string, ref: string, memo: string, now: number) =>
	({
		ref,
		item: "call_minute",
		country,
		units: { atLeast: 1, atMost: MOST_MINUTES },
		memo,
		now,
		settleBy: now + LATE_MS,
	}) as const;

/** Sets money aside for putting a call through to a number: the seconds that it pays for. Null when it pays for none. */
export async function payForLeg(house: House, call: CallContext, to: string, step: number): Promise<number | null> {
	const country = parsePhone(to)?.country || "*";
	return (await pay(house, call, step, (ref, now) => minutesTo(country, ref, to, now)))?.seconds ?? null;
}

/** What is set aside for a leg, and for how long that lasts. */
interface Paid {
	ref: string;
	seconds: number;
}

/** Sets money aside for the time that an assistant talks. Null when there is none. */
export function payForAssistant(house: House, call: CallContext, step: number): Promise<Paid | null> {
	return pay(house, call, step, (ref, now) => ({ ...minutesTo("*", ref, call.own, now), item: "assistant_minute" }));
}

async function pay(
	house: House,
	call: CallContext,
	step: number,
	use: (ref: string, now: number) => Use,
): Promise<Paid | null> {
	const { db } = house;
	const now = house.now();
	const ref = `${call.id}.${step}.${now.toString(36)}`;
	const wanted = use(ref, now);
	try {
		const [[held]] = await inOneBatch(db, [
			reserveUsage(db, call.accountId, wanted),
			setUsage(db, call.accountId, call.id, ref),
		]);
		tellWallet(house, call.accountId);
		return held ? { ref, seconds: held.unitsHeld * 60 } : null;
	} catch (error) {
		if (!NO_MONEY.has(brokenRule(error) ?? "")) throw error;
		await addEventAnyAccount(db, call.id, { kind: "no_credit", detail: { to: wanted.memo }, now });
		return null;
	}
}

/**
 * The statements that charge what was set aside for a call by what was spoken, and give the rest back. A minute that has begun is a
 * whole one. Repeats change nothing.
 */
export function settling(
	db: Db,
	call: { id: string; accountId: string },
	legs: { ref: string; seconds: number }[],
	now: number,
): Statement[] {
	const { id, accountId } = call;
	return [
		...legs.map(({ ref, seconds }) => settleUsage(db, accountId, { ref, units: Math.ceil(seconds / 60), now })),
		addCost(
			db,
			accountId,
			id,
			legs.map(({ ref }) => ref),
		),
	];
}
