import type { CallEntry, Leg } from "./leg";

/** What a room keeps over an eviction. An idle room keeps nothing but its block list. */
export class Memory {
	readonly #storage: DurableObjectStorage;
	// Written through; only spares the read on each relayed frame.
	#leg: Leg | null | undefined;

	constructor(storage: DurableObjectStorage) {
		this.#storage = storage;
	}

	get leg(): Leg | null {
		this.#leg ??= this.#storage.kv.get<Leg>("leg") ?? null;
		return this.#leg;
	}

	keepLeg(leg: Leg | null): void {
		this.#leg = leg;
		if (leg) this.#storage.kv.put("leg", leg);
		else this.#storage.kv.delete("leg");
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
		this.#storage.kv.put(`entry:${entry.call}`, entry);
	}
	entries(): CallEntry[] {
		return [...this.#storage.kv.list<CallEntry>({ prefix: "entry:" })].map(([, entry]) => entry);
	}
	dropEntry(call: string): void {
		this.#storage.kv.delete(`entry:${call}`);
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
