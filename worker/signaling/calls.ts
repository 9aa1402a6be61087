import type { Attachment } from "./devices";
import type { Ends } from "./ends";
import type { Handing } from "./handing";
import { type Leg, snapshotOf } from "./leg";
import type { ClientFrame, ServerFrame, Signal, Snapshot } from "./protocol";
import { stamped } from "./signal-text";
import { CHECK_MS, type PeerFrame, type Surroundings } from "./surroundings";
import type { Guest } from "./ticket";

/** How long a call goes on while one side has no socket; the sound needs none. */
export const GRACE_MS = 45_000;

type Of<Type extends ClientFrame["type"]> = Extract<ClientFrame, { type: Type }>;

/** The calls of one person as they go on: one that is spoken in and at most one on hold, whatever devices and other rooms say, and however often. */
export class Calls {
	readonly #at: Surroundings;
	readonly #ends: Ends;
	readonly #handing: Handing;

	constructor(at: Surroundings, ends: Ends, handing: Handing) {
		this.#at = at;
		this.#ends = ends;
		this.#handing = handing;
	}

	/** The calls that this device should know of: its own, or one that rings. */
	knownTo(device: string): { current: Snapshot | null; waiting?: Snapshot } {
		const { leg, parked } = this.#at.memory;
		const current = leg && (leg.device === device || leg.device === null) ? snapshotOf(leg, device) : null;
		const waiting = parked?.device === device ? snapshotOf(parked, device) : null;
		return waiting ? { current, waiting } : { current };
	}

	/** The device that left with this token in the middle of a call. */
	deviceOf(resume: string): string | null {
		const leg = this.#at.memory.leg;
		return leg?.resume === resume ? leg.device : null;
	}

	hangUp({ device }: Attachment, { call }: Of<"hangup">): ServerFrame | null {
		const leg = this.#at.memory.find(call);
		if (!leg) return { type: "ended", call, reason: "gone" };
		if (leg.device !== device) return { type: "error", code: "not_in_this_call", call };
		const reason = leg.state === "live" ? "hung_up" : leg.direction === "inbound" ? "declined" : "cancelled";
		this.#ends.over(leg, reason, true);
		return null;
	}

	/** Tells a caller who is a guest here at once; false when there is none, or something to object. */
	signalGuest({ device }: Attachment, { call }: Of<"signal">, text: string): boolean {
		const { memory, identity, guests, now } = this.#at;
		const leg = memory.find(call);
		if (device === null || leg?.device !== device || leg.state === "yielded") return false;
		return guests.tell(call, stamped(text, identity), now());
	}

	async signal(who: Attachment, frame: Of<"signal">): Promise<ServerFrame | null> {
		const { memory } = this.#at;
		const { call, signal } = frame;
		const leg = memory.find(call);
		if (!leg) return { type: "ended", call, reason: "gone" };
		if (leg.device !== who.device) return { type: "error", code: "not_in_this_call", call };
		if (leg.state === "yielded" || this.signalGuest(who, frame, JSON.stringify(frame))) return null;
		const heard = await this.#ends.toPeer(leg, { type: "signal", call, signal });
		const after = memory.find(call);
		// Before it rings over there, nobody there knows the call yet.
		if (!heard && after?.state === "live") this.#ends.over(after, "gone", false);
		return null;
	}

	/** A caller asks for its way into the other room once more. */
	async direct({ device }: Attachment, { call }: Of<"direct">): Promise<ServerFrame | null> {
		const { memory, identity, ticketFor } = this.#at;
		const leg = memory.find(call);
		if (!leg) return { type: "ended", call, reason: "gone" };
		if (leg.device !== device || leg.direction !== "outbound") return { type: "error", code: "not_in_this_call", call };
		const direct = await ticketFor(leg.peer.identity, { call, identity });
		return direct === null ? null : { type: "direct", call, direct };
	}

	/** Whether this caller may be a guest here: only for the call that rings or goes on. */
	admits({ call, identity }: Guest): boolean {
		const leg = this.#at.memory.find(call);
		return leg?.direction === "inbound" && leg.peer.identity === identity;
	}

	/** A call does not outlive the sign-in of its device. */
	signedOut(devices: string[]): void {
		const { memory } = this.#at;
		for (const { call } of memory.legs) {
			const leg = memory.find(call);
			if (leg?.device && devices.includes(leg.device))
				this.#ends.over(leg, leg.state === "live" ? "hung_up" : "cancelled", true);
		}
	}

