import type { DialFacts } from "../campaigns/facts/store";
import type { Wholesale } from "./taken";

/** Why a running campaign cannot go on; null when it can. `refused`: why the carrier would refuse each of its calls. */
export function reasonToPause(facts: DialFacts, refused: Wholesale | null, askedAt: number): string | null {
	if (refused) return refused === "credentials" ? "carrier_credentials" : "caller_number_refused";
	if (facts.callers === "[]") return "caller_number_gone";
	// Somebody was due, nobody could be claimed, and no call is left whose end would give money back.
	const due = facts.nextDueAt !== null && facts.nextDueAt <= askedAt;
	if (!due || facts.claimed > 0 || facts.counters.active > 0) return null;
	const { capLeftMicros, availableMicros } = facts;
	return capLeftMicros !== null && capLeftMicros < availableMicros ? "daily_cap" : "out_of_credit";
}
