import type { ServerFrame, Snapshot } from "../../../../worker/signaling/protocol";
import { tell } from "../../lib/toasts";
import { Connection } from "./connection";
import { handedOn, untilHandedOn } from "./hand-on";
import { ringBack } from "./sounds";
import { direct, line, tellOther } from "./speak";
import { type Asked, asked, asks, call, change, END_WORDS, nameOf, newCall } from "./state";
import { connected, hold, hush, talk, whenOver } from "./talk";
import { whoIs } from "./whom";

type Ring = Extract<ServerFrame, { type: "ring" }>;
type About = Extract<
	ServerFrame,
	{ type: "ringing" | "direct" | "answered" | "resumed" | "transfer" | "signal" | "ended" }
>;

const SHOWN_AFTER_MS = 8_000;

whenOver(forget);

function turn(id: string, changes: Partial<Asked>): void {
	const now = asked.peek();
	if (now?.id === id && now.state !== "over") asked.value = { ...now, ...changes };
}

/** Its signals go through both rooms: the short way, where there is one, is the first call's. */
function connectAside(id: string): Connection {
	if (!talk.microphone) throw new Error("no microphone");
	talk.aside?.close();
	const isAside = () => talk.aside === made;
	const made: Connection = new Connection(line.iceServers, talk.microphone, {
		onSignal: (signal) => (isAside() ? line.say({ type: "signal", call: id, signal }) : tellOther(id, signal)),
		onConnected: () => (isAside() ? talking(id) : connected(id)),
		onFailed: () => made.restart(),
		onHeld: (heldByOther) => change(id, { heldByOther }),
	});
	talk.aside = made;
	return made;
}

function talking(id: string): void {
	hush();
	turn(id, { state: "live", since: asked.peek()?.since ?? Date.now() });
}

/** Calls somebody while the other end of the running call waits on hold. */
export async function ask(input: string, name = ""): Promise<void> {
	const held = call.peek();
	if (held?.state !== "live" || asks.peek()) return;
	const found = await whoIs(input);
	if (call.peek()?.id !== held.id || call.peek()?.state !== "live" || asks.peek()) return;
	if (found.identity === held.peer.identity) throw new Error("You speak with them already.");
	const id = crypto.randomUUID();
	hold(true);
	asked.value = {
		id,
		state: "asking",
		peer: { ...found, name: found.name || name },
		carrierCall: null,
		since: null,
		word: "",
	};
	try {
		const sdp = await connectAside(id).offer();
		if (asked.peek()?.id !== id || asked.peek()?.state !== "asking") return;
		const said = line.say({ type: "call", call: id, to: found.identity, sdp, consults: held.id });
		if (said) turn(id, { state: "calling" });
		else letGo(id, "There is no line right now.");
	} catch {
		letGo(id, "The call did not get through.");
	}
}

/** Ends the call that was made to ask, and takes the other one off hold. */
export function takeBack(): void {
	const now = asked.peek();
	if (!now || !asks.peek()) return;
	if (now.carrierCall) return void import("./carrier-asking").then((carrier) => carrier.takeBack());
	if (now.state !== "asking") line.say({ type: "hangup", call: now.id });
	letGo(now.id, "");
}

/** Has the one on hold go on with the one who was asked. Done once both have let go of this side. */
export async function connectThem(): Promise<void> {
	const now = asked.peek();
	if (now?.state === "live") await untilHandedOn({ type: "connect", call: now.id });
}

/** Whoever was asked is there no more; `word` says why. The other call is spoken in again. */
function letGo(id: string, word: string): void {
	const now = asked.peek();
	if (now?.id !== id || now.state === "over") return;
	hush();
	talk.aside?.close();
	talk.aside = null;
	asked.value = word ? { ...now, state: "over", word } : null;
	handedOn(id, word || END_WORDS.hung_up);
	hold(false);
	if (word) setTimeout(() => asked.peek()?.id === id && forget(), SHOWN_AFTER_MS);
}