	/** The other room speaks, or the caller who is a guest here: in these words. False when this call is not known here: the other side may end it. */
	hear(from: string, frame: PeerFrame, text?: string): boolean {
		const leg = this.#at.memory.find(frame.call);
		if (leg?.peer.identity !== from) return false;
		switch (frame.type) {
			case "ended":
				this.#ends.over(leg, frame.reason, false);
				return true;
			case "answer":
				return this.#answered(leg, frame);
			case "transfer":
				return this.#handing.toldToGoOn(leg, frame);
			case "expect":
				return this.#handing.toldToExpect(leg, frame);
			case "resumed":
				this.#ends.deliver(leg, frame);
				return true;
			case "signal":
				this.#signalled(leg, frame.signal, stamped(text ?? JSON.stringify(frame), from));
				return true;
		}
	}

	#answered(leg: Leg, { call, sdp, from }: Extract<PeerFrame, { type: "answer" }>): boolean {
		const { memory, now } = this.#at;
		if (leg.state !== "calling") return leg.state === "live";
		const live: Leg = { ...leg, state: "live", answeredAt: now(), sdp, peer: from };
		memory.keepLeg(live);
		this.#at.wake(now() + CHECK_MS);
		this.#ends.deliver(live, { type: "answered", call, from, sdp });
		return true;
	}

	#signalled(leg: Leg, signal: Signal, text: string): void {
		const { memory, devices, now } = this.#at;
		if (leg.state !== "ringing" || leg.device !== null) {
			this.#ends.deliver(leg, text);
			return;
		}
		const candidates = [...leg.candidates, ...(signal.candidates ?? [])].slice(0, 64);
		memory.keepLeg({ ...leg, candidates });
		devices.tellAll(text, now());
	}

	/** A device has a new socket: it hears what it missed, and the other end hears that it is back. */
	cameBack(device: string): void {
		const { memory, devices } = this.#at;
		for (const leg of memory.legs) {
			if (leg.device !== device) continue;
			for (const frame of leg.held) devices.tell(device, frame);
			memory.keepLeg({ ...leg, held: [], lostSince: null });
			if (leg.state === "live") void this.#ends.toPeer(leg, { type: "resumed", call: leg.call });
		}
	}

	/** A device has no socket any more. Its calls go on for a while. */
	left(device: string): void {
		const { memory, now } = this.#at;
		for (const leg of memory.legs) {
			if (leg.device !== device || leg.lostSince !== null) continue;
			memory.keepLeg({ ...leg, lostSince: now() });
			this.#at.wake(now() + GRACE_MS);
		}
	}

	/** Ends what nobody is there for any more, and asks to be called again while there is something to look after. */
	async tick(): Promise<void> {
		const { memory, now } = this.#at;
		this.endOverdue();
		memory.forgetCounts(now());
		for (const leg of memory.legs) await this.#lookAfter(leg);
	}

	async #lookAfter(leg: Leg): Promise<void> {
		const { memory, now } = this.#at;
		if (leg.state !== "live") return this.#at.wake(leg.deadline);
		const known = await this.#at
			.peer(leg.peer.identity)
			.knows(leg.call)
			.catch(() => true);
		const after = memory.find(leg.call);
		if (!after) return;
		if (known) this.#at.wake(now() + CHECK_MS);
		else this.#ends.over(after, "gone", false);
	}

	/** Ends what has rung for too long, or whose device has been away for too long: both calls of it, for nobody is there to connect them. */
	endOverdue(): void {
		const { memory, now } = this.#at;
		for (const { call } of memory.legs) {
			const leg = memory.find(call);
			if (!leg) continue;
			if (leg.state !== "live" && leg.deadline <= now()) this.#ends.over(leg, "timeout", true);
			else if (leg.device !== null) this.#endIfLost(leg, leg.device);
		}
	}

	#endIfLost(leg: Leg, device: string): void {
		const { devices, now } = this.#at;
		if (devices.live(now()).some((here) => here.device === device)) return;
		if (leg.lostSince === null) this.left(device);
		else if (leg.lostSince <= now() - GRACE_MS) this.#ends.over(leg, "lost", true);
	}
}
