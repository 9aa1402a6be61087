import type * as z from "zod";
import type { House } from "../scope";
import type { Invariants } from "./inputs";
import { beat, inspect } from "./store";

/** What is under way gets its age and two ticks of the cron; then it is late. */
const SLACK_MS = 180_000;
/** The cron comes every minute. */
const CRON_MS = 180_000;

/** Looks whether everything that must hold does, in one read-only pass. */
export async function readInvariants({ db, settings, now }: House): Promise<z.output<typeof Invariants>> {
	const at = now();
	const age = settings.COMPLETER_AGE_SECONDS * 1000;
	const { breaches, pulse } = await inspect(db, {
		now: at,
		operationsBefore: at - age - SLACK_MS,
		attemptsBefore: at - age - SLACK_MS,
		usesBefore: at - SLACK_MS,
		eventsBefore: at - SLACK_MS,
	});
	// An installation that has just been opened has not seen its first tick.
	const lastSign = Math.max(pulse.cronAt ?? 0, pulse.cronAt === null ? (pulse.openedAt ?? at) : 0);
	const checks = [
		...breaches.map(({ name, found, examples }) => ({ name, ok: found === 0, details: { found, examples } })),
		{
			name: "cron_is_alive",
			ok: at - lastSign <= CRON_MS,
			details: { lastTickAt: pulse.cronAt === null ? null : new Date(pulse.cronAt).toISOString() },
		},
	];
	return { ok: checks.every(({ ok }) => ok), checks };
}

/** Leaves a sign of life of the cron. */
export async function beatCron({ db, now }: House): Promise<void> {
	await beat(db, "cron", now());
}
