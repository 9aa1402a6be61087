import { Identity, type Person, type Role, type ServerFrame, type Signal } from "../../../../worker/signaling/protocol";
import { api, said } from "../../lib/api";
import { reasonOf } from "../../lib/refusal";
import { Connection } from "./connection";
import { Line } from "./line";
import { openMicrophone } from "./microphone";
import { type Key, keyTone, quiet, ring, ringBack } from "./sounds";
import { call, change, END_WORDS, inCall, trouble } from "./state";
import { watch } from "./watch";

type Frame<Type extends ServerFrame["type"]> = Extract<ServerFrame, { type: Type }>;

const SHOWN_AFTER_MS = 4_000;

let connection: Connection | null = null;
let microphone: MediaStream | null = null;
let stopWatching = () => {};
let offer: { sdp: string; role: Role; candidates: RTCIceCandidateInit[] } | null = null;

const line = new Line((frame) => void hear(frame));

/** Makes this device one that can be called. */
export const open = () => line.open();
export const shut = () => {
	if (inCall.peek()) hangUp();
	line.shut();
};

/** Calls a number or a call identity. */
export async function dial(input: string): Promise<void> {
	if (inCall.peek()) return;
	trouble.value = "";
	const id = crypto.randomUUID();
	const unknown = { identity: input, name: "", number: input };
	call.value = { id, direction: "outbound", state: "asking", peer: unknown, muted: false, since: null, word: "" };
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
	}
}

export async function answer(): Promise<void> {
	const held = call.peek();
	if (held?.state !== "ringing" || !offer) return;
	quiet();
	const rings = offer;
	change(held.id, { state: "connecting" });
	try {
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

export function decline(): void {
	const held = call.peek();
	if (held?.state !== "ringing") return;
	line.say({ type: "decline", call: held.id });
	over(held.id, END_WORDS.declined);
}

export function hangUp(): void {
	const held = call.peek();
	if (!held || held.state === "over") return;
	line.say({ type: "hangup", call: held.id });
	over(held.id, END_WORDS.hung_up);
}

export function mute(muted: boolean): void {
	for (const track of microphone?.getAudioTracks() ?? []) track.enabled = !muted;
	const held = call.peek();
	if (held) change(held.id, { muted });
}

/** Sounds a key here, and in the call. */
export function press(key: Key): void {
	keyTone(key);
	for (const { dtmf } of connection?.peer.getSenders() ?? []) if (dtmf?.canInsertDTMF) dtmf.insertDTMF(key);
}

async function whoIs(input: string): Promise<Person> {
	const identity = Identity.safeParse(input.trim()).data;
	if (identity) return { identity, name: "", number: "" };
	const { data } = await said(api.users.lookup.phone.$get({ query: { phoneNumber: input } }));
	if (!data.exists) throw new Error("No user found with this phone number");
	return { identity: data.care4wId, name: data.displayName, number: input };
}

function connect(id: string): Connection {
	connection?.close();
	if (!microphone) throw new Error("no microphone");
	const made = new Connection(line.iceServers, microphone, {
		onSignal: (signal: Signal) => line.say({ type: "signal", call: id, signal }),
		onConnected: () => connected(id),
		onFailed: () => made.restart(),
	});
	connection = made;
	return made;
}

function connected(id: string): void {
	const held = call.peek();
	if (held?.id !== id || !connection) return;
	quiet();
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
	if (frame.type === "ringing") return ringBack();
	if (frame.type === "answered") return answered(frame.call, frame.from, frame.sdp);
	if (frame.type === "resumed") return connection?.otherIsBack();
	if (offer) offer.candidates.push(...((frame.signal.candidates ?? []) as RTCIceCandidateInit[]));
	else connection?.hear(frame.signal);
}

function rung({ call: id, from, sdp, role, settles }: Frame<"ring">): void {
	const held = call.peek();
	const bothCalled = settles !== undefined && settles === held?.id;
	if (inCall.peek() && !bothCalled) return;
	offer = { sdp, role, candidates: [] };
	call.value = { id, direction: "inbound", state: "ringing", peer: from, muted: false, since: null, word: "" };
	if (bothCalled) void answer();
	else ring();
}

async function answered(id: string, peer: Person, sdp: string): Promise<void> {
	quiet();
	change(id, { state: "connecting", peer });
	await connection?.accepted(sdp);
	connection?.settle("impolite");
	if (connection?.peer.connectionState === "connected") connected(id);
}

/** The room says what it knows: the call went on without this socket, or it did not. */
function welcomed({ current }: Frame<"welcome">): void {
	const held = call.peek();
	if (held && inCall.peek() && held.state !== "asking" && held.id !== current?.call) over(held.id, END_WORDS.lost);
	if (!current) return;
	if (held?.id !== current.call || !inCall.peek()) {
		if (current.state === "ringing" && !current.mine && current.sdp)
			rung({ type: "ring", call: current.call, from: current.peer, sdp: current.sdp, role: current.role });
		return;
	}
	if (current.state === "live" && held.state === "calling" && current.sdp)
		void answered(held.id, current.peer, current.sdp);
	else if (current.state === "live" && current.role === "impolite") connection?.restart();
}

function fail(id: string, error: unknown): void {
	const told = error instanceof Error && error.name === "Error" ? error.message : reasonOf(error);
	over(id, told);
	trouble.value = told;
}

function over(id: string, word: string): void {
	if (call.peek()?.id !== id) return;
	change(id, { state: "over", word });
	clear();
	setTimeout(() => {
		if (call.peek()?.id === id && call.peek()?.state === "over") call.value = null;
	}, SHOWN_AFTER_MS);
}

function clear(): void {
	quiet();
	stopWatching();
	connection?.close();
	connection = null;
	offer = null;
	for (const track of microphone?.getTracks() ?? []) track.stop();
	microphone = null;
}
