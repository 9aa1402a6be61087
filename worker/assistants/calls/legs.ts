import { inOneBatch } from "../../db/client";
import { tellWallet } from "../../live/tell";
import { isOver } from "../../pure/call-state";
import { parsePhone } from "../../pure/phone";
import type { House } from "../../scope";
import { chargeLeg } from "./charging/store";
import { type AssistantCallRow, type destinationAnyAccount, handedOnAnyAccount, lookAtLeg } from "./store";

const AT_ONCE = 10;
const AGAIN_MS = 300_000;
/** A leg that the carrier has not shown by then was never put through. */
const SHOWN_WITHIN_MS = 15 * 60_000;
/** No call of the carrier lasts longer than a day. */
const OVER_WITHIN_MS = 2 * 86_400_000;

type Destination = NonNullable<Awaited<ReturnType<typeof destinationAnyAccount>>>;

const countryOf = (e164: string) => parsePhone(e164)?.country || "*";

/** True when there is money for the first minute of a call to there. How long it becomes is charged afterwards. */
export function isAffordable({ number, availableMicros, prices }: Destination): boolean {
	const price = (wanted: string) => prices.find(({ country }) => country === wanted)?.micros;
	return availableMicros >= (price(countryOf(number)) ?? price("*") ?? 0);
}

/** Charges calls that assistants have handed on, by what the carrier says of the other leg once that is over. */
export async function payLegs(house: House): Promise<void> {
	for (const call of await handedOnAnyAccount(house.db, house.now(), AT_ONCE)) await payLeg(house, call);
}

async function payLeg(house: House, call: AssistantCallRow): Promise<void> {
	const { db, carrier } = house;
	const { carrierRef, transferredTo } = call;
	const now = house.now();
	const age = now - (call.endedAt ?? call.startedAt);
	if (!carrierRef || !transferredTo || age > OVER_WITHIN_MS) {
		await inOneBatch(db, [lookAtLeg(db, call, null)]);
		return;
	}
	await inOneBatch(db, [lookAtLeg(db, call, now + AGAIN_MS)]);
	try {
		const legs = (await carrier.findLegs(carrierRef)).filter(({ to }) => to === transferredTo);
		const isOpen = legs.length === 0 ? age < SHOWN_WITHIN_MS : legs.some(({ status }) => !isOver(status));
		if (isOpen) return;
		const minutes = legs.reduce((sum, { durationSeconds }) => sum + Math.ceil((durationSeconds ?? 0) / 60), 0);
		const price = { minutes, country: countryOf(transferredTo), now };
		await inOneBatch(db, [...chargeLeg(db, call, price), lookAtLeg(db, call, null)]);
		tellWallet(house, call.accountId);
	} catch (error) {
		console.warn(JSON.stringify({ level: "warn", call: call.id, waits: "leg", error: String(error) }));
	}
}
