import type { Person, ServerFrame, Snapshot } from "../../../../worker/signaling/protocol";
import { askedCalls, askedStill, askRefused, goOnWithAsked, hearOfAsked, takeBack } from "./asking";
import { recognise, takeExpected } from "./by-carrier";
import { endAtCarrier } from "./carrier-call";
import { endOrComeBack, goOn, handedOn } from "./hand-on";
import { openMicrophone } from "./microphone";
import { ringBack } from "./sounds";
import { direct, line, listen } from "./speak";
import { asked, asks, call, change, END_WORDS, inCall, nameOf, newCall, trouble, unreached } from "./state";
import { clear, connect, connected, fail, hush, over, ringFor, talk } from "./talk";
import { NobodyHere, whoIs } from "./whom";

export { dialOver, expect } from "./by-carrier";
export { handOn } from "./hand-on";
export { changeDevices, hold, mute, press } from "./talk";

type Frame<Type extends ServerFrame["type"]> = Extract<ServerFrame, { type: Type }>;

listen({
	hear: (frame) => void hear(frame),
	lost(again, wasOpen) {
		const held = call.peek();
		if (!held || !inCall.peek()) return;
		if (again) line.say({ type: "direct", call: held.id });
		// What was on that way may be lost.
		if (wasOpen && held.state === "live") talk.connection?.restart();
	},
});

/** Makes this device one that can be called. */
export const open = () => line.open();
export const shut = () => {
	takeBack();
	if (inCall.peek()) hangUp();
	line.shut();
};

/** Calls a number or a call identity; `note` stands beside it until somebody answers. */
export async function dial(input: string, note = ""): Promise<void> {
	if (inCall.peek()) return;
	trouble.value = unreached.value = "";
	const id = crypto.randomUUID();
	const unknown = { identity: input, name: "", number: input };
	call.value = newCall({ id, direction: "outbound", state: "asking", peer: unknown, note });
	try {
		const peer = await whoIs(input);
		change(id, { peer });
		talk.microphone = await openMicrophone();
		const sdp = await connect(id).offer();
		if (call.peek()?.id !== id || call.peek()?.state !== "asking") return clear();
		change(id, { state: "calling" });
		if (!line.say({ type: "call", call: id, to: peer.identity, sdp })) throw new Error("There is no line right now.");
	} catch (error) {
		fail(id, error);
		if (error instanceof NobodyHere) unreached.value = error.number;
	}
}

