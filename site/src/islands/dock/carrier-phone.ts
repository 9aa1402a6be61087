import type { Call as Leg } from "@twilio/voice-sdk";
import type { Person } from "../../../../worker/signaling/protocol";
import { tellTrouble } from "../../lib/toasts";
import type { Call as LoggedCall } from "../../lib/wire";
import { badgeRinging, unbadge } from "./badge";
import { carrierCallWith, follow, lookUp, outsideOf, whenGiven } from "./carrier-call";
import { deviceInUse, openDevice, shutDevice, useDevices } from "./carrier-device";
import { watchLeg } from "./carrier-watch";
import { wordsFor } from "./carrier-words";
import { end, LOGGED_ENDS } from "./ending";
import { notifyOf } from "./notice";
import { type Key, keyTone, quiet, ring } from "./sounds";
import { asks, call, change, END_WORDS, inCall, line, nameOf, newCall, trouble, unreached } from "./state";
import { nameInContacts } from "./whom";
import { wishes } from "./wishes";

/** The call at the carrier that this browser rings for or is in. */
let leg: Leg | null = null;
let expected: Person | null = null;
let stopWatching = () => {};
let stopFollowing = () => {};
let stopWaiting = () => {};
let unnotify = () => {};

export const open = () => openDevice(rung);
export const shut = () => {
	if (inCall.peek()) hangUp();
	shutDevice();
};

export const dial = (input: string): Promise<void> => connect({ To: input });

export async function dialOver(from: string, to: string, via: "browser" | "phone"): Promise<void> {
	if (via === "browser") return connect({ To: to, CallerId: from });
	const { dialOver: withTelephone } = await import("./phone");
	await withTelephone(from, to, via);
}

/** Has the carrier ask our server whom to call; who calls and from which line is checked there again. */
async function connect(params: { To: string; CallerId?: string }): Promise<void> {
	if (inCall.peek()) return;
	trouble.value = unreached.value = "";
	const id = crypto.randomUUID();
	const callee = { identity: params.To, name: "", number: /^\+/.test(params.To) ? params.To : "" };
	call.value = newCall({ id, direction: "outbound", state: "asking", peer: callee });
	try {
		const device = deviceInUse();
		await useDevices(wishes.peek().output);
		const made = await device.connect({ params });
		// Hung up while the carrier was asked: nobody waits for this call any more.
		if (call.peek()?.id !== id || !inCall.peek()) {
			made.disconnect();
			return;
		}
		leg = made;
		change(id, { state: "calling" });
		listen(id, made);
		made.on("ringing", () => void recognise(id, callee));
	} catch (error) {
		fail(id, error);
	}
}

export function expect(caller: Person): () => void {
	expected = caller;
	return () => {
		if (expected === caller) expected = null;
	};
}

function rung(incoming: Leg): void {
	if (inCall.peek()) {
		incoming.ignore();
		return;
	}
	const from = (incoming.parameters.From ?? "").replace(/^client:/, "");
	const number = /^\+\d+$/.test(from) ? from : "";
	const peer = { identity: from || "anonymous", name: number || /^care4w-/.test(from) ? "" : "Anonymous", number };
	const id = crypto.randomUUID();
	const carrierCall = incoming.customParameters.get("call") ?? null;
	leg = incoming;
	call.value = newCall({ id, direction: "inbound", state: "ringing", peer, carrierCall });
	listen(id, incoming);
	void recognise(id, peer);
	const awaited = expected;
	if (awaited && awaited.number === number) {
		expected = null;
		change(id, { peer: awaited });
		return void answer();
	}
	ring();
	badgeRinging();
	unnotify = notifyOf(nameOf(peer));
}

/** The name that the contacts have, and the call that the log has. */
async function recognise(id: string, peer: Person): Promise<void> {
	if (!peer.number) return;
	const known = call.peek()?.carrierCall;
	const [name, carrierCall] = await Promise.all([
		nameInContacts(peer.number),
		known ? known : carrierCallWith(peer.number),
	]);
	const now = call.peek();
	if (now?.id !== id) return;
	change(id, { carrierCall, ...(name && !now.peer.name ? { peer: { ...peer, name } } : {}) });
}

