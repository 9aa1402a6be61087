import type { Attachment } from "./devices";
import {
	entryOf,
	type Invitation,
	type InviteReply,
	isPerson,
	type Leg,
	roleOf,
	snapshotOf,
	standsInGlare,
} from "./leg";
import { CLOSE, type ClientFrame, type EndReason, type Person, type ServerFrame, type Snapshot } from "./protocol";
import type { PeerFrame, Surroundings } from "./surroundings";
import type { Guest } from "./ticket";

export const RING_MS = 40_000;
/** The caller's room waits a little longer, so that the called one normally decides. */
const CALLER_WAITS_MS = RING_MS + 5_000;
const YIELDED_MS = 10_000;
/** How long a call goes on while one side has no socket; the sound needs none. */
export const GRACE_MS = 45_000;
const CHECK_MS = 30_000;
const HELD_MOST = 20;
const PLACED_PER_MINUTE = 20;
const RINGS_PER_CALLER = 5;
const RINGS_PER_MINUTE = 30;
/** Nobody is handed on for ever. */
const MOST_HOPS = 5;

type Of<Type extends ClientFrame["type"]> = Extract<ClientFrame, { type: Type }>;

/** The calls of one person: at most one at a time, whatever its devices and other rooms say, in any order and more than once. */
export class Calls {
	readonly #at: Surroundings;

	constructor(at: Surroundings) {
		this.#at = at;
	}

	/** The call that this device should know of: its own, or one that rings. */
	snapshotFor(device: string): Snapshot | null {
		const leg = this.#at.memory.leg;
		return leg && (leg.device === device || leg.device === null) ? snapshotOf(leg, device) : null;
	}

	/** The device that left with this token in the middle of a call. */
	deviceOf(resume: string): string | null {
		const leg = this.#at.memory.leg;
		return leg?.resume === resume ? leg.device : null;
	}

	async place({ person, device, resume }: Attachment, frame: Of<"call">): Promise<ServerFrame | null> {
		const { memory, identity, now, scale } = this.#at;
		const { call, to, sdp } = frame;
		this.#endOverdue();
		const before = this.#handedOn(device, frame);
		const busyWith = memory.leg;
		if (busyWith) return busyWith.call === call ? null : { type: "error", code: "in_a_call", call };
		if (to === identity) return { type: "ended", call, reason: "unavailable" };
		if (!memory.count("placed", PLACED_PER_MINUTE * scale, now()))
			return { type: "error", code: "too_many_calls", call };
		const peer = { identity: to, name: "", number: "" };
		const timing = { startedAt: now(), answeredAt: null, deadline: now() + CALLER_WAITS_MS, lostSince: null };
		const own = { self: person, peer, device, resume, sdp: null, candidates: [], held: [], ...before };
		memory.keepLeg({ call, direction: "outbound", state: "calling", ...own, ...timing });
		this.#at.wake(now() + CALLER_WAITS_MS);
		const invited = this.#at.peer(to).invite({ call, from: person, sdp, ...before });
		const [reply, direct] = await Promise.all([
			invited.catch(() => "unavailable" as const),
			this.#at.ticketFor(to, { call, identity }),
		]);
		this.#invited(call, reply, direct);
		return null;
	}

