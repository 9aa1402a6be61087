import { deskAt, type Person, STAYS } from "./people.ts";
import type { ConferenceStep, DialStep, Step } from "./twiml-reader.ts";

/** The next thing in a call that needs somebody's doing, and how many seconds from now. */
export type Happening =
	| { kind: "keys"; after: number; digits: string; url: string }
	| { kind: "redirect"; after: number; url: string }
	| { kind: "connected"; after: number; leg: Leg; url: string | null; rest: Step[] }
	/** Browsers ring: what becomes of that is for the people at them to say. */
	| { kind: "dialing"; after: number; step: DialStep; rest: Step[] }
	/** The call meets others in a room: how long it stays is for them to say. */
	| { kind: "meeting"; after: number; step: ConferenceStep; rest: Step[] }
	| { kind: "recorded"; after: number; step: Step & { verb: "record" }; seconds: number }
	| { kind: "over"; after: number; status: "completed" | "busy" };

/** How the other line did that the call was put through to. */
export interface Leg {
	target: string;
	status: "completed" | "busy" | "no-answer" | "failed";
	seconds: number;
	/** Seconds of ringing before the talk. */
	rang: number;
	/** Told of the line's answer and end. */
	statusUrl: string | null;
	recordedUrl: string | null;
}

export interface Audience {
	person: Person;
	/** How many of the person's keys have been pressed. */
	keysUsed: number;
	/** Seconds since the answer. */
	elapsed: number;
	/** Seconds after the answer at which the carrier ends the call. */
	limit: number;
	/** Whether a telephone is in somebody's hand. */
	inHand?: (address: string) => boolean;
}

/** Follows the steps until something happens. Without anything left to follow the call is over. */
export function rehearse(steps: Step[], audience: Audience): Happening {
	const { person, keysUsed, elapsed, limit, inHand = () => false } = audience;
	const patience = Math.max(0, Math.min(person.hangsUpAfter ?? Number.POSITIVE_INFINITY, limit) - elapsed);
	const unlessOver = (happening: Happening): Happening =>
		happening.after > patience ? { kind: "over", after: patience, status: "completed" } : happening;
	let after = 0;
	for (const [at, step] of steps.entries()) {
		if (step.verb === "dial") {
			const rest = steps.slice(at + 1);
			if (step.lines.some(({ kind, address }) => kind === "client" || inHand(address)))
				return unlessOver({ kind: "dialing", after, step, rest });
			return throughTo(step, rest, { after, patience, left: limit - elapsed, person });
		}
		if (step.verb === "conference") return unlessOver({ kind: "meeting", after, step, rest: steps.slice(at + 1) });
		if (step.verb === "record") return unlessOver(recordedBy(step, after, patience, person));
		const happening = happeningAt(step, after, person, keysUsed);
		if (happening) return unlessOver(happening);
		after += secondsOf(step);
	}
	return unlessOver({ kind: "over", after, status: "completed" });
}

function happeningAt(step: Step, after: number, person: Person, keysUsed: number): Happening | null {
	switch (step.verb) {
		case "hangup":
			return { kind: "over", after, status: "completed" };
		case "reject":
			return { kind: "over", after, status: "busy" };
		case "redirect":
			return { kind: "redirect", after, url: step.url };
		case "gather": {
			const digits = person.outcome === "human" ? person.keys[keysUsed] : undefined;
			if (digits === undefined) return null;
			return {
				kind: "keys",
				after: after + Math.min(person.reactsAfter, secondsOf(step)),
				digits,
				url: step.actionUrl,
			};
		}
		default:
			return null;
	}
}

interface Putting {
	after: number;
	patience: number;
	left: number;
	person: Person;
}

// Whoever hangs up instead of pressing a key has left a message all the same.
function recordedBy(step: Step & { verb: "record" }, after: number, patience: number, person: Person): Happening {
	const seconds = Math.max(0, Math.min(person.talksFor, step.maxSeconds, patience - after));
	return { kind: "recorded", after: after + seconds, step, seconds };
}

function throughTo(step: DialStep, rest: Step[], { after, patience, left, person }: Putting): Happening {
	if (after > patience) return { kind: "over", after: patience, status: "completed" };
	const leg = deskLeg(step, person.talksFor);
	const total = after + leg.rang + leg.seconds;
	if (total > left) return { kind: "over", after: left, status: "completed" };
	return { kind: "connected", after: total, leg, url: step.actionUrl, rest };
}

/** How the telephones among the lines of a dial do: the first that answers in time, or why none does. */
export function deskLeg(step: DialStep, talksFor: number): Leg {
	const desks = step.lines
		.filter(({ kind }) => kind !== "client")
		.map((line) => ({ line, desk: deskAt(line.address) }))
		.sort((one, other) => one.desk.answersAfter - other.desk.answersAfter);
	const recordedUrl = step.recordedUrl;
	const taken = desks.find(
		({ desk: { outcome, answersAfter } }) =>
			(outcome === "human" || outcome === "machine") && answersAfter <= step.ringSeconds,
	);
	if (taken) {
		const { line, desk } = taken;
		const seconds = Math.min(desk.talksFor === STAYS ? STAYS : talksFor, step.limitSeconds);
		return {
			target: line.address,
			status: "completed",
			seconds,
			rang: desk.answersAfter,
			statusUrl: line.statusUrl,
			recordedUrl,
		};
	}
	const outcome = desks[0]?.desk.outcome;
	const status = outcome === "busy" || outcome === "failed" ? outcome : "no-answer";
	const rang = status === "no-answer" ? step.ringSeconds : 2;
	return { target: step.target, status, seconds: 0, rang, statusUrl: null, recordedUrl: null };
}

export function secondsOf(step: Step): number {
	if (step.verb === "gather") return step.prompt.reduce((sum, each) => sum + secondsOf(each), step.timeoutSeconds);
	return "seconds" in step ? step.seconds : 0;
}
