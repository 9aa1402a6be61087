import type { Person, Role, ServerFrame, Signal } from "../../../../worker/signaling/protocol";
import { reasonOf } from "../../lib/refusal";
import type { Call } from "../../lib/wire";
import { badgeRinging, unbadge } from "./badge";
import { askCarrier, carrierCallWith, endAtCarrier, follow } from "./carrier-call";
import { Connection } from "./connection";
import { Direct } from "./direct";
import { end, LOGGED_ENDS } from "./ending";
import { Line } from "./line";
import { openMicrophone } from "./microphone";
import { notifyOf } from "./notice";
import { type Key, keyTone, quiet, ring, ringBack } from "./sounds";
import { call, change, END_WORDS, inCall, nameOf, newCall, trouble, unreached } from "./state";
import { watch } from "./watch";
import { NobodyHere, nameInContacts, whoIs } from "./whom";

type Frame<Type extends ServerFrame["type"]> = Extract<ServerFrame, { type: Type }>;

let connection: Connection | null = null;
let microphone: MediaStream | null = null;
let stopWatching = () => {};
let stopFollowing = () => {};
let unnotify = () => {};
let offer: { sdp: string; role: Role; candidates: RTCIceCandidateInit[] } | null = null;
/** A call over the carrier that this browser asked for: its ring here is to be answered at once. */
let expected: { line: string; peer: Person; direction: Call["direction"] } | null = null;

const line = new Line((frame) => void hear(frame));
const direct = new Direct({
	onFrame: (frame) => void hear(frame),
	onLost(again) {
		const held = call.peek();
		if (!held || !inCall.peek()) return;
		if (again) line.say({ type: "direct", call: held.id });
		// What was on that way may be lost.
		if (held.state === "live") connection?.restart();
	},
});

/** Makes this device one that can be called. */
export const open = () => line.open();
export const shut = () => {
	if (inCall.peek()) hangUp();
	line.shut();
};

/** Calls a number or a call identity. */
export async function dial(input: string): Promise<void> {
	if (inCall.peek()) return;
	trouble.value = unreached.value = "";
	const id = crypto.randomUUID();
	const unknown = { identity: input, name: "", number: input };
	call.value = newCall({ id, direction: "outbound", state: "asking", peer: unknown });
	try {
		const peer = await whoIs(input);
		change(id, { peer });
		microphone = await openMicrophone();
		const sdp = await connect(id).offer();
		if (call.peek()?.id !== id || call.peek()?.state !== "asking") return clear();
		change(id, { state: "calling" });
		if (!line.say({ type: "call", call: id, to: peer.identity, sdp })) throw new Error("There is no line right now.");
	} catch (error) {
		fail(id, error);
		if (error instanceof NobodyHere) unreached.value = error.number;
	}
}

/** Calls somebody over a line of one's own. This browser rings first and answers by itself, or the person's telephone rings. */
export async function dialOver(from: string, to: string, via: "browser" | "phone"): Promise<void> {
	if (inCall.peek()) return;
	trouble.value = unreached.value = "";
	const id = crypto.randomUUID();
	const callee = { identity: to, name: "", number: to };
	call.value = newCall({ id, direction: "outbound", state: "asking", peer: callee, away: via === "phone" });
	if (via === "browser") expected = { line: from, peer: callee, direction: "outbound" };
	try {
		const placed = await askCarrier(from, to, via);
		// Hung up while the carrier was asked: nobody waits for this call any more.
		if (!inCall.peek()) return void endAtCarrier(placed).catch(() => {});
		change(call.peek()?.id ?? id, { carrierCall: placed, ...(via === "phone" ? { state: "calling" as const } : {}) });
		stopFollowing();
		stopFollowing = follow(placed, (moved) => goOnAway(moved));
		const name = await nameInContacts(to);
		const now = call.peek();
		if (name && now?.carrierCall === placed) change(now.id, { peer: { ...callee, name } });
	} catch (error) {
		expected = null;
		fail(call.peek()?.id ?? id, error);
	}
}

