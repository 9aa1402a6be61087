import { deskAt, type Person } from "./people.ts";
import type { Step } from "./twiml-reader.ts";

/** The next thing in a call that needs somebody's doing, and how many seconds from now. */
export type Happening =
	| { kind: "keys"; after: number; digits: string; url: string }
	| { kind: "redirect"; after: number; url: string }
	| { kind: "connected"; after: number; leg: Leg; url: string | null; rest: Step[] }
	| { kind: "over"; after: number; status: "completed" | "busy" };

/** How the other line did that the call was put through to. */
export interface Leg {
	target: string;
	status: "completed" | "busy" | "no-answer" | "failed";
	seconds: number;
}

export interface Audience {
	person: Person;
	/** How many of the person's keys have been pressed. */
	keysUsed: number;
	/** Seconds since the answer. */
	elapsed: number;
	/** Seconds after the answer at which the carrier ends the call. */
	limit: number;
}

/** Follows the steps until something happens. Without anything left to follow the call is over. */
export function rehearse(steps: Step[], audience: Audience): Happening {
	const { person, keysUsed, elapsed, limit } = audience;
	const patience = Math.max(0, Math.min(person.hangsUpAfter ?? Number.POSITIVE_INFINITY, limit) - elapsed);
	const unlessOver = (happening: Happening): Happening =>
		happening.after > patience ? { kind: "over", after: patience, status: "completed" } : happening;
	let after = 0;
	for (const [at, step] of steps.entries()) {
		if (step.verb === "dial")
			return throughTo(step, steps.slice(at + 1), { after, patience, left: limit - elapsed, person });
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

function throughTo(step: Step & { verb: "dial" }, rest: Step[], { after, patience, left, person }: Putting): Happening {
	if (after > patience) return { kind: "over", after: patience, status: "completed" };
	const desk = deskAt(step.target);
	const answered = desk.outcome === "human" || desk.outcome === "machine";
	const inTime = answered && desk.answersAfter <= step.ringSeconds;
	const rings = inTime
		? desk.answersAfter
		: desk.outcome === "busy" || desk.outcome === "failed"
			? 2
			: step.ringSeconds;
	const talks = inTime ? Math.min(person.talksFor, step.limitSeconds) : 0;
	const total = after + rings + talks;
	if (total > left) return { kind: "over", after: left, status: "completed" };
	const status = inTime
		? "completed"
		: desk.outcome === "busy" || desk.outcome === "failed"
			? desk.outcome
			: "no-answer";
	return {
		kind: "connected",
		after: total,
		leg: { target: step.target, status, seconds: talks },
		url: step.actionUrl,
		rest,
	};
}

function secondsOf(step: Step): number {
	if (step.verb === "gather") return step.prompt.reduce((sum, each) => sum + secondsOf(each), step.timeoutSeconds);
	return "seconds" in step ? step.seconds : 0;
}
