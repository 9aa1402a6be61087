import type { ClientFrame, EndReason } from "../../../../worker/signaling/protocol";
import { direct, line } from "./speak";
import { type Call, call, change, END_WORDS, nameOf, newCall } from "./state";
import { connect, fail, over } from "./talk";
import { whoIs } from "./whom";

const PATIENCE_MS = 10_000;
const NOBODY_THERE: readonly EndReason[] = ["busy", "unavailable", "timeout", "declined"];

let waiting: { id: string; settle: (problem: string | null) => void } | null = null;

/** Hands the other end of the running call on to a number or a call identity. Done once it has let go of this side. */
export async function handOn(input: string): Promise<void> {
	const held = call.peek();
	if (held?.state !== "live") return;
	const { identity } = await whoIs(input);
	await untilHandedOn({ type: "transfer", call: held.id, to: identity });
}

/** Says so, and waits until the other end has gone on. Throws a sentence when it does not. */
export function untilHandedOn(frame: Extract<ClientFrame, { type: "transfer" | "connect" }>): Promise<void> {
	return new Promise<void>((resolve, reject) => {
		const settle = (problem: string | null) => {
			clearTimeout(timer);
			if (waiting?.settle === settle) waiting = null;
			if (problem === null) resolve();
			else reject(new Error(problem));
		};
		const timer = setTimeout(() => settle("The other side did not go on. The call stays here."), PATIENCE_MS);
		waiting = { id: frame.call, settle };
		if (!line.say(frame)) settle("There is no line right now.");
	});
}

/** What became of it; null when the other end went on. */
export function handedOn(id: string | undefined, problem: string | null): void {
	if (waiting?.id === id) waiting?.settle(problem);
}

/** The other end of `id` hands this side on: it calls `to` in place of that call. */
export async function goOn(id: string, to: string): Promise<void> {
	const held = call.peek();
	if (held?.id !== id || held.state !== "live") return;
	const next = crypto.randomUUID();
	const { peer: by, muted } = held;
	const note = `${nameOf(by)} hands you on`;
	const peer = { identity: to, name: "", number: "" };
	call.value = newCall({ id: next, direction: "outbound", state: "asking", peer, by, muted, note });
	direct.shut();
	try {
		const sdp = await connect(next).offer();
		// Hung up meanwhile: then that ends what was before, too.
		if (call.peek()?.id !== next || call.peek()?.state !== "asking") return void line.say({ type: "hangup", call: id });
		change(next, { state: "calling" });
		if (!line.say({ type: "call", call: next, to, sdp, replaces: id })) throw new Error("There is no line right now.");
	} catch (error) {
		line.say({ type: "hangup", call: id });
		fail(next, error);
	}
}

/** Ends a call. One that was handed on to somebody who is not there goes back; says to whom, and in which words. */
export function endOrComeBack(held: Call, reason: EndReason): { to: string; note: string } | null {
	over(held.id, END_WORDS[reason]);
	if (!held.by || held.since !== null || !NOBODY_THERE.includes(reason)) return null;
	return { to: held.by.identity, note: `${END_WORDS[reason]} Back to ${nameOf(held.by)}` };
}
