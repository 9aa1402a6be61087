import { consulted, entryOf, isPerson, type Leg } from "./leg";
import { CLOSE, type EndReason, type ServerFrame } from "./protocol";
import type { PeerFrame, Surroundings } from "./surroundings";

const HELD_MOST = 20;
/** In UTF-16 units: what a call keeps has to fit into one value of the storage, which takes two megabytes. */
const HELD_LONGEST = 500_000;

/** The two ends of a call, as its room reaches them: the device here and the room over there. */
export class Ends {
	readonly #at: Surroundings;

	constructor(at: Surroundings) {
		this.#at = at;
	}

	/** The call is over: whoever is to know is told, and it goes into the log. */
	over(leg: Leg, reason: EndReason, tellPeer: boolean): void {
		const { devices, memory, now } = this.#at;
		const { parked } = memory;
		this.giveUp(leg, reason, tellPeer);
		const ended = { type: "ended", call: leg.call, reason } as const;
		if (leg.device === null) devices.tellAll(ended, now());
		else devices.tell(leg.device, JSON.stringify(ended));
		// Whoever waited on hold is over there already.
		if (reason === "handed_on" && parked && leg.consults === parked.call)
			this.over(memory.find(parked.call) ?? parked, reason, true);
	}

	/** As `over`, but for the device here, which hears something else instead. */
	giveUp(leg: Leg, reason: EndReason, tellPeer: boolean): void {
		const { memory, guests } = this.#at;
		const { leg: asks, parked } = memory;
		let told = leg;
		if (asks && parked && asks.consults === parked.call) {
			if (leg.call === asks.call) memory.keepLeg(consulted(parked, leg, reason));
			else told = consulted(leg, asks, reason);
		}
		memory.drop(leg.call);
		guests.close(CLOSE.done, leg.call);
		this.log(told, reason);
		if (tellPeer) void this.toPeer(leg, { type: "ended", call: leg.call, reason });
	}

	// Calls with telephones are logged by whoever speaks with the carrier.
	log(leg: Leg, reason: EndReason): void {
		if (!isPerson(leg.peer.identity)) return;
		this.#at.memory.keepEntry(entryOf(leg, reason, this.#at.now()));
		this.#at.flush();
	}

	/** Tells the device of the call, or keeps it until that has a socket again. */
	deliver(leg: Leg, frame: ServerFrame | string): void {
		const { devices, memory } = this.#at;
		const text = typeof frame === "string" ? frame : JSON.stringify(frame);
		if (leg.device === null || devices.tell(leg.device, text)) return;
		const current = memory.find(leg.call);
		if (current) memory.keepLeg({ ...current, held: latest([...current.held, text]) });
	}

	// Once more when the other object was just being moved; everything that is said may be said twice.
	async toPeer(leg: Leg, frame: PeerFrame): Promise<boolean> {
		const say = () => this.#at.peer(leg.peer.identity).hear(this.#at.identity, frame);
		try {
			return await say();
		} catch {
			return say().catch(() => frame.type !== "answer");
		}
	}
}

/** The last of what was said to a device that is away. */
function latest(said: string[]): string[] {
	let room = HELD_LONGEST;
	return said
		.slice(-HELD_MOST)
		.reverse()
		.filter(({ length }) => {
			room -= length;
			return room >= 0;
		})
		.reverse();
}