/** A caller who waits was taken by this person: when the ring comes here, it is answered. Gives the way to stop waiting for it. */
export function expect(caller: Person): () => void {
	const mine = { line: caller.number || "anonymous", peer: caller, direction: "inbound" as const };
	expected = mine;
	return () => {
		if (expected === mine) expected = null;
	};
}

/** What the log says of a call over the carrier. */
function goOnAway(moved: Call): void {
	const held = call.peek();
	if (held?.carrierCall !== moved.id || held.state === "over") return;
	if (!moved.live) over(held.id, LOGGED_ENDS[moved.status] ?? END_WORDS.hung_up);
	else if (held.away && moved.answeredAt && held.state !== "live")
		change(held.id, { state: "live", since: Date.parse(moved.answeredAt) });
}

export async function answer(): Promise<void> {
	const held = call.peek();
	if (held?.state !== "ringing" || !offer) return;
	hush();
	const rings = offer;
	change(held.id, { state: "connecting" });
	try {
		// A pretended telephone offers no way for sound.
		if (!/^a=ice-ufrag:/m.test(rings.sdp)) return answerSilently(held.id, rings.sdp);
		microphone ??= await openMicrophone();
		if (call.peek()?.id !== held.id || !inCall.peek()) return clear();
		offer = null;
		const made = connect(held.id);
		const reply = await made.answer(rings.sdp, rings.candidates);
		line.say({ type: "answer", call: held.id, sdp: reply });
		made.settle(rings.role);
	} catch (error) {
		line.say({ type: "decline", call: held.id });
		fail(held.id, error);
	}
}

function answerSilently(id: string, sdp: string): void {
	offer = null;
	line.say({ type: "answer", call: id, sdp });
	change(id, { state: "live", silent: true, since: Date.now() });
}

export function decline(): void {
	const held = call.peek();
	if (held?.state !== "ringing") return;
	line.say({ type: "decline", call: held.id });
	over(held.id, END_WORDS.declined);
}

export function hangUp(): void {
	const held = call.peek();
	if (!held || held.state === "over") return;
	if (held.carrierCall && (held.away || held.state === "asking")) void endAtCarrier(held.carrierCall).catch(() => {});
	line.say({ type: "hangup", call: held.id });
	over(held.id, END_WORDS.hung_up);
}

export function mute(muted: boolean): void {
	for (const track of microphone?.getAudioTracks() ?? []) track.enabled = !muted;
	const held = call.peek();
	if (held) change(held.id, { muted });
}

/** Neither side hears the other until it is taken back. */
export function hold(on: boolean): void {
	const held = call.peek();
	if (held?.state !== "live" || !connection) return;
	connection.hold(on);
	change(held.id, { held: on });
}

/** Goes on with another microphone; the loudspeaker changes at once too. */
export async function changeDevices(output: string): Promise<void> {
	await connection?.hearThrough(output);
	if (!connection || !microphone) return;
	const fresh = await openMicrophone();
	const muted = call.peek()?.muted ?? false;
	for (const track of fresh.getAudioTracks()) track.enabled = !muted;
	await connection.speakWith(fresh);
	for (const track of microphone.getTracks()) track.stop();
	microphone = fresh;
}

/** Sounds a key here, and in the call. */
export function press(key: Key): void {
	keyTone(key);
	for (const { dtmf } of connection?.peer.getSenders() ?? []) if (dtmf?.canInsertDTMF) dtmf.insertDTMF(key);
}

function connect(id: string): Connection {
	connection?.close();
	if (!microphone) throw new Error("no microphone");
	const made = new Connection(line.iceServers, microphone, {
		onSignal: (signal: Signal) => {
			const frame = { type: "signal", call: id, signal } as const;
			if (!direct.say(frame)) line.say(frame);
		},
		onConnected: () => connected(id),
		onFailed: () => made.restart(),
		onHeld: (heldByOther) => change(id, { heldByOther }),
	});
	connection = made;
	return made;
}

function connected(id: string): void {
	const held = call.peek();
	if (held?.id !== id || !connection) return;
	hush();
	change(id, { state: "live", since: held.since ?? Date.now() });
	stopWatching();
	stopWatching = watch(connection.peer);
}

