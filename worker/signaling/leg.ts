import type { EndedCall } from "../pure/call-statuses";
import type { Candidate, EndReason, Person, Role, Snapshot } from "./protocol";

/** One person's side of a call. A room holds at most one, in its storage, so that an eviction loses nothing. */
export interface Leg {
	call: string;
	direction: "inbound" | "outbound";
	/** `yielded`: given up for the peer's own call, which is on its way here. */
	state: "calling" | "ringing" | "live" | "yielded";
	self: Person;
	peer: Person;
	/** The device in the call, and what proves a new socket to be the same device. Null while all devices ring. */
	device: string | null;
	resume: string | null;
	/** The offer while it rings, the answer once the caller has it. */
	sdp: string | null;
	candidates: Candidate[];
	startedAt: number;
	answeredAt: number | null;
	/** When the ringing ends by itself. */
	deadline: number;
	/** Since when the device of a live call has no socket. */
	lostSince: number | null;
	/** Frames for a device that has no socket at the moment. */
	held: string[];
	/** Whom the other end hands this person on to. */
	handedTo?: Person;
	/** Until when it may go there. */
	handedUntil?: number;
	/** Whom this side hands the other end on to. */
	handsTo?: Person | undefined;
	/** The call that waits on hold while this one asks somebody. */
	consults?: string;
	/** Who may take the place of the other end, because that end has said so. */
	awaits?: string;
	/** The call that gives way to this one. */
	settles?: string;
	/** What is to be told of it besides its times. */
	story?: Told[];
	/** Who handed the caller on, and how often that was done before the two came to speak. */
	by?: Person;
	hops?: number;
}

/** A line of a call's story. */
export interface Told {
	kind: "consulted" | "handed_on" | "handed_by";
	detail: Record<string, string>;
	at: number;
}

/** A person with a room; everything else at the end of a call is a telephone. */
export const isPerson = (identity: string): boolean => identity.startsWith("care4w-");

/** What an invitation to another room says. The receiving room takes it from its own kind only: browsers cannot call this. */
export interface Invitation {
	call: string;
	from: Person;
	sdp: string;
	by?: Person;
	hops?: number;
}

export type InviteReply = "ringing" | "busy" | "unavailable" | "glare";

/** One line for the call log of one person. */
export interface CallEntry {
	call: string;
	direction: "inbound" | "outbound";
	identity: string;
	from: string;
	to: string;
	peerName: string;
	peerIdentity: string;
	status: EndedCall;
	startedAt: number;
	answeredAt: number | null;
	endedAt: number;
	story: Told[];
}

/** What a call that ended for this reason is in this side's log. */
export function statusOf(
	{ direction, answeredAt }: Pick<Leg, "direction" | "answeredAt">,
	reason: EndReason,
): EndedCall {
	if (answeredAt !== null) return "completed";
	if (reason === "declined") return "declined";
	if (direction === "inbound") return "missed";
	if (reason === "busy" || reason === "unavailable") return reason;
	if (reason === "timeout") return "no_answer";
	return reason === "cancelled" || reason === "hung_up" ? "cancelled" : "failed";
}

/** The caller insists when both renegotiate at once, the called side gives way. */
export function roleOf({ direction }: Pick<Leg, "direction">): Role {
	return direction === "outbound" ? "impolite" : "polite";
}

/** When both call each other at once, the call of the identity that sorts first stands; both rooms decide alike. */
export function standsInGlare(caller: string, called: string): boolean {
	return caller < called;
}

/** The best name there is for somebody. */
const nameOf = ({ name, number, identity }: Person): string => name || number || identity;

/** Puts into the story of the call on hold, or of the one it was asked about, that somebody was asked. */
export function consulted(leg: Leg, { peer, startedAt, ...asked }: Leg, reason: EndReason): Leg {
	const status = statusOf(asked, reason);
	const detail = { with: nameOf(peer), status };
	return { ...leg, story: [...(leg.story ?? []), { kind: "consulted", detail, at: startedAt }] };
}

function storyOf(
	{ by, handedTo, handsTo, awaits, startedAt, story = [] }: Leg,
	reason: EndReason,
	now: number,
): Told[] {
	const from: Told[] = by ? [{ kind: "handed_by", detail: { by: nameOf(by) }, at: startedAt }] : [];
	if (reason !== "handed_on") return [...from, ...story];
	const to = handsTo ?? handedTo;
	const detail: Record<string, string> = to ? { to: nameOf(to) } : awaits ? { from: awaits } : {};
	return [...from, ...story, { kind: "handed_on", detail, at: now }];
}

export function entryOf(leg: Leg, reason: EndReason, now: number): CallEntry {
	const own = leg.self.number || leg.self.identity;
	const other = leg.peer.number || leg.peer.identity;
	const inbound = leg.direction === "inbound";
	return {
		call: leg.call,
		direction: leg.direction,
		identity: leg.self.identity,
		from: inbound ? other : own,
		to: inbound ? own : other,
		peerName: leg.peer.name,
		peerIdentity: leg.peer.identity,
		status: statusOf(leg, reason),
		startedAt: leg.startedAt,
		answeredAt: leg.answeredAt,
		endedAt: now,
		story: storyOf(leg, reason, now),
	};
}

export function snapshotOf(leg: Leg, device: string | null): Snapshot | null {
	if (leg.state === "yielded") return null;
	return {
		call: leg.call,
		direction: leg.direction,
		state: leg.state,
		mine: leg.device !== null && leg.device === device,
		peer: leg.peer,
		role: roleOf(leg),
		startedAt: leg.startedAt,
		answeredAt: leg.answeredAt,
		sdp: leg.sdp,
		candidates: leg.candidates,
		...(leg.by ? { by: leg.by } : {}),
		...(leg.settles ? { settles: leg.settles } : {}),
	};
}