	/** Ends the call that another takes the place of: its other end has handed this person on to the very one who is called now. */
	#handedOn(device: string | null, { to, replaces }: Of<"call">): Pick<Leg, "by" | "hops"> {
		const leg = this.#at.memory.leg;
		if (leg?.state !== "live" || leg.call !== replaces || leg.device !== device || leg.handedTo !== to) return {};
		this.#over(leg, "handed_on", true);
		return { by: leg.peer, hops: (leg.hops ?? 0) + 1 };
	}

	#invited(call: string, reply: InviteReply, direct: string | null): void {
		const { memory, now } = this.#at;
		const leg = memory.leg;
		if (leg?.call !== call || leg.state !== "calling") return; // cancelled or answered meanwhile
		if (reply === "ringing")
			this.#deliver(leg, { type: "ringing", call, role: roleOf(leg), ...(direct === null ? {} : { direct }) });
		else if (reply === "glare") {
			memory.keepLeg({ ...leg, state: "yielded", deadline: now() + YIELDED_MS });
			this.#at.wake(now() + YIELDED_MS);
		} else this.#over(leg, reply, false);
	}

	/** Somebody calls. Rings every device, or says why not. */
	invite(invitation: Invitation): InviteReply {
		const { call, from, sdp, by } = invitation;
		const { memory, devices, identity, now, scale } = this.#at;
		if (memory.isBlocked(from.identity)) return "unavailable";
		this.#endOverdue();
		const leg = memory.leg;
		if (leg?.call === call) return "ringing";
		const isOurs = leg?.direction === "outbound" && (leg.state === "calling" || leg.state === "yielded");
		const glare = isOurs && leg.peer.identity === from.identity;
		if (glare && !standsInGlare(from.identity, identity)) return "glare";
		const here = devices.live(now());
		const self = leg?.self ?? (here[0] && devices.of(here[0].socket).person) ?? { identity, name: "", number: "" };
		const rung = this.#ringing(invitation, self);
		const ring = { type: "ring", call, from, sdp, role: roleOf(rung), ...(by ? { by } : {}) } as const;
		if (glare) {
			memory.keepLeg({ ...rung, device: leg.device, resume: leg.resume, lostSince: leg.lostSince });
			this.#deliver(rung, { ...ring, settles: leg.call }, leg.device);
			return "ringing";
		}
		this.#at.wake(now() + 61_000);
		if (!memory.count(`ring:${from.identity}`, RINGS_PER_CALLER * scale, now())) return "unavailable";
		if (!memory.count("rings", RINGS_PER_MINUTE * scale, now())) return "unavailable";
		if (leg) return this.#missed(rung, "busy");
		if (here.length === 0) return this.#missed(rung, "unavailable");
		memory.keepLeg(rung);
		this.#at.wake(rung.deadline);
		devices.tellAll(ring, now());
		return "ringing";
	}

	#ringing({ call, from, sdp, ...before }: Invitation, self: Person): Leg {
		const startedAt = this.#at.now();
		const timing = { startedAt, answeredAt: null, deadline: startedAt + RING_MS, lostSince: null };
		const own = { self, peer: from, device: null, resume: null, sdp, candidates: [], held: [], ...before };
		return { call, direction: "inbound", state: "ringing", ...own, ...timing };
	}

	#missed(leg: Leg, reply: "busy" | "unavailable"): InviteReply {
		this.#log(leg, reply);
		return reply;
	}

	/** The first device to answer has the call; every other one is told so. */
	async answer({ device, resume }: Attachment, { call, sdp }: Of<"answer">): Promise<ServerFrame | null> {
		const { memory, devices, now } = this.#at;
		const leg = memory.leg;
		if (leg?.call !== call) return { type: "ended", call, reason: "gone" };
		if (leg.device !== null && leg.device !== device) return { type: "ended", call, reason: "answered_elsewhere" };
		if (leg.state !== "ringing") return null;
		const live: Leg = { ...leg, state: "live", device, resume, answeredAt: now(), sdp: null, candidates: [] };
		memory.keepLeg(live);
		this.#at.wake(now() + CHECK_MS);
		devices.tellAll({ type: "ended", call, reason: "answered_elsewhere" }, now(), device);
		const heard = await this.#toPeer(live, { type: "answer", call, sdp, from: leg.self });
		if (!heard && memory.leg?.call === call) this.#over({ ...live, answeredAt: null }, "cancelled", false);
		return null;
	}

	decline(_: Attachment, { call }: Of<"decline">): ServerFrame | null {
		const leg = this.#at.memory.leg;
		if (leg?.call !== call || leg.state !== "ringing") return { type: "ended", call, reason: "gone" };
		this.#over(leg, "declined", true);
		return null;
	}

	hangUp({ device }: Attachment, { call }: Of<"hangup">): ServerFrame | null {
		const leg = this.#at.memory.leg;
		if (leg?.call !== call) return { type: "ended", call, reason: "gone" };
		if (leg.device !== device) return { type: "error", code: "not_in_this_call", call };
		this.#over(leg, leg.state === "live" ? "hung_up" : leg.direction === "inbound" ? "declined" : "cancelled", true);
		return null;
	}

	/** Hands the other end on: it is told whom to call in place of this call, and ends this one when it does. */
	async transfer({ device }: Attachment, { call, to }: Of<"transfer">): Promise<ServerFrame | null> {
		const { memory, identity, now, scale } = this.#at;
		const leg = memory.leg;
		if (leg?.call !== call) return { type: "ended", call, reason: "gone" };
		if (leg.device !== device || leg.state !== "live") return { type: "error", code: "not_in_this_call", call };
		const refused = { type: "error", code: "not_handed_on", call } as const;
		if (!isPerson(leg.peer.identity) || to === identity || to === leg.peer.identity) return refused;
		if ((leg.hops ?? 0) >= MOST_HOPS) return refused;
		if (!memory.count("placed", PLACED_PER_MINUTE * scale, now()))
			return { type: "error", code: "too_many_calls", call };
		return (await this.#toPeer(leg, { type: "transfer", call, to })) ? null : refused;
	}

	async signal({ device }: Attachment, { call, signal }: Of<"signal">): Promise<ServerFrame | null> {
		const leg = this.#at.memory.leg;
		if (leg?.call !== call) return { type: "ended", call, reason: "gone" };
		if (leg.device !== device) return { type: "error", code: "not_in_this_call", call };
		if (leg.state === "yielded") return null;
		const frame = { type: "signal", call, from: this.#at.identity, signal } satisfies ServerFrame;
		if (this.#at.guests.tell(call, JSON.stringify(frame), this.#at.now())) return null;
		const heard = await this.#toPeer(leg, { type: "signal", call, signal });
		const after = this.#at.memory.leg;
		// Before it rings over there, nobody there knows the call yet.
		if (!heard && after?.call === call && after.state === "live") this.#over(after, "gone", false);
		return null;
	}

	/** A caller asks for its way into the other room once more. */
	async direct({ device }: Attachment, { call }: Of<"direct">): Promise<ServerFrame | null> {
		const { memory, identity, ticketFor } = this.#at;
		const leg = memory.leg;
		if (leg?.call !== call) return { type: "ended", call, reason: "gone" };
		if (leg.device !== device || leg.direction !== "outbound") return { type: "error", code: "not_in_this_call", call };
		const direct = await ticketFor(leg.peer.identity, { call, identity });
		return direct === null ? null : { type: "direct", call, direct };
	}

	/** Whether this caller may be a guest here: only for the call that rings or goes on. */
	admits({ call, identity }: Guest): boolean {
		const leg = this.#at.memory.leg;
		return leg?.call === call && leg.direction === "inbound" && leg.peer.identity === identity;
	}

	/** A call does not outlive the sign-in of its device. */
	signedOut(devices: string[]): void {
		const leg = this.#at.memory.leg;
		if (!leg?.device || !devices.includes(leg.device)) return;
		this.#over(leg, leg.state === "live" ? "hung_up" : "cancelled", true);
	}

	/** The other room speaks. False when this call is not known here: the other side may end it. */
	hear(from: string, frame: PeerFrame): boolean {
		const { memory, devices, now } = this.#at;
		const leg = memory.leg;
		if (leg?.call !== frame.call || leg.peer.identity !== from) return false;
		if (frame.type === "ended") this.#over(leg, frame.reason, false);
		else if (frame.type === "answer") {
			if (leg.state !== "calling") return leg.state === "live";
			const live: Leg = { ...leg, state: "live", answeredAt: now(), sdp: frame.sdp, peer: frame.from };
			memory.keepLeg(live);
			this.#at.wake(now() + CHECK_MS);
			this.#deliver(live, { type: "answered", call: frame.call, from: frame.from, sdp: frame.sdp });
		} else if (frame.type === "resumed") this.#deliver(leg, frame);
		else if (frame.type === "transfer") {
			if (leg.state !== "live") return false;
			memory.keepLeg({ ...leg, handedTo: frame.to });
			this.#deliver(leg, frame);
		} else if (leg.state === "ringing" && leg.device === null) {
			const candidates = [...leg.candidates, ...(frame.signal.candidates ?? [])].slice(0, 64);
			memory.keepLeg({ ...leg, candidates });
			devices.tellAll({ ...frame, from }, now());
		} else this.#deliver(leg, { ...frame, from });
		return true;
	}

	/** A device has a new socket: it hears what it missed, and the other end hears that it is back. */
	cameBack(device: string): void {
		const { memory, devices } = this.#at;
		const leg = memory.leg;
		if (!leg || leg.device !== device) return;
		for (const frame of leg.held) devices.tell(device, frame);
		memory.keepLeg({ ...leg, held: [], lostSince: null });
		if (leg.state === "live") void this.#toPeer(leg, { type: "resumed", call: leg.call });
	}

	/** A device has no socket any more. Its call goes on for a while. */
	left(device: string): void {
		const { memory, now } = this.#at;
		const leg = memory.leg;
		if (!leg || leg.device !== device || leg.lostSince !== null) return;
		memory.keepLeg({ ...leg, lostSince: now() });
		this.#at.wake(now() + GRACE_MS);
	}

	/** Ends what nobody is there for any more, and asks to be called again while there is something to look after. */
	async tick(): Promise<void> {
		const { memory, now } = this.#at;
		this.#endOverdue();
		memory.forgetCounts(now());
		const leg = memory.leg;
		if (!leg) return;
		if (leg.state !== "live") return this.#at.wake(leg.deadline);
		const known = await this.#at
			.peer(leg.peer.identity)
			.knows(leg.call)
			.catch(() => true);
		const after = memory.leg;
		if (after?.call !== leg.call) return;
		if (known) this.#at.wake(now() + CHECK_MS);
		else this.#over(after, "gone", false);
	}

	#endOverdue(): void {
		const { memory, devices, now } = this.#at;
		const leg = memory.leg;
		if (!leg) return;
		if (leg.state !== "live" && leg.deadline <= now()) this.#over(leg, "timeout", true);
		if (memory.leg === null || leg.device === null) return;
		const isHere = devices.live(now()).some(({ device }) => device === leg.device);
		if (!isHere && leg.lostSince === null) this.left(leg.device);
		else if (!isHere && leg.lostSince !== null && leg.lostSince <= now() - GRACE_MS) this.#over(leg, "lost", true);
	}

	#over(leg: Leg, reason: EndReason, tellPeer: boolean): void {
		const { memory, devices, guests, now } = this.#at;
		memory.keepLeg(null);
		guests.close(CLOSE.done);
		this.#log(leg, reason);
		const ended = { type: "ended", call: leg.call, reason } as const;
		if (leg.device === null) devices.tellAll(ended, now());
		else devices.tell(leg.device, JSON.stringify(ended));
		if (tellPeer) void this.#toPeer(leg, ended);
	}

	// Calls with telephones are logged by whoever speaks with the carrier.
	#log(leg: Leg, reason: EndReason): void {
		if (!isPerson(leg.peer.identity)) return;
		this.#at.memory.keepEntry(entryOf(leg, reason, this.#at.now()));
		this.#at.flush();
	}

	#deliver(leg: Leg, frame: ServerFrame, device: string | null = leg.device): void {
		const { devices, memory } = this.#at;
		const text = JSON.stringify(frame);
		if (device === null || devices.tell(device, text)) return;
		const current = memory.leg ?? leg;
		memory.keepLeg({ ...current, held: [...current.held, text].slice(-HELD_MOST) });
	}

	// Once more when the other object was just being moved; everything that is said may be said twice.
	async #toPeer(leg: Leg, frame: PeerFrame): Promise<boolean> {
		const say = () => this.#at.peer(leg.peer.identity).hear(this.#at.identity, frame);
		try {
			return await say();
		} catch {
			return say().catch(() => frame.type !== "answer");
		}
	}
}
