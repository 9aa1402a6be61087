import type { Attachment } from "./devices";
import type { Ends } from "./ends";
import { type Handing, PLACED_PER_MINUTE } from "./handing";
import { type Invitation, type InviteReply, type Leg, roleOf, standsInGlare } from "./leg";
import type { ClientFrame, Person, ServerFrame } from "./protocol";
import { CHECK_MS, type Surroundings } from "./surroundings";

export const RING_MS = 40_000;
/** The caller's room waits a little longer, so that the called one normally decides. */
const CALLER_WAITS_MS = RING_MS + 5_000;
const YIELDED_MS = 10_000;
const RINGS_PER_CALLER = 5;
const RINGS_PER_MINUTE = 30;

type Of<Type extends ClientFrame["type"]> = Extract<ClientFrame, { type: Type }>;

/** How a call comes about: one side rings the other, which answers, declines, or calls at the same moment. */
export class SettingUp {
	readonly #at: Surroundings;
	readonly #ends: Ends;
	readonly #handing: Handing;

	constructor(at: Surroundings, ends: Ends, handing: Handing) {
		this.#at = at;
		this.#ends = ends;
		this.#handing = handing;
	}

	async place({ person, device, resume }: Attachment, frame: Of<"call">): Promise<ServerFrame | null> {
		const { memory, identity, now } = this.#at;
		const { call, to, sdp, consults } = frame;
		if (memory.find(call)) return null;
		const asks = consults !== undefined && this.#handing.mayConsult(device, frame);
		const goesOn = this.#handing.mayGoOn(device, frame);
		if (memory.leg && !asks && !goesOn) return { type: "error", code: "in_a_call", call };
		if (to === identity) return { type: "ended", call, reason: "unavailable" };
		// Who is handed on was counted where that was said, and has no call to come back to any more.
		if (!goesOn && !this.mayPlace()) return { type: "error", code: "too_many_calls", call };
		const before = goesOn ? this.#handing.goOn(goesOn) : {};
		if (asks) memory.park();
		const peer = { identity: to, name: "", number: "" };
		const timing = { startedAt: now(), answeredAt: null, deadline: now() + CALLER_WAITS_MS, lostSince: null };
		const own = { self: person, peer, device, resume, sdp: null, candidates: [], held: [], ...before };
		memory.keepLeg({ call, direction: "outbound", state: "calling", ...own, ...timing, ...(asks ? { consults } : {}) });
		this.#at.wake(now() + CALLER_WAITS_MS);
		const invited = this.#at.peer(to).invite({ call, from: person, sdp, ...before });
		const [reply, direct] = await Promise.all([
			invited.catch(() => "unavailable" as const),
			this.#at.ticketFor(to, { call, identity }),
		]);
		this.#invited(call, reply, direct);
		return null;
	}

