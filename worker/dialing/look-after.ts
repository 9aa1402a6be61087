import { brokenRule } from "../db/guards";
import type { CallReport } from "../outside/carrier/carrier";
import { isOver, rankOf } from "../pure/call-state";
import type { House } from "../scope";
import { overdueAttemptsAnyAccount } from "./attempts/overdue/store";
import { type Attempt, endUnconfirmed, hear, lookAgain } from "./attempts/store";
import { tellDialer } from "./hear-status";

const PAGE = 50;
/** After so many times the completer's age (30 minutes by default) an attempt that nobody knows of is given up. */
const PATIENCE = 6;
/** Clocks of ours and the carrier's may differ by so much. */
const SKEW_MS = 60_000;

/**
 * Settles attempts of which nothing was heard for too long: finds out at the carrier what became of unclear requests and of calls
 * whose last callback was lost, and wakes dialers that left something half done. Never places a call.
 */
export async function lookAfterAttempts(house: House): Promise<void> {
	for (const attempt of await overdueAttemptsAnyAccount(house.db, house.now(), PAGE))
		try {
			await lookAfter(house, attempt);
		} catch (error) {
			console.error(JSON.stringify({ level: "error", attempt: attempt.id, error: String(error) }));
			await lookAgain(house.db, attempt.id, house.now() + house.settings.COMPLETER_AGE_SECONDS * 1000);
		}
}

async function lookAfter(house: House, attempt: Attempt): Promise<void> {
	const age = house.settings.COMPLETER_AGE_SECONDS * 1000;
	const now = house.now();
	if (attempt.state === "claimed" || attempt.state === "dialing") {
		await house.dialerOf(attempt.campaignId).nudge();
		return void (await lookAgain(house.db, attempt.id, now + age));
	}
	const report = await ask(house, attempt);
	if (report && (await hearReport(house, attempt, report))) return;
	const givenUp = now - (attempt.dialedAt ?? attempt.claimedAt) > PATIENCE * age;
	if (!report && givenUp) {
		await endUnconfirmed(house.db, attempt.id, attempt.state === "unknown" ? "unconfirmed" : "failed", now);
		return tellDialer(house, [{ ...attempt, state: "ended" }]);
	}
	await lookAgain(house.db, attempt.id, now + age);
}

async function ask({ carrier, ...house }: House, attempt: Attempt): Promise<CallReport | null> {
	if (attempt.carrierRef !== null) return carrier.findCall(attempt.carrierRef);
	const since = (attempt.dialedAt ?? house.now()) - SKEW_MS;
	const [report] = await carrier.findCalls({ to: attempt.e164, from: attempt.callerE164, since });
	return report ?? null;
}

/** True when the report moved the attempt on. A call that is another attempt's already does not. */
async function hearReport(house: House, attempt: Attempt, report: CallReport): Promise<boolean> {
	const now = house.now();
	try {
		const moved = await hear(house.db, {
			attemptId: attempt.id,
			carrierRef: report.ref,
			status: report.status,
			rank: rankOf(report.status),
			over: isOver(report.status),
			durationSeconds: report.durationSeconds,
			answeredBy: null,
			errorCode: null,
			lookAfter: now + house.settings.COMPLETER_AGE_SECONDS * 1000,
			now,
		});
		tellDialer(house, moved);
		return moved.length > 0;
	} catch (error) {
		if (brokenRule(error) === "attempts.carrier_ref") return false;
		throw error;
	}
}