function forget(): void {
	talk.aside?.close();
	talk.aside = null;
	asked.value = null;
}

/** The one on hold is gone: whoever was asked is now whom the call is with. False when nobody is. */
export function goOnWithAsked(reason: "handed_on" | "hung_up"): boolean {
	const [held, now] = [call.peek(), asked.peek()];
	if (!held || !now || !talk.aside || (now.state !== "calling" && now.state !== "live")) return false;
	talk.connection?.close();
	direct.shut();
	talk.connection = talk.aside;
	talk.aside = null;
	asked.value = null;
	const { id, peer, state, since } = now;
	call.value = newCall({ id, direction: "outbound", state, peer, since, muted: held.muted });
	if (state === "live") connected(id);
	if (reason === "handed_on") return true;
	handedOn(id, END_WORDS.hung_up);
	tell(`${nameOf(held.peer)} is no longer on hold. You go on with ${nameOf(peer)}.`);
	return true;
}

/** Both called each other: theirs stands, and is answered in place of the one that asked. */
export async function askedCalls({ call: id, sdp, from, role }: Ring): Promise<void> {
	const now = asked.peek();
	if (!now) return;
	asked.value = { ...now, id, peer: from, state: "calling" };
	try {
		const made = connectAside(id);
		const reply = await made.answer(sdp, []);
		line.say({ type: "answer", call: id, sdp: reply });
		made.settle(role);
	} catch {
		line.say({ type: "decline", call: id });
		letGo(id, "The call did not get through.");
	}
}

/** What the room says of the call that was made to ask. */
export function hearOfAsked(frame: About): void {
	const now = asked.peek();
	if (now?.id !== frame.call || now.state === "over") return;
	if (frame.type === "ringing" && now.state === "calling") ringBack();
	if (frame.type === "resumed") talk.aside?.otherIsBack();
	if (frame.type === "signal") talk.aside?.hear(frame.signal);
	if (frame.type === "answered") {
		turn(now.id, { peer: frame.from });
		void accepted(frame.sdp);
	}
	if (frame.type !== "ended") return;
	if (frame.reason !== "handed_on") letGo(now.id, END_WORDS[frame.reason]);
	else {
		handedOn(now.id, null);
		forget(); // the one on hold is gone in the same breath
	}
}

async function accepted(sdp: string): Promise<void> {
	hush();
	const made = talk.aside;
	await made?.accepted(sdp).catch(() => {});
	made?.settle("impolite");
}

/** The room does not want what was said of the call that asks. False when it was not about that. */
export function askRefused(id: string | undefined, code: string, words: string): boolean {
	const now = asked.peek();
	if (!id || now?.id !== id) return false;
	if (now.state === "live") handedOn(id, words);
	else letGo(id, code === "too_many_calls" ? words : "They cannot be asked right now.");
	return true;
}

/** After a dropped socket: goes on asking when the room still knows of it, which is said of one of its calls. */
export function askedStill(known: Snapshot[]): Snapshot | undefined {
	const now = asked.peek();
	if (!now || now.carrierCall || now.state === "over" || now.state === "asking") return undefined;
	const same = known.find(({ call: id, settles }) => id === now.id || settles === now.id);
	if (!same) letGo(now.id, END_WORDS.lost);
	else if (same.call !== now.id) {
		if (same.state === "ringing" && same.sdp) void askedCalls({ type: "ring", from: same.peer, ...ringOf(same) });
	} else if (same.state === "live" && now.state === "calling" && same.direction === "outbound" && same.sdp) {
		turn(now.id, { peer: same.peer });
		void accepted(same.sdp);
	} else if (same.state === "live" && same.role === "impolite") talk.aside?.restart();
	return same;
}

const ringOf = ({ call: id, sdp, role }: Snapshot) => ({ call: id, sdp: sdp ?? "", role });