	#invited(call: string, reply: InviteReply, direct: string | null): void {
		const { memory, now } = this.#at;
		const leg = memory.find(call);
		if (leg?.state !== "calling") return; // cancelled or answered meanwhile
		if (reply === "ringing")
			this.#ends.deliver(leg, { type: "ringing", call, role: roleOf(leg), ...(direct === null ? {} : { direct }) });
		else if (reply === "glare") {
			memory.keepLeg({ ...leg, state: "yielded", deadline: now() + YIELDED_MS });
			this.#at.wake(now() + YIELDED_MS);
		} else this.#ends.over(leg, reply, false);
	}

	/** Somebody calls. Rings every device, or says why not. */
	invite(invitation: Invitation): InviteReply {
		const { call, from, by } = invitation;
		const { memory, devices, identity, now } = this.#at;
		if (memory.isBlocked(from.identity)) return "unavailable";
		const leg = memory.leg;
		// Somebody else's call by the name of this one is none that could be told apart from it.
		if (leg?.call === call) return leg.peer.identity === from.identity ? "ringing" : "unavailable";
		const isOurs = leg?.direction === "outbound" && (leg.state === "calling" || leg.state === "yielded");
		const glare = isOurs && leg.peer.identity === from.identity;
		if (glare && !standsInGlare(from.identity, identity)) return "glare";
		const here = devices.live(now());
		const self = leg?.self ?? (here[0] && devices.of(here[0].socket).person) ?? { identity, name: "", number: "" };
		const rung = this.#ringing(invitation, self);
		if (glare) return this.#inPlaceOf(leg, rung);
		if (leg?.state === "live" && leg.awaits === from.identity && leg.peer.identity === by?.identity) {
			this.#ends.giveUp(leg, "handed_on", true);
			return this.#inPlaceOf(leg, rung);
		}
		if (!this.mayRing(from.identity)) return "unavailable";
		if (leg) return this.#missed(rung, "busy");
		if (here.length === 0) return this.#missed(rung, "unavailable");
		memory.keepLeg(rung);
		this.#at.wake(rung.deadline);
		devices.tellAll(ringOf(rung), now());
		return "ringing";
	}

	/** Whether this caller may ring here once more; it is counted then. */
	mayRing(from: string): boolean {
		const { memory, now, scale } = this.#at;
		if (memory.isBlocked(from)) return false;
		this.#at.wake(now() + 61_000);
		return (
			memory.count(`ring:${from}`, RINGS_PER_CALLER * scale, now()) &&
			memory.count("rings", RINGS_PER_MINUTE * scale, now())
		);
	}

	/** Whether somebody may be called from here once more; it is counted then. */
	mayPlace(): boolean {
		const { memory, now, scale } = this.#at;
		this.#at.wake(now() + 61_000);
		return memory.count("placed", PLACED_PER_MINUTE * scale, now());
	}

	#ringing({ call, from, sdp, ...before }: Invitation, self: Person): Leg {
		const startedAt = this.#at.now();
		const timing = { startedAt, answeredAt: null, deadline: startedAt + RING_MS, lostSince: null };
		const own = { self, peer: from, device: null, resume: null, sdp, candidates: [], held: [], ...before };
		return { call, direction: "inbound", state: "ringing", ...own, ...timing };
	}

	/** The device of a call that gives way has this one, and answers it by itself. */
	#inPlaceOf({ call, device, resume, lostSince, consults }: Leg, rung: Leg): InviteReply {
		const next = { ...rung, device, resume, lostSince, settles: call, ...(consults ? { consults } : {}) };
		this.#at.memory.keepLeg(next);
		this.#at.wake(next.deadline);
		this.#ends.deliver(next, ringOf(next));
		return "ringing";
	}

	#missed(leg: Leg, reply: "busy" | "unavailable"): InviteReply {
		this.#ends.log(leg, reply);
		return reply;
	}

	/** The first device to answer has the call; every other one is told so. */
	async answer({ device, resume }: Attachment, { call, sdp }: Of<"answer">): Promise<ServerFrame | null> {
		const { memory, devices, now } = this.#at;
		const leg = memory.leg;
		if (leg?.call !== call) return { type: "ended", call, reason: "gone" };
		if (leg.device !== null && leg.device !== device) return { type: "ended", call, reason: "answered_elsewhere" };
		if (leg.state !== "ringing") return null;
		const { settles: _, ...rung } = leg;
		const live: Leg = { ...rung, state: "live", device, resume, answeredAt: now(), sdp: null, candidates: [] };
		memory.keepLeg(live);
		this.#at.wake(now() + CHECK_MS);
		devices.tellAll({ type: "ended", call, reason: "answered_elsewhere" }, now(), device);
		const heard = await this.#ends.toPeer(live, { type: "answer", call, sdp, from: leg.self });
		if (!heard && memory.leg?.call === call) this.#ends.over({ ...live, answeredAt: null }, "cancelled", false);
		return null;
	}

	decline({ device }: Attachment, { call }: Of<"decline">): ServerFrame | null {
		const leg = this.#at.memory.leg;
		if (leg?.call !== call || leg.state !== "ringing") return { type: "ended", call, reason: "gone" };
		if (leg.device !== null && leg.device !== device) return { type: "error", code: "not_in_this_call", call };
		this.#ends.over(leg, "declined", true);
		return null;
	}
}

const ringOf = (leg: Leg): ServerFrame & { type: "ring" } => ({
	type: "ring",
	call: leg.call,
	from: leg.peer,
	sdp: leg.sdp ?? "",
	role: roleOf(leg),
	...(leg.settles ? { settles: leg.settles } : {}),
	...(leg.by ? { by: leg.by } : {}),
});
