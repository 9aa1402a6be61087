import type { Devices } from "./devices";
import type { Guests } from "./guests";
import type { Invitation, InviteReply } from "./leg";
import type { Memory } from "./memory";
import type { EndReason, Person, Signal } from "./protocol";
import type { Guest } from "./ticket";

/** So often a room looks after a call that goes on. */
export const CHECK_MS = 30_000;

/** What one room tells another about a call of the two. */
export type PeerFrame =
	| { type: "answer"; call: string; sdp: string; from: Person }
	| { type: "signal"; call: string; signal: Signal }
	| { type: "resumed"; call: string }
	| { type: "transfer"; call: string; to: Person }
	| { type: "expect"; call: string; who: Person }
	| { type: "ended"; call: string; reason: EndReason };

/** The room of the other person, wherever it runs. */
export interface PeerRoom {
	invite(invitation: Invitation): Promise<InviteReply>;
	hear(from: string, frame: PeerFrame): Promise<boolean>;
	knows(call: string): Promise<boolean>;
}

/** What the calls of a room need of everything else. */
export interface Surroundings {
	identity: string;
	memory: Memory;
	devices: Devices;
	guests: Guests;
	/** Multiplies every limit. */
	scale: number;
	now(): number;
	peer(identity: string): PeerRoom;
	/** A ticket for another room, to be a guest there. Null when there is no such thing. */
	ticketFor(room: string, guest: Guest): Promise<string | null>;
	/** Calls `tick` at this time at the latest. */
	wake(at: number): void;
	/** Writes the finished calls into the call log soon. */
	flush(): void;
}
