import { computed, signal } from "@preact/signals";
import type { EndReason, Person } from "../../../../worker/signaling/protocol";

/** The call of this device, or one that rings here. */
export interface Call {
	id: string;
	direction: "inbound" | "outbound";
	state: "asking" | "calling" | "ringing" | "connecting" | "live" | "over";
	peer: Person;
	muted: boolean;
	/** This side does not listen for now; the other side does not. */
	held: boolean;
	heldByOther: boolean;
	/** The account's own call over the carrier, where there is one. */
	carrierCall: string | null;
	/** It rings at the other end by now. */
	rings: boolean;
	/** It goes on at another telephone of this person, not here. */
	away: boolean;
	/** A pretended call carries no sound. */
	silent: boolean;
	/** Since when both can speak. */
	since: number | null;
	/** Who handed this side on, so that it can go back. */
	by: Person | null;
	/** What is to be known of it until it is answered, in a sentence. */
	note: string;
	/** Why it is over, in a sentence. */
	word: string;
}

/** Somebody who is called about the running call, which waits on hold meanwhile. */
export interface Asked {
	id: string;
	state: "asking" | "calling" | "live" | "over";
	peer: Person;
	/** The account's own call over the carrier that they are asked about, where there is one: then the carrier does it. */
	carrierCall: string | null;
	since: number | null;
	/** Why they are not asked any more, in a sentence. */
	word: string;
}

export interface Quality {
	word: "good" | "fair" | "poor";
	roundTripMs: number | null;
	/** How loud this side and the other side are now, 0 to 1. */
	own: number;
	other: number;
}

export const call = signal<Call | null>(null);
export const asked = signal<Asked | null>(null);
export const quality = signal<Quality | null>(null);
/** Whether this device can be called now. */
export const line = signal<"off" | "connecting" | "on">("off");
/** True when this installation's calls from a browser go over the carrier. */
export const overCarrier = signal(false);
/** Milliseconds to the server and back, measured while there is a line. */
export const roundTrip = signal<number | null>(null);
/** What went wrong, in a sentence. */
export const trouble = signal("");
/** A number that no browser has: it can be called over a line of one's own instead. */
export const unreached = signal("");
export const inCall = computed(() => call.value !== null && call.value.state !== "over");

/** Whether somebody is asked right now. */
export const asks = computed(() => asked.value !== null && asked.value.state !== "over");

export function newCall(fields: Pick<Call, "id" | "direction" | "state" | "peer"> & Partial<Call>): Call {
	const nothing = {
		rings: false,
		muted: false,
		held: false,
		heldByOther: false,
		carrierCall: null,
		away: false,
		silent: false,
	};
	return { ...nothing, since: null, by: null, note: "", word: "", ...fields };
}

export function change(id: string, changes: Partial<Call>): void {
	const held = call.peek();
	if (held?.id === id) call.value = { ...held, ...changes };
}

export const END_WORDS: Record<EndReason, string> = {
	hung_up: "Call ended.",
	cancelled: "The call was taken back.",
	declined: "Call declined.",
	busy: "They are in another call. Try again later.",
	unavailable: "They are not at their desk. They will see that you called.",
	timeout: "No answer.",
	answered_elsewhere: "Answered on another device.",
	lost: "The connection was lost.",
	gone: "This call is over.",
	handed_on: "The call is handed on.",
};

/** The best name there is for somebody. */
export function nameOf({ name, number, identity }: Person): string {
	return name || number || identity;
}
