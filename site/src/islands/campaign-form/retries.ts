import type { Campaign } from "../../lib/wire";

/** Results of a call that may be tried again by rules of their own, and what is done without. */
export const RESULTS = [
	["busy", "The line is busy", "as above"],
	["noAnswer", "Nobody answers", "as above"],
	["failed", "The call fails", "as above"],
	["machine", "A machine answers", "not again"],
] as const;

type Result = (typeof RESULTS)[number][0];

/** Tries in all and minutes between them, as they are typed. */
export interface RuleDraft {
	tries: string;
	minutes: string;
}
export type RulesDraft = Partial<Record<Result, RuleDraft>>;

export const MOST_TRIES = 10;
/** A week. */
export const MOST_MINUTES = 10_080;

/** Seconds as minutes, exact enough that they come back as the same seconds. */
export const minutesOf = (seconds: number) => String(Math.round(seconds / 0.6) / 100);
export const secondsOf = (minutes: string) => Math.round(Number(minutes) * 60);

/** The rules as the form shows them. */
export function rulesDraftOf(rules: Campaign["retries"]["rules"]): RulesDraft {
	return Object.fromEntries(
		RESULTS.flatMap(([result]) => {
			const rule = rules[result];
			return rule ? [[result, { tries: String(rule.maxAttempts), minutes: minutesOf(rule.delaySeconds) }]] : [];
		}),
	);
}

/** All rules of the campaign: one that is not named is none. */
export function rulesOf(draft: RulesDraft): Partial<Record<Result, { maxAttempts: number; delaySeconds: number }>> {
	return Object.fromEntries(
		RESULTS.flatMap(([result]) => {
			const rule = draft[result];
			return rule ? [[result, { maxAttempts: Number(rule.tries), delaySeconds: secondsOf(rule.minutes) }]] : [];
		}),
	);
}
