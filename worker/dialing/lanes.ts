import { CarrierBusy, CarrierRefusal, type RefusalReason } from "../outside/carrier/carrier";
import { type Pace, paceOf } from "../pure/pace";
import type { Posted, Ready } from "./attempts/store";

/** Cloudflare gives one invocation six connections at a time; a seventh request would only wait for one of them. */
export const LANES = 6;
/** How much of the rate comes back at every turn after the carrier was too busy, and what is left of it at least. */
const EASE_BACK = 0.05;
const LEAST_EASE = 0.05;
/**
 * A note in the journal holds the next request up until it is durable. A fast dialer notes so much of a second's work at once: after
 * a crash a few people more must be looked for at the carrier, and none is called twice.
 */
const NOTES_PER_SECOND = 25;
const MOST_NOTED = 16;

export interface Placing {
	place(attempt: Ready): Promise<{ ref: string }>;
	/** Called before requests leave: from now on they may have. */
	about(attempts: Ready[]): void;
	/** Called when the queue runs low or a result has come. */
	progress(): void;
}

/** Refusals that say nothing about the person called: every further call would meet the same. */
type Wholesale = "credentials" | "invalid_from";
const isWholesale = (reason: RefusalReason): reason is Wholesale =>
	reason === "credentials" || reason === "invalid_from";

/** Six connections to the carrier, fed from one queue at one pace. Nothing here survives the object; the database and the journal do. */
export class Lanes {
	readonly #placing: Placing;
	#queue: Ready[] = [];
	#noted = new Set<string>();
	#posted: Posted[] = [];
	#busy = 0;
	#pace: Pace = paceOf(Number.POSITIVE_INFINITY);
	#gate: Promise<unknown> = Promise.resolve();
	#starts: number[] = [];
	#quietUntil = 0;
	#ease = 1;
	#wholesaleRefusal: Wholesale | null = null;

	constructor(placing: Placing) {
		this.#placing = placing;
	}

	/** The pace that is kept at the moment. */
	get ratePerSecond(): number {
		return this.#pace.perSecond;
	}
	get waiting(): number {
		return this.#queue.length;
	}
	get inFlight(): number {
		return this.#busy;
	}
	get hasResults(): boolean {
		return this.#posted.length > 0;
	}
	/** Why the carrier would refuse every call, if it said so since the last time this was asked. */
	takeWholesaleRefusal(): Wholesale | null {
		const refusal = this.#wholesaleRefusal;
		this.#wholesaleRefusal = null;
		return refusal;
	}

	/** A carrier that had too much to do is asked half as often, and then a little more often at every turn until the rate is back. */
	setRate(wanted: number): void {
		this.#ease = Math.min(1, this.#ease + EASE_BACK);
		const perSecond = Number.isFinite(wanted) ? wanted * this.#ease : wanted;
		if (perSecond !== this.#pace.perSecond) this.#pace = paceOf(perSecond, this.#starts);
	}

	add(ready: Ready[]): void {
		this.#queue.push(...ready);
		for (let lanes = Math.min(LANES - this.#busy, this.#queue.length); lanes > 0; lanes--) void this.#run();
	}

	/** Takes everything back that has not left, or only what `which` picks. */
	withdraw(which: (attempt: Ready) => boolean = () => true): Ready[] {
		const out = this.#queue.filter(which);
		this.#queue = this.#queue.filter((attempt) => !which(attempt));
		for (const { id } of out) this.#noted.delete(id);
		return out;
	}

	takeResults(): Posted[] {
		return this.#posted.splice(0);
	}

	async #run(): Promise<void> {
		this.#busy++;
		try {
			for (let attempt = await this.#next(); attempt; attempt = await this.#next()) {
				this.#posted.push(await this.#post(attempt));
				this.#placing.progress();
			}
		} finally {
			this.#busy--;
			this.#placing.progress();
		}
	}

	// One lane at a time passes the gate, so that each sees the real start of the one before.
	#next(): Promise<Ready | undefined> {
		const turn = this.#gate.then(async () => {
			for (let wait = this.#wait(); wait > 0; wait = this.#wait())
				await new Promise((resolve) => setTimeout(resolve, wait));
			this.#note();
			const attempt = this.#queue.shift();
			if (attempt) this.#started();
			return attempt;
		});
		this.#gate = turn;
		return turn;
	}

	#note(): void {
		const [next] = this.#queue;
		if (!next || this.#noted.has(next.id)) return;
		const block = this.#queue.slice(0, Math.max(1, Math.min(MOST_NOTED, this.#pace.perSecond / NOTES_PER_SECOND)));
		this.#placing.about(block);
		for (const { id } of block) this.#noted.add(id);
	}

	#wait(): number {
		if (this.#queue.length === 0) return 0;
		const now = Date.now();
		return Math.max(this.#pace.wait(now), this.#quietUntil - now);
	}

	#started(): void {
		const now = Date.now();
		this.#pace.started(now);
		this.#starts.push(now);
		if (this.#starts.length > 1_000) this.#starts.splice(0, 500);
	}

	async #post(attempt: Ready): Promise<Posted> {
		const { id } = attempt;
		try {
			this.#noted.delete(id);
			const { ref } = await this.#placing.place(attempt);
			return { id, result: "placed", ref };
		} catch (error) {
			if (error instanceof CarrierBusy) {
				this.#ease = Math.max(LEAST_EASE, this.#ease / 2);
				this.#quietUntil = Date.now() + error.retryAfterSeconds * 1000;
				return { id, result: "busy" };
			}
			if (error instanceof CarrierRefusal) {
				if (!isWholesale(error.reason)) return { id, result: "refused", code: `${error.reason}:${error.code}` };
				this.#wholesaleRefusal = error.reason;
				return { id, result: "busy" };
			}
			return { id, result: "unclear" };
		}
	}
}
