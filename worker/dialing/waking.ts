import type { DialFacts } from "../campaigns/facts/store";

const LOOK_AGAIN_MS = 5_000;

type Known = Pick<DialFacts, "claimed" | "liveCalls" | "nextDueAt" | "counters" | "campaign">;

/** True when the next turn may start a call or claim somebody; `most` is how many calls the carrier account may have in the air. */
export function mayGoOnAtOnce(
	{ claimed, liveCalls, nextDueAt, counters, campaign }: Known,
	{ most, now }: { most: number; now: number },
): boolean {
	const room = liveCalls < most && counters.liveCalls < (campaign.maxConcurrent ?? most);
	return claimed > 0 ? room : nextDueAt !== null && nextDueAt <= now && counters.active === 0;
}

/** When a dialer that has nothing to do looks again: once somebody is due, and while calls are under way before long. */
export function wakeAt({ nextDueAt, counters }: Known, now: number): number {
	const again = counters.active > 0 ? now + LOOK_AGAIN_MS : Number.POSITIVE_INFINITY;
	const due = nextDueAt === null || nextDueAt <= now ? now + LOOK_AGAIN_MS : nextDueAt;
	return Math.min(again, due);
}