async function hear(frame: ServerFrame): Promise<void> {
	const held = call.peek();
	if (frame.type === "welcome") return welcomed(frame);
	if (frame.type === "ring") return rung(frame);
	if (frame.type === "error") {
		if (frame.call && frame.call === held?.id && frame.code === "too_many_calls")
			over(frame.call, "Too many calls in a minute. Wait a little.");
		return;
	}
	if (held?.id !== frame.call) return;
	if (frame.type === "ended") return over(frame.call, END_WORDS[frame.reason]);
	if (frame.type === "ringing" && held.state === "calling") ringBack();
	if (frame.type === "ringing" || frame.type === "direct") {
		if (frame.direct && inCall.peek()) direct.enter(held.peer.identity, frame.direct);
		return;
	}
	if (frame.type === "answered") return answered(frame.call, frame.from, frame.sdp);
	if (frame.type === "resumed") return connection?.otherIsBack();
	if (offer) offer.candidates.push(...((frame.signal.candidates ?? []) as RTCIceCandidateInit[]));
	else connection?.hear(frame.signal);
}

function rung({ call: id, from, sdp, role, settles }: Frame<"ring">): void {
	const held = call.peek();
	const awaited = expected !== null && [from.number, from.identity].includes(expected.line) ? expected : null;
	const bothCalled = settles !== undefined && settles === held?.id;
	if (inCall.peek() && !bothCalled && !awaited) return;
	offer = { sdp, role, candidates: [] };
	if (awaited) {
		expected = null;
		const { direction, peer } = awaited;
		call.value = newCall({ id, direction, state: "ringing", peer, carrierCall: held?.carrierCall ?? null });
		if (direction === "inbound") void recognise(id, from);
		return void answer();
	}
	call.value = newCall({ id, direction: "inbound", state: "ringing", peer: from });
	if (bothCalled) return void answer();
	ring();
	badgeRinging();
	unnotify = notifyOf(nameOf(from));
	void recognise(id, from);
}

/** A caller from outside: the name that the contacts have, and the call that the log has. */
async function recognise(id: string, peer: Person): Promise<void> {
	if (!/^\+/.test(peer.identity)) return;
	const [name, carrierCall] = await Promise.all([nameInContacts(peer.identity), carrierCallWith(peer.identity)]);
	change(id, { carrierCall, ...(name && !call.peek()?.peer.name ? { peer: { ...peer, name } } : {}) });
}

async function answered(id: string, peer: Person, sdp: string): Promise<void> {
	hush();
	change(id, { state: "connecting", peer });
	await connection?.accepted(sdp);
	connection?.settle("impolite");
	if (connection?.peer.connectionState === "connected") connected(id);
}

/** The room says what it knows: the call went on without this socket, or it did not. */
function welcomed({ current }: Frame<"welcome">): void {
	const held = call.peek();
	const isHere = held && inCall.peek() && held.state !== "asking" && !held.away;
	if (isHere && held.id !== current?.call) over(held.id, END_WORDS.lost);
	if (!current) return;
	if (held?.id !== current.call || !inCall.peek()) {
		if (current.state === "ringing" && !current.mine && current.sdp)
			rung({ type: "ring", call: current.call, from: current.peer, sdp: current.sdp, role: current.role });
		return;
	}
	if (current.state === "live" && held.state === "calling" && current.sdp)
		void answered(held.id, current.peer, current.sdp);
	else if (current.state === "live" && current.role === "impolite") {
		if (!direct.isOpen) line.say({ type: "direct", call: held.id });
		connection?.restart();
	}
}

function fail(id: string, error: unknown): void {
	const told = error instanceof Error && error.name === "Error" ? error.message : reasonOf(error);
	over(id, told);
	trouble.value = told;
}

function over(id: string, word: string): void {
	if (end(id, word)) clear();
}

function hush(): void {
	quiet();
	unnotify();
}

function clear(): void {
	hush();
	unbadge();
	stopWatching();
	stopFollowing();
	stopFollowing = () => {};
	expected = null;
	direct.shut();
	connection?.close();
	connection = null;
	offer = null;
	for (const track of microphone?.getTracks() ?? []) track.stop();
	microphone = null;
}
