import type { Exchange } from "./exchange";
import { type LegRow, secondNow } from "./legs";
import type { Person } from "./people";
import { secondsOf } from "./rehearsal";
import type { CallRow } from "./tables";
import type { Step } from "./twiml-reader";

/** A pretend phone and the line that it has to do with: with other lines it is whoever its number says. */
export interface Hand {
	line: string;
	peer: string;
}

/** What a phone in somebody's hand shows. */
export interface PhoneNow {
	/** `rings` here, `calls` there, or `talks`. */
	state: "rings" | "calls" | "talks";
	/** What is heard: words that are read out, a recording, a tone, a key that is waited for, a tape that runs, somebody. */
	hears: "words" | "recording" | "ringing" | "keys" | "tape" | "somebody" | "silence";
	words: string;
}

/** What lasts until somebody ends it. */
const OPEN_ENDED = new Set<Step["verb"]>(["dial", "conference", "record"]);

/** Without being looked at, a phone is laid down. */
const HELD_MS = 60_000;

/** Whoever holds the phone answers, presses and hangs up; by itself it does nothing. */
export const IN_HAND: Person = {
	outcome: "human",
	answersAfter: 0,
	keys: [],
	reactsAfter: 0,
	hangsUpAfter: null,
	talksFor: 3_600,
	inHand: true,
};

export function hold({ sql }: Exchange, { line, peer }: Hand): void {
	sql.exec("INSERT OR REPLACE INTO hands (line, peer, until) VALUES (?, ?, ?)", line, peer, Date.now() + HELD_MS);
}

export function isHeld({ sql }: Exchange, line: string, peer: string): boolean {
	const held = sql.exec("SELECT 1 FROM hands WHERE line = ? AND peer = ? AND until > ?", line, peer, Date.now());
	return held.toArray().length > 0;
}

/** Whether a call that is put through to `address` rings in somebody's hand. */
export function ringsInHand(exchange: Exchange, { to, from }: Pick<CallRow, "to" | "from">, address: string): boolean {
	return isHeld(exchange, from, address) || isHeld(exchange, to, address);
}

/** How many telephone seconds one second of such a call takes: people live in real time. */
export const paceOf = ({ settings }: Exchange, call: CallRow): number =>
	personOf(call).inHand ? settings.SIMULATION_SPEED : 1;

export const personOf = (call: CallRow): Person => JSON.parse(call.person);

/** Keeps what the caller is about to hear, so that keys can be pressed into it. */
export function noteScript({ sql }: Exchange, call: CallRow, steps: Step[], second: number): void {
	if (personOf(call).inHand)
		sql.exec(
			"INSERT OR REPLACE INTO scripts (ref, steps, second) VALUES (?, ?, ?)",
			call.ref,
			JSON.stringify(steps),
			second,
		);
}

/** The call that this phone has, newest first: one of its own, or one that is put through to it. */
export function callAt({ sql }: Exchange, { line, peer }: Hand): { call: CallRow; leg: LegRow | null } | null {
	const call = sql
		.exec<CallRow>(
			`SELECT * FROM calls WHERE ended_at IS NULL AND json_extract(person, '$.inHand') = 1
				AND (("to" = ?1 AND "from" = ?2) OR ("to" = ?2 AND "from" = ?1)) ORDER BY created_at DESC LIMIT 1`,
			line,
			peer,
		)
		.toArray()[0];
	if (call) return { call, leg: null };
	const leg = sql
		.exec<LegRow>(
			`SELECT legs.* FROM legs JOIN calls USING (ref) WHERE legs.identity = ?2 AND legs.state <> 'over' AND ended_at IS NULL
				AND ?1 IN ("to", "from") ORDER BY created_at DESC LIMIT 1`,
			line,
			peer,
		)
		.toArray()[0];
	const its = leg && sql.exec<CallRow>("SELECT * FROM calls WHERE ref = ?", leg.ref).toArray()[0];
	return leg && its ? { call: its, leg } : null;
}

export function showPhone(exchange: Exchange, hand: Hand): PhoneNow | null {
	const held = callAt(exchange, hand);
	if (!held) return null;
	const { call, leg } = held;
	if (leg)
		return leg.state === "answered"
			? { state: "talks", hears: "somebody", words: "" }
			: { state: "rings", hears: "silence", words: "" };
	if (call.answered_second === null && call.status !== "ringing") return null;
	if (call.answered_second === null)
		return { state: call.direction === "inbound" ? "calls" : "rings", hears: "ringing", words: "" };
	return { state: "talks", ...heardIn(exchange, call) };
}

/** Where in what it hears a call stands; null where nothing was said of that, or all of it is over. */
export function momentIn(exchange: Exchange, call: CallRow): { step: Step; into: number } | null {
	const script = exchange.sql
		.exec<{ steps: string; second: number }>("SELECT steps, second FROM scripts WHERE ref = ?", call.ref)
		.toArray()[0];
	if (!script) return null;
	const steps: Step[] = JSON.parse(script.steps);
	return momentAt(steps, (secondNow(exchange, call) - script.second) / paceOf(exchange, call));
}

function momentAt(steps: Step[], seconds: number): { step: Step; into: number } | null {
	let into = seconds;
	for (const step of steps) {
		const long = OPEN_ENDED.has(step.verb) ? Number.POSITIVE_INFINITY : secondsOf(step);
		if (into < long) return { step, into };
		into -= long;
	}
	return null;
}

function heardIn(exchange: Exchange, call: CallRow): Pick<PhoneNow, "hears" | "words"> {
	const moment = momentIn(exchange, call);
	if (!moment) return { hears: "silence", words: "" };
	const { step, into } = moment;
	if (step.verb === "gather") {
		const said = momentAt(step.prompt, into);
		return said ? heardOf(said.step) : { hears: "keys", words: "" };
	}
	if (step.verb !== "dial") return heardOf(step);
	const talks = exchange.sql.exec("SELECT 1 FROM legs WHERE ref = ? AND state = 'answered'", call.ref).toArray();
	return { hears: talks.length > 0 ? "somebody" : "ringing", words: "" };
}

function heardOf(step: Step): Pick<PhoneNow, "hears" | "words"> {
	if (step.verb === "say") return { hears: "words", words: step.text };
	const kinds: Partial<Record<Step["verb"], PhoneNow["hears"]>> = {
		play: "recording",
		record: "tape",
		conference: "somebody",
	};
	return { hears: kinds[step.verb] ?? "silence", words: "" };
}
