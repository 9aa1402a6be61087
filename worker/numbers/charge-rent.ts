import { inOneBatch, type Statement } from "../db/client";
import { brokenRule } from "../db/guards";
import { tellWallet } from "../live/tell";
import { readSettings } from "../operations/installation-settings";
import { anniversaryAfter } from "../pure/months";
import type { House } from "../scope";
import { addNotice } from "../wallet/notices/store";
import { book } from "../wallet/store";
import { releaseUnpaid } from "./release";
import { type NumberRow, oweRent, payRentThrough, rentDueAnyAccount } from "./store";

/** As many as fit well into one tick. */
const AT_MOST = 100;
const DAY_MS = 86_400_000;
/** New money is tried at once; this is for money that comes back from holds. */
const AGAIN_MS = 6 * 3_600_000;

/**
 * Charges each number for the months that have begun, once per number and month. One that cannot pay is told of it, stays for the days
 * of grace, is told again, and is released.
 */
export async function chargeRent(house: House): Promise<void> {
	const due = await rentDueAnyAccount(house.db, house.now(), AT_MOST);
	if (due.length === 0) return;
	const { rent } = await readSettings(house);
	for (const number of due)
		try {
			await chargeOne(house, number, rent);
		} catch (error) {
			console.warn(JSON.stringify({ level: "warn", number: number.id, waits: "rent", error: String(error) }));
		}
}

async function chargeOne(house: House, number: NumberRow, rent: { graceDays: number; lastNoticeDays: number }) {
	const { db } = house;
	const { accountId, id, e164, purchasedAt, rentPaidThrough: was } = number;
	if (purchasedAt === null || was === null) return;
	const now = house.now();
	const month = new Date(was).toISOString().slice(0, 10);
	const entry = {
		kind: "number_rent",
		from: "available",
		to: "revenue",
		ref: `${id}:${month}`,
		memo: e164,
		now,
	} as const;
	try {
		await inOneBatch<Statement>(db, [
			...payRentThrough(db, accountId, id, was, anniversaryAfter(purchasedAt, was)),
			...(number.monthlyMicros > 0 ? [book(db, accountId, { ...entry, amountMicros: number.monthlyMicros })] : []),
		]);
		tellWallet(house, accountId);
	} catch (error) {
		if (brokenRule(error) === "nothing_changed_meanwhile") return;
		if (brokenRule(error) !== "wallet_covers") throw error;
		await remind(house, number, was, rent);
	}
}

/** What follows when the wallet does not cover the rent. */
async function remind(
	house: House,
	number: NumberRow,
	dueSince: number,
	{ graceDays, lastNoticeDays }: { graceDays: number; lastNoticeDays: number },
): Promise<void> {
	const { db } = house;
	const { accountId, id, e164, monthlyMicros: amountMicros } = number;
	const now = house.now();
	const releaseAt = dueSince + graceDays * DAY_MS;
	const tell = (kind: string) =>
		addNotice(db, accountId, { kind, ref: `${id}:${dueSince}`, detail: { e164, amountMicros, releaseAt }, now });
	if (now >= releaseAt) {
		await releaseUnpaid(house, number, tell("number_released"));
		return;
	}
	const last = now >= releaseAt - lastNoticeDays * DAY_MS;
	await inOneBatch<Statement>(db, [
		oweRent(db, accountId, id, dueSince, Math.min(now + AGAIN_MS, releaseAt)),
		tell("rent_unpaid"),
		...(last ? [tell("rent_last_notice")] : []),
	]);
}
