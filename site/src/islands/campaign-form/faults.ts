import type { Draft } from "./draft";
import { MOST_MINUTES, MOST_TRIES, RESULTS, secondsOf } from "./retries";
import { isHeard } from "./script";

const TRIES = `A whole number from 1 to ${MOST_TRIES}.`;
const MINUTES = "From 1 minute to a week, which is 10080.";

/**
 * What the form can tell is wrong before anything is sent, by the path that the API would name: in the form's own units, and what
 * the API lets pass though nobody can have meant it. `first` is the draft as it was opened.
 */
export function faultsOf(draft: Draft, first: Draft, now: number): Record<string, string> {
	return { ...endFault(draft), ...expiryFault(draft, first, now), ...retryFaults(draft), ...silenceFaults(draft) };
}

function endFault({ startsAt, endsAt }: Draft): Record<string, string> {
	const isTooSoon = startsAt !== "" && endsAt !== "" && Date.parse(endsAt) <= Date.parse(startsAt);
	return isTooSoon ? { "schedule.endsAt": "It has to be after the start, or nobody is ever called." } : {};
}

function expiryFault({ expiresAt, startsAt }: Draft, first: Draft, now: number): Record<string, string> {
	if (!expiresAt || (expiresAt === first.expiresAt && startsAt === first.startsAt)) return {};
	const at = Date.parse(expiresAt);
	if (at <= now) return { "schedule.expiresAt": "This moment has passed." };
	if (startsAt && at <= Date.parse(startsAt))
		return { "schedule.expiresAt": "It has to be after the start, or nobody is ever called." };
	return {};
}

const NOTHING_HEARD = "Choose a recording, or type what is said.";

function silenceFaults({ machines, voicemail, keys }: Draft): Record<string, string> {
	const silent = machines === "voicemail" && !isHeard(voicemail);
	return {
		...(silent ? { "script.machines": NOTHING_HEARD } : {}),
		...Object.fromEntries(
			keys.flatMap(({ key, act, heard }) => {
				if (act === "sms" && heard.text.trim() === "")
					return [[`script.keys.${key}.text`, "Type what they are texted."]];
				return act === "play" && !isHeard(heard) ? [[`script.keys.${key}`, NOTHING_HEARD]] : [];
			}),
		),
	};
}

function retryFaults({ maxAttempts, delayMinutes, retryRules }: Draft): Record<string, string> {
	const own = RESULTS.flatMap(([result]) => {
		const rule = retryRules[result];
		return rule ? [[`retries.rules.${result}`, rule.tries, rule.minutes] as const] : [];
	});
	return Object.fromEntries(
		[["retries", maxAttempts, delayMinutes] as const, ...own].flatMap(([path, tries, minutes]) => [
			...(isTries(Number(tries)) ? [] : [[`${path}.maxAttempts`, TRIES]]),
			...(isDelay(secondsOf(minutes)) ? [] : [[`${path}.delaySeconds`, MINUTES]]),
		]),
	);
}

const isTries = (tries: number) => Number.isInteger(tries) && tries >= 1 && tries <= MOST_TRIES;
const isDelay = (seconds: number) => seconds >= 60 && seconds <= MOST_MINUTES * 60;