function listen(id: string, of: Leg): void {
	let told = "";
	of.on("accept", () => {
		hush();
		change(id, { state: "live", since: Date.now() });
		stopWatching();
		stopWatching = watchLeg(of);
		const now = call.peek();
		if (now && !now.carrierCall) void recognise(id, now.peer);
		if (now?.direction === "inbound") waitFor(id, now.peer.number);
	});
	of.on("error", (error) => {
		told = wordsFor(error);
	});
	of.on("reconnecting", () => {
		line.value = "connecting";
	});
	of.on("reconnected", () => {
		line.value = "on";
	});
	of.on("cancel", () => void missed(id));
	of.on("reject", () => over(id, END_WORDS.declined));
	of.on("disconnect", () => ended(id, told));
}

/** Asked about a call that is handed over then, this side is with its customer. */
function waitFor(id: string, number: string): void {
	stopWaiting();
	stopWaiting = whenGiven(number, async (story) => {
		const outside = outsideOf(story);
		const peer = { identity: outside, name: await nameInContacts(outside), number: outside };
		change(id, { carrierCall: story.id, peer });
	});
}

/** What the carrier's end of a call does not say, the log does. */
function ended(id: string, told: string): void {
	const was = call.peek();
	if (was?.id !== id || was.state === "over") return;
	over(id, told || END_WORDS.hung_up);
	trouble.value = told;
	if (told || was.since !== null || !was.carrierCall) return;
	stopFollowing();
	stopFollowing = follow(was.carrierCall, ({ live, status }: LoggedCall) => {
		const words = LOGGED_ENDS[status];
		if (!live && words) change(id, { word: words });
	});
}

/** The caller gave up, or another device of this person was faster. */
async function missed(id: string): Promise<void> {
	const carrierCall = call.peek()?.carrierCall;
	over(id, END_WORDS.cancelled);
	const logged = carrierCall ? await lookUp(carrierCall) : null;
	if (logged?.answeredAt) change(id, { word: END_WORDS.answered_elsewhere });
}

export async function answer(): Promise<void> {
	const held = call.peek();
	if (held?.state !== "ringing" || !leg) return;
	hush();
	change(held.id, { state: "connecting" });
	await useDevices(wishes.peek().output);
	if (call.peek()?.id === held.id && inCall.peek()) leg.accept();
}

export function decline(): void {
	const held = call.peek();
	if (held?.state !== "ringing") return;
	leg?.reject();
	over(held.id, END_WORDS.declined);
}

export function hangUp(): void {
	const held = call.peek();
	if (!held || held.state === "over") return;
	// With the telephone in hand the call was never this browser's.
	if (held.away) return void import("./phone").then((other) => other.hangUp());
	if (asks.peek()) return void import("./carrier-asking").then(({ takeBack }) => takeBack()).catch(tellTrouble);
	if (leg?.status() === "pending") leg.reject();
	else leg?.disconnect();
	over(held.id, END_WORDS.hung_up);
}

export function mute(muted: boolean): void {
	const held = call.peek();
	if (!held || !leg) return;
	if (!held.held) leg.mute(muted);
	change(held.id, { muted });
}

export function hold(on: boolean): void {
	const held = call.peek();
	if (held?.state !== "live" || !leg || asks.peek()) return;
	leg.mute(on || held.muted);
	for (const track of leg.getRemoteStream()?.getAudioTracks() ?? []) track.enabled = !on;
	change(held.id, { held: on });
}

/** The carrier's phone sounds the key itself once there is a call. */
export function press(key: Key): void {
	if (leg && call.peek()?.state === "live") leg.sendDigits(key);
	else keyTone(key);
}

export const changeDevices = useDevices;

function fail(id: string, error: unknown): void {
	const told = wordsFor(error);
	over(id, told);
	trouble.value = told;
}

function hush(): void {
	quiet();
	unnotify();
	unnotify = () => {};
}

function over(id: string, word: string): void {
	if (!end(id, word)) return;
	hush();
	unbadge();
	stopWatching();
	stopWatching = () => {};
	stopFollowing();
	stopWaiting();
	expected = null;
	leg = null;
}