export async function answer(): Promise<void> {
	const held = call.peek();
	if (held?.state !== "ringing" || !talk.offer) return;
	hush();
	const rings = talk.offer;
	change(held.id, { state: "connecting" });
	try {
		// A pretended telephone offers no way for sound.
		if (!/^a=ice-ufrag:/m.test(rings.sdp)) return answerSilently(held.id, rings.sdp);
		talk.microphone ??= await openMicrophone();
		if (call.peek()?.id !== held.id || !inCall.peek()) return clear();
		talk.offer = null;
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
	talk.offer = null;
	line.say({ type: "answer", call: id, sdp });
	change(id, { state: "live", silent: true, since: Date.now() });
}

export function decline(): void {
	const held = call.peek();
	if (held?.state !== "ringing") return;
	line.say({ type: "decline", call: held.id });
	over(held.id, END_WORDS.declined);
}

/** Ends the call that is spoken in: the one that was made to ask, where there is one. */
export function hangUp(): void {
	const held = call.peek();
	if (!held || held.state === "over") return;
	if (asks.peek()) {
		takeBack();
		return;
	}
	if (held.carrierCall && (held.away || held.state === "asking")) void endAtCarrier(held.carrierCall).catch(() => {});
	line.say({ type: "hangup", call: held.id });
	over(held.id, END_WORDS.hung_up);
}

async function hear(frame: ServerFrame): Promise<void> {
	const held = call.peek();
	if (frame.type === "welcome") return welcomed(frame);
	if (frame.type === "ring") return rung(frame);
	if (frame.type === "error") return refused(frame);
	if (frame.call === asked.peek()?.id) return hearOfAsked(frame);
	if (held?.id !== frame.call) return;
	switch (frame.type) {
		case "ended":
			return ended(frame);
		case "ringing":
		case "direct":
			if (frame.type === "ringing" && held.state === "calling") {
				change(held.id, { rings: true });
				ringBack();
			}
			if (frame.direct && inCall.peek()) direct.enter(held.peer.identity, frame.direct);
			return;
		case "answered":
			return answered(frame.call, frame.from, frame.sdp);
		case "resumed":
			return talk.connection?.otherIsBack();
		case "transfer":
			return goOn(frame.call, frame.to);
		case "signal":
			if (talk.offer) talk.offer.candidates.push(...((frame.signal.candidates ?? []) as RTCIceCandidateInit[]));
			else talk.connection?.hear(frame.signal);
	}
}

function refused({ call: id, code }: Frame<"error">): void {
	const held = call.peek();
	const isTooMany = code === "too_many_calls";
	const words = isTooMany ? "Too many calls in a minute. Wait a little." : "This call cannot be handed on to them.";
	if (askRefused(id, code, words)) return;
	if (isTooMany || code === "not_handed_on") handedOn(id, words);
	if (!isTooMany) return;
	if (id && id === held?.id && held.state !== "live") over(id, words);
}

function ended({ call: id, reason }: Frame<"ended">): void {
	const held = call.peek();
	if (held?.id !== id || held.state === "over") return;
	handedOn(id, reason === "handed_on" ? null : END_WORDS[reason]);
	if (goOnWithAsked(reason === "handed_on" ? reason : "hung_up")) return;
	const back = endOrComeBack(held, reason);
	if (back) void dial(back.to, back.note);
}

function rung(frame: Frame<"ring">): void {
	const { call: id, from, sdp, role, settles, by } = frame;
	const held = call.peek();
	// Said again after a dropped socket.
	if (id === held?.id || id === asked.peek()?.id) return;
	if (settles !== undefined && asks.peek() && settles === asked.peek()?.id) return void askedCalls(frame);
	const bothCalled = held !== null && inCall.peek() && settles === held.id;
	// It takes the place of a call that was hung up here at that very moment.
	if (settles !== undefined && !bothCalled) return void line.say({ type: "decline", call: id });
	const awaited = takeExpected(from);
	if (inCall.peek() && !bothCalled && !awaited) return;
	talk.offer = { sdp, role, candidates: [] };
	if (awaited) {
		const { direction, peer } = awaited;
		call.value = newCall({ id, direction, state: "ringing", peer, carrierCall: held?.carrierCall ?? null });
		if (direction === "inbound") void recognise(id, from);
		return void answer();
	}
	const note = by ? `${nameOf(by)} hands them on to you` : "";
	const muted = bothCalled && held.muted;
	call.value = newCall({ id, direction: "inbound", state: "ringing", peer: from, note, muted });
	if (bothCalled) {
		direct.shut();
		return void answer();
	}
	ringFor(nameOf(from));
	void recognise(id, from);
}

async function answered(id: string, peer: Person, sdp: string): Promise<void> {
	hush();
	change(id, { state: "connecting", peer });
	await talk.connection?.accepted(sdp);
	talk.connection?.settle("impolite");
	if (talk.connection?.peer.connectionState === "connected") connected(id);
}

/** The room says what it knows: the calls went on without this socket, or they did not. */
function welcomed({ current, waiting }: Frame<"welcome">): void {
	const known = [current, waiting].filter((one) => one !== null && one !== undefined);
	const isAsked = askedStill(known);
	const held = call.peek();
	const isHere = held && inCall.peek() && held.state !== "asking" && !held.away;
	const others = known.filter((one) => one !== isAsked);
	const inPlace = others.some(({ call: id, settles }) => held && (id === held.id || settles === held.id));
	if (isHere && !inPlace && !goOnWithAsked("hung_up")) over(held.id, END_WORDS.lost);
	for (const one of others)
		if (held?.id === one.call && inCall.peek()) wentOn(one);
		else welcomedTo(one);
}

function wentOn({ call: id, state, role, peer, sdp }: Snapshot): void {
	if (state === "live" && call.peek()?.state === "calling" && sdp) void answered(id, peer, sdp);
	else if (state === "live" && role === "impolite") {
		if (!direct.isOpen) line.say({ type: "direct", call: id });
		talk.connection?.restart();
	}
}

/** A call that this device does not have: it rings here now, or was this device's and is of no use to anybody any more. */
function welcomedTo({ call: id, peer: from, state, mine, sdp, role, by, settles }: Snapshot): void {
	const takesOver = settles !== undefined && inCall.peek() && settles === call.peek()?.id;
	if (mine && !takesOver) line.say({ type: "hangup", call: id });
	else if (state === "ringing" && sdp)
		rung({ type: "ring", call: id, from, sdp, role, ...(by ? { by } : {}), ...(settles ? { settles } : {}) });
}
