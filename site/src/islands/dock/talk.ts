import type { Role } from "../../../../worker/signaling/protocol";
import { reasonOf } from "../../lib/refusal";
import { badgeRinging, unbadge } from "./badge";
import { Connection } from "./connection";
import { end } from "./ending";
import { openMicrophone } from "./microphone";
import { notifyOf } from "./notice";
import { type Key, keyTone, quiet, ring } from "./sounds";
import { direct, line, tellOther } from "./speak";
import { asks, call, change, trouble } from "./state";
import { watch } from "./watch";

/** The sound of this device's one call: what it needs, and what ends with it. */
export const talk: {
	connection: Connection | null;
	/** With somebody who is asked while the call waits, over the same microphone. */
	aside: Connection | null;
	microphone: MediaStream | null;
	/** Of the call that rings here. */
	offer: { sdp: string; role: Role; candidates: RTCIceCandidateInit[] } | null;
} = { connection: null, aside: null, microphone: null, offer: null };

let stopWatching = () => {};
let unnotify = () => {};
const afterwards: (() => void)[] = [];

/** Has this done whenever a call is over. */
export function whenOver(tidyUp: () => void): void {
	afterwards.push(tidyUp);
}

/** A fresh connection for this call; one that there was before gives way. */
export function connect(id: string): Connection {
	talk.connection?.close();
	stopWatching();
	if (!talk.microphone) throw new Error("no microphone");
	const made = new Connection(line.iceServers, talk.microphone, {
		onSignal: (signal) => tellOther(id, signal),
		onConnected: () => connected(id),
		onFailed: () => made.restart(),
		onHeld: (heldByOther) => change(id, { heldByOther }),
	});
	talk.connection = made;
	return made;
}

export function connected(id: string): void {
	const held = call.peek();
	if (held?.id !== id || !talk.connection) return;
	hush();
	change(id, { state: "live", since: held.since ?? Date.now(), note: "" });
	stopWatching();
	stopWatching = watch(talk.connection.peer);
}

export function mute(muted: boolean): void {
	for (const track of talk.microphone?.getAudioTracks() ?? []) track.enabled = !muted;
	const held = call.peek();
	if (held) change(held.id, { muted });
}

/** Neither side hears the other until it is taken back; not while somebody else is asked. */
export function hold(on: boolean): void {
	const held = call.peek();
	if (held?.state !== "live" || !talk.connection || asks.peek()) return;
	talk.connection.hold(on);
	change(held.id, { held: on });
}

/** Goes on with another microphone; the loudspeaker changes at once too. */
export async function changeDevices(output: string): Promise<void> {
	for (const one of [talk.connection, talk.aside]) await one?.hearThrough(output);
	if (!talk.connection || !talk.microphone) return;
	const fresh = await openMicrophone();
	const muted = call.peek()?.muted ?? false;
	for (const track of fresh.getAudioTracks()) track.enabled = !muted;
	for (const one of [talk.connection, talk.aside]) await one?.speakWith(fresh);
	for (const track of talk.microphone.getTracks()) track.stop();
	talk.microphone = fresh;
}

/** Sounds a key here, and in the call. */
export function press(key: Key): void {
	keyTone(key);
	for (const { dtmf } of (talk.aside ?? talk.connection)?.peer.getSenders() ?? [])
		if (dtmf?.canInsertDTMF) dtmf.insertDTMF(dtmf.toneBuffer + key); // what waits to sound would be replaced
}

/** Lets everybody here know that somebody calls. */
export function ringFor(name: string): void {
	ring();
	badgeRinging();
	unnotify = notifyOf(name);
}

export function hush(): void {
	quiet();
	unnotify();
}

export function over(id: string, word: string): void {
	if (end(id, word)) clear();
}

export function fail(id: string, error: unknown): void {
	const told = error instanceof Error && error.name === "Error" ? error.message : reasonOf(error);
	over(id, told);
	trouble.value = told;
}

export function clear(): void {
	hush();
	unbadge();
	stopWatching();
	for (const tidyUp of afterwards) tidyUp();
	direct.shut();
	talk.connection?.close();
	talk.connection = null;
	talk.offer = null;
	for (const track of talk.microphone?.getTracks() ?? []) track.stop();
	talk.microphone = null;
}
