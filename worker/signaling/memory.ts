import type { CallEntry, Leg } from "./leg";

/** What a room keeps over an eviction. An idle room keeps nothing but its block list. */
export class Memory {
	readonly #storage: DurableObjectStorage;
	// Written through; only spares the reads on each relayed frame.
	readonly #legs: { leg?: Leg | null; parked?: Leg | null } = {};

	constructor(storage: DurableObjectStorage) {
		this.#storage = storage;
	}

	/** The call that somebody speaks in, or that rings. */
	get leg(): Leg | null {
		return this.#read("leg");
	}

	/** The call that waits on hold while the other was made to ask. */
	get parked(): Leg | null {
		return this.#read("parked");
	}

	/** Both, or what there is of them. */
	get legs(): Leg[] {
		return [this.leg, this.parked].filter((leg) => leg !== null);
	}

	find(call: string): Leg | null {
		if (this.leg?.call === call) return this.leg;
		return this.parked?.call === call ? this.parked : null;
	}

	keepLeg(leg: Leg): void {
		this.#write(this.parked?.call === leg.call ? "parked" : "leg", leg);
	}

	/** Makes room for a call that asks somebody. */
	park(): void {
		this.#write("parked", this.leg);
		this.#write("leg", null);
	}

	/** Forgets a call. Whoever waited on hold for it is spoken with again. */
	drop(call: string): void {
		if (this.parked?.call !== call) this.#write("leg", this.parked);
		this.#write("parked", null);
	}

	#read(slot: "leg" | "parked"): Leg | null {
		const known = this.#legs[slot];
		if (known !== undefined) return known;
		const read = this.#storage.kv.get<Leg>(slot) ?? null;
		this.#legs[slot] = read;
		return read;
	}

	#write(slot: "leg" | "parked", leg: Leg | null): void {
		if (leg) this.#storage.kv.put(slot, leg);
		else this.#storage.kv.delete(slot);
		this.#legs[slot] = leg;
	}

	/** True the first time a ticket is shown. Tickets that have expired anyway are forgotten along the way. */
	useTicket(id: string, expiresAt: number, now: number): boolean {
		for (const [key, until] of [...this.#storage.kv.list<number>({ prefix: "ticket:" })])
			if (until <= now) this.#storage.kv.delete(key);
		if (this.#storage.kv.get(`ticket:${id}`) !== undefined) return false;
		this.#storage.kv.put(`ticket:${id}`, expiresAt);
		return true;
	}

	/** True when one more `kind` fits into the last minute; counts it then. */
	count(kind: string, most: number, now: number): boolean {
		const recent = (this.#storage.kv.get<number[]>(`recent:${kind}`) ?? []).filter((at) => at > now - 60_000);
		if (recent.length >= most) return false;
		this.#storage.kv.put(`recent:${kind}`, [...recent, now]);
		return true;
	}

	/** Drops counters that count nothing any more. */
	forgetCounts(now: number): void {
		for (const [key, hits] of [...this.#storage.kv.list<number[]>({ prefix: "recent:" })])
			if ((hits.at(-1) ?? 0) <= now - 60_000) this.#storage.kv.delete(key);
	}

	keepEntry(entry: CallEntry): void {
		// A caller may use the name of a call twice; they are two calls all the same.
		this.#storage.kv.put(`entry:${entry.call}:${entry.startedAt}`, entry);
	}
	/** What waits to be logged, each with the key to drop it by. */
	entries(): [string, CallEntry][] {
		return [...this.#storage.kv.list<CallEntry>({ prefix: "entry:" })];
	}
	dropEntry(key: string): void {
		this.#storage.kv.delete(key);
	}

	block(identity: string, now: number): void {
		this.#storage.kv.put(`blocked:${identity}`, now);
	}
	unblock(identity: string): boolean {
		return this.#storage.kv.delete(`blocked:${identity}`);
	}
	isBlocked(identity: string): boolean {
		return this.#storage.kv.get(`blocked:${identity}`) !== undefined;
	}
	blocked(): { identity: string; blockedAt: number }[] {
		return [...this.#storage.kv.list<number>({ prefix: "blocked:" })].map(([key, blockedAt]) => ({
			identity: key.slice("blocked:".length),
			blockedAt,
		}));
	}
}
