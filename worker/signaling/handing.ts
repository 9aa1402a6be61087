import type { Attachment } from "./devices";
import type { Ends } from "./ends";
import { isPerson, type Leg } from "./leg";
import type { ClientFrame, ServerFrame } from "./protocol";
import type { PeerFrame, Surroundings } from "./surroundings";

export const PLACED_PER_MINUTE = 20;
/** Nobody is handed on for ever. */
const MOST_HOPS = 5;
/** Who is handed on goes at once, or when its device has a socket again; what it has not done by then it may not do any more. */
const HANDED_MS = 45_000;

type Of<Type extends ClientFrame["type"]> = Extract<ClientFrame, { type: Type }>;
type Told<Type extends PeerFrame["type"]> = Extract<PeerFrame, { type: Type }>;

/**
 * How the other end of a call is handed on: at once, or by asking somebody first while it waits on hold. Either way it is that end's own
 * room that calls the next one, so nobody comes into a room whom its person has not been told of by the one who speaks there.
 */
export class Handing {
	readonly #at: Surroundings;
	readonly #ends: Ends;

	constructor(at: Surroundings, ends: Ends) {
		this.#at = at;
		this.#ends = ends;
	}

	/** Hands the other end on: it is told whom to call in place of this call, and ends this one when it does. */
	async transfer({ device }: Attachment, { call, to }: Of<"transfer">): Promise<ServerFrame | null> {
		const { memory, identity } = this.#at;
		const { leg, parked } = memory;
		if (leg?.call !== call) return this.#notNow(call);
		if (leg.device !== device || leg.state !== "live") return { type: "error", code: "not_in_this_call", call };
		if (parked || !isPerson(leg.peer.identity) || to === identity || to === leg.peer.identity) return refused(call);
		return this.#handOn(leg, { identity: to, name: "", number: "" }, call);
	}

	/** Has the one who waits on hold go on with the one who was asked. Both calls stay as they are until that has come about. */
	async connect({ device }: Attachment, { call }: Of<"connect">): Promise<ServerFrame | null> {
		const { memory } = this.#at;
		const { leg, parked } = memory;
		if (leg?.call !== call) return this.#notNow(call);
		if (leg.device !== device || leg.state !== "live") return { type: "error", code: "not_in_this_call", call };
		if (!parked || leg.consults !== parked.call) return refused(call);
		if (!(await this.#ends.toPeer(leg, { type: "expect", call, who: parked.peer }))) return refused(call);
		const [asked, waits] = [memory.leg, memory.parked];
		if (asked?.call !== call || waits?.call !== parked.call) return refused(call);
		return this.#handOn(waits, asked.peer, call);
	}

	async #handOn(leg: Leg, to: Leg["peer"], answers: string): Promise<ServerFrame | null> {
		const { memory, now, scale } = this.#at;
		if ((leg.hops ?? 0) >= MOST_HOPS) return refused(answers);
		if (!memory.count("placed", PLACED_PER_MINUTE * scale, now()))
			return { type: "error", code: "too_many_calls", call: answers };
		memory.keepLeg({ ...leg, handsTo: to });
		if (await this.#ends.toPeer(leg, { type: "transfer", call: leg.call, to })) return null;
		const kept = memory.find(leg.call);
		if (kept) memory.keepLeg({ ...kept, handsTo: undefined });
		return refused(answers);
	}

	#notNow(call: string): ServerFrame {
		if (this.#at.memory.parked?.call === call) return refused(call);
		return { type: "ended", call, reason: "gone" };
	}

	/** The other end hands this one on. Not while this one asks somebody itself, or waits for an answer. */
	toldToGoOn(leg: Leg, { call, to }: Told<"transfer">): boolean {
		const { memory } = this.#at;
		if (leg.state !== "live" || memory.parked) return false;
		memory.keepLeg({ ...leg, handedTo: to, handedUntil: this.#at.now() + HANDED_MS });
		this.#ends.deliver(leg, { type: "transfer", call, to: to.identity });
		return true;
	}

	/** The other end says who comes in its place; not somebody who may not ring here. */
	toldToExpect(leg: Leg, { who }: Told<"expect">): boolean {
		const { memory } = this.#at;
		if (leg.state !== "live" || memory.parked || memory.isBlocked(who.identity)) return false;
		memory.keepLeg({ ...leg, awaits: who.identity });
		return true;
	}

	/** The call that another may take the place of: its other end has just handed this person on to the very one who is called now. */
	mayGoOn(device: string | null, { to, replaces }: Of<"call">): Leg | null {
		const { memory, now } = this.#at;
		const { leg, parked } = memory;
		if (parked || leg?.state !== "live" || leg.call !== replaces || leg.device !== device) return null;
		return leg.handedTo?.identity === to && now() < (leg.handedUntil ?? 0) ? leg : null;
	}

	/** Ends it, for the one who comes in its place. */
	goOn(leg: Leg): Pick<Leg, "by" | "hops"> {
		this.#ends.over(leg, "handed_on", true);
		return { by: leg.peer, hops: (leg.hops ?? 0) + 1 };
	}

	/** Whether the call that goes on may wait while somebody else is asked about it. One at a time, and never about a telephone. */
	mayConsult(device: string | null, { to, consults }: Of<"call">): boolean {
		const { leg, parked } = this.#at.memory;
		if (parked || leg?.state !== "live" || leg.call !== consults || leg.device !== device) return false;
		return isPerson(leg.peer.identity) && leg.peer.identity !== to;
	}
}

const refused = (call: string): ServerFrame => ({ type: "error", code: "not_handed_on", call });
