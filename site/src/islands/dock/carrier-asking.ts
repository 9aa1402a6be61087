import { api, once, said } from "../../lib/api";
import { keyAfter, newKey } from "../../lib/changes";
import { tell } from "../../lib/toasts";
import type { CallStory } from "../../lib/wire";
import type { Askable } from "../handing/HandOn";
import { follow } from "./carrier-call";
import { quiet, ringBack } from "./sounds";
import { type Asked, asked, asks, call, change, END_WORDS, nameOf } from "./state";

const SHOWN_AFTER_MS = 8_000;
const WORDS: Record<string, string> = {
	busy: "They are busy right now.",
	no_answer: END_WORDS.timeout,
	unreachable: "They cannot be reached.",
	hung_up: "They hung up.",
};

let key = newKey();
let stop = () => {};

/** Has the carrier call somebody about a call of its own, whose customer waits with music meanwhile. */
export async function askByCarrier(callId: string, whom: Askable): Promise<void> {
	if (asks.peek()) return;
	const placed = await said(api.calls[":id"].consults.$post({ param: { id: callId }, json: whom }, once(key))).catch(
		(error) => {
			key = keyAfter(key, error);
			throw error;
		},
	);
	key = newKey();
	if (!("label" in placed)) return;
	const { id, label } = placed;
	const peer = { identity: "", name: label, number: "" };
	asked.value = { id, state: "calling", peer, carrierCall: callId, since: null, word: "" };
	ringBack();
	stop();
	stop = follow(callId, hear);
}

export async function connectThem(): Promise<void> {
	const now = asked.peek();
	if (now?.carrierCall)
		await said(
			api.calls[":id"].consults[":consultId"].connect.$post({ param: { id: now.carrierCall, consultId: now.id } }),
		);
}

/** Lets go of who is asked; the customer is back as soon as the carrier has done it. */
export async function takeBack(): Promise<void> {
	const now = asked.peek();
	if (!now?.carrierCall) return;
	quiet();
	await said(api.calls[":id"].consults[":consultId"].back.$post({ param: { id: now.carrierCall, consultId: now.id } }));
	forget(now.id);
}

/** What the log says of it. */
function hear({ consult }: CallStory): void {
	const now = asked.peek();
	const { state, reason, talkedAt } = consult ?? {};
	if (!now || consult?.id !== now.id || now.state === "over") stop();
	else if (state === "talking") talking(now, consult.talkedAt);
	else if (state === "failed") inVain(now, WORDS[consult.reason] ?? "They are not asked any more.");
	else if (state === "dropped" && reason === "customer" && talkedAt) goOn(now);
	else if (state !== "ringing") forget(now.id);
}

function talking(now: Asked, since: string | null): void {
	if (now.state === "live") return;
	quiet();
	asked.value = { ...now, state: "live", since: since === null ? Date.now() : Date.parse(since) };
}

function inVain(now: Asked, word: string): void {
	quiet();
	stop();
	asked.value = { ...now, state: "over", word };
	setTimeout(() => forget(now.id), SHOWN_AFTER_MS);
}

/** Whoever was on hold is gone: the call is with whoever was asked. */
function goOn(now: Asked): void {
	const held = call.peek();
	forget(now.id);
	if (!held) return;
	tell(`${nameOf(held.peer)} is no longer on hold. You go on with ${nameOf(now.peer)}.`);
	change(held.id, { peer: now.peer, carrierCall: null });
}

function forget(id: string): void {
	if (asked.peek()?.id !== id) return;
	quiet();
	stop();
	asked.value = null;
}
