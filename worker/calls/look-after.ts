import { Fault } from "../errors";
import { findUser } from "../identity/store";
import type { CallReport } from "../outside/carrier/carrier";
import { isOver } from "../pure/call-state";
import type { House } from "../scope";
import { moveCall, settleRest } from "./hear-status";
import { overdueCallsAnyAccount } from "./log/store";
import { giveUp } from "./place";
import { type CallRow, lookAgain } from "./store";
import { addEventAnyAccount } from "./story/store";

const PAGE = 50;
/** After so many times the completer's age a call that the carrier does not know of is given up. */
const PATIENCE = 6;
/** Clocks of ours and the carrier's may differ by so much. */
const SKEW_MS = 60_000;

/** Finds out at the carrier how calls stand of which nothing was heard for too long, and settles what is left of ended ones. */
export async function lookAfterCalls(house: House): Promise<void> {
	for (const call of await overdueCallsAnyAccount(house.db, house.now(), PAGE))
		try {
			if (call.endedAt !== null) await settleRest(house, call, call.durationSeconds);
			else await lookAfter(house, call);
		} catch (error) {
			console.error(JSON.stringify({ level: "error", call: call.id, error: String(error) }));
			await lookAgain(house.db, call.id, house.now() + house.settings.COMPLETER_AGE_SECONDS * 1000);
		}
}

async function lookAfter(house: House, call: CallRow): Promise<void> {
	const age = house.settings.COMPLETER_AGE_SECONDS * 1000;
	const report = await ask(house, call);
	const givenUp = house.now() - call.startedAt > PATIENCE * age;
	if (report) return goBy(house, call, report);
	if (!givenUp) return void (await lookAgain(house.db, call.id, house.now() + age));
	if (call.carrierRef === null)
		return giveUp(house, call, new Fault("carrier_unclear", "The carrier never said what became of this call."));
	await goBy(house, call, { ref: call.carrierRef, status: "failed", durationSeconds: null });
}

async function ask({ carrier, db }: House, call: CallRow): Promise<CallReport | null> {
	if (call.carrierRef !== null) return carrier.findCall(call.carrierRef);
	const user = await findUser(db, call.accountId, call.userId);
	const to = call.via === "phone" ? user?.personalE164 : `client:${user?.care4wId}`;
	if (!to) return null;
	const found = await carrier.findCalls({ to, from: call.fromAddress, since: call.startedAt - SKEW_MS });
	return found[0] ?? null;
}

async function goBy(
	house: House,
	call: CallRow,
	report: Pick<CallReport, "ref" | "status" | "durationSeconds">,
): Promise<void> {
	const { ref, status, durationSeconds } = report;
	const heard = { callId: call.id, carrierRef: ref, status, durationSeconds };
	const asked = { kind: "looked_up", detail: { status }, now: house.now() };
	const moved = await moveCall(house, heard, addEventAnyAccount(house.db, call.id, asked));
	if (!moved && !isOver(status))
		await lookAgain(house.db, call.id, house.now() + house.settings.COMPLETER_AGE_SECONDS * 1000);
}
