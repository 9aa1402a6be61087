import { type Pace, paceOf } from "../pure/pace";
import type { Posted, Ready } from "./attempts/store";
import type { Taken, Wholesale } from "./taken";

/** Cloudflare gives one object six connections at a time; a seventh request would only wait for one of them. */
export const LANES = 6;
/** How much of the rate comes back at every turn after the carrier was too busy, and what is left of it at least. */
const EASE_BACK = 0.05;
const LEAST_EASE = 0.05;
/** A campaign that needs more borrows other objects' connections, of no more objects than this. */
const MOST_HANDS = 16;
/** A carrier is not always as quick as it mostly is. */
const SPARE = 2;
/** A request over a connection that must be made first arrives so much later than it starts. */
const CONNECT_MS = 20;
/** Shares of a new observation in what is known of the carrier's latency. */
const NEWS = 0.1;
/**
 * A note in the journal holds the next request up until it is durable. A fast dialer notes so much of a second's work at once: after
 * a crash a few people more must be looked for at the carrier, and none is called twice.
 */
const NOTES_PER_SECOND = 25;
const MOST_NOTED = 16;

export interface Placing {
	/** Asks the carrier over a connection of this object (0) or of one that lends its own (1 and up). Never fails: that is an answer too. */
	place(attempt: Ready, hand: number): Promise<Taken>;
	/** Called before requests leave: once it has returned, they may have. */
	about(attempts: Ready[]): void | Promise<void>;
	/** Called when the queue runs low or a result has come. */
	progress(): void;
}

/**
 * Connections to the carrier, fed from one queue at one pace: six, or as many as the rate needs at the carrier's latency. Nothing here
 * survives the object; the database and the journal do.
 */
export class Lanes {
	readonly #placing: Placing;
	#queue: Ready[] = [];
	#noted = new Set<string>();
	#posted: Posted[] = [];
	/** How many lanes each hand has under way. */
	#busy: number[] = [0];
	#latencyMs = 0;
	readonly #lent = new Set<Promise<Taken>>();
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
		return this.#busy.reduce((sum, lanes) => sum + lanes, 0);
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
		this.#open();
	}

	/** Takes everything back that has not left, or only what `which` picks. */
	withdraw(which: (attempt: Ready) => boolean = () => true): Ready[] {
		const out = this.#queue.filter(which);
		this.#queue = this.#queue.filter((attempt) => !which(attempt));
		for (const { id } of out) this.#noted.delete(id);
		return out;
	}

	/** Until nothing is on its way any more that another object has yet to ask of the carrier. What this object asks has left at once. */
	async settled(): Promise<void> {
		await Promise.all(this.#lent);
	}

	takeResults(): Posted[] {
		return this.#posted.splice(0);
	}

	/** Hands that this rate needs at the carrier's latency, with as many again to spare. */
	#hands(): number {
		const needed = Math.ceil((this.#pace.perSecond * this.#latencyMs * SPARE) / 1000 / LANES);
		return Math.max(1, Math.min(MOST_HANDS, needed || 1));
	}

	#open(): void {
		const hands = this.#hands();
		let wanted = Math.min(LANES * hands - this.inFlight, this.#queue.length);
		for (let hand = 0; hand < hands; hand++)
			for (let free = LANES - (this.#busy[hand] ?? 0); free > 0 && wanted > 0; free--, wanted--) void this.#run(hand);
	}

	async #run(hand: number): Promise<void> {
		this.#busy[hand] = (this.#busy[hand] ?? 0) + 1;
		try {
			while (hand < this.#hands()) {
				const attempt = await this.#next();
				if (!attempt) break;
				this.#posted.push(await this.#post(attempt, hand));
				this.#placing.progress();
				this.#open();
			}
		} finally {
			this.#busy[hand] = (this.#busy[hand] ?? 1) - 1;
			this.#placing.progress();
		}
	}

	// One lane at a time passes the gate, so that each sees the real start of the one before.
	#next(): Promise<Ready | undefined> {
		const turn = this.#gate.then(async () => {
			for (;;) {
				// Noted before the clock is asked: what holds a request up after its start would push it towards the next.
				await this.#note();
				const wait = this.#wait();
				if (wait <= 0) break;
				await new Promise((resolve) => setTimeout(resolve, wait));
			}
			const attempt = this.#queue.shift();
			if (attempt) this.#started();
			return attempt;
		});
		this.#gate = turn;
		return turn;
	}

	async #note(): Promise<void> {
		const [next] = this.#queue;
		if (!next || this.#noted.has(next.id)) return;
		const block = this.#queue.slice(0, Math.max(1, Math.min(MOST_NOTED, this.#pace.perSecond / NOTES_PER_SECOND)));
		for (const { id } of block) this.#noted.add(id);
		await this.#placing.about(block);
	}

	#wait(): number {
		if (this.#queue.length === 0) return 0;
		const now = Date.now();
		return Math.max(this.#pace.wait(now), this.#quietUntil - now);
	}

	#started(): void {
		const now = Date.now() + (this.#starts.length < LANES ? CONNECT_MS : 0);
		this.#pace.started(now);
		this.#starts.push(now);
		if (this.#starts.length > 1_000) this.#starts.splice(0, 500);
	}

	async #post(attempt: Ready, hand: number): Promise<Posted> {
		const { id } = attempt;
		this.#noted.delete(id);
		const began = Date.now();
		const placing = this.#placing.place(attempt, hand);
		if (hand > 0) this.#lent.add(placing);
		const taken = await placing;
		this.#lent.delete(placing);
		this.#latencyMs += (Date.now() - began - this.#latencyMs) * (this.#latencyMs ? NEWS : 1);
		switch (taken.result) {
			case "busy":
				this.#ease = Math.max(LEAST_EASE, this.#ease / 2);
				this.#quietUntil = Date.now() + taken.retryAfterSeconds * 1000;
				return { id, result: "busy" };
			case "wholesale":
				this.#wholesaleRefusal = taken.reason;
				return { id, result: "busy" };
			default:
				return { id, ...taken };
		}
	}
}
