import { type Pace, paceOf } from "../pure/pace";
import type { Posted, Ready } from "./attempts/store";
import { noteworthy } from "./notes";
import type { Orders, Taken, Wholesale } from "./taken";

/** Cloudflare gives one object six connections at a time; a seventh request would only wait for one of them. */
export const LANES = 6;
/** How much of the rate comes back at every turn after the carrier was too busy, and what is left of it at least. */
const EASE_BACK = 0.05;
const LEAST_EASE = 0.05;
/** A campaign that needs more borrows other objects' connections, of no more objects than this. */
const MOST_HANDS = 16;
/** A carrier is not always as quick as it mostly is. */
const SPARE = 2;
/** From this rate on another object gets six requests in one message: more would be spent on messages than a smooth pace is worth. */
const IN_SIXES_PER_SECOND = 400;
/** A request over a connection that must be made first arrives so much later than it starts. */
const CONNECT_MS = 20;
/** Shares of a new observation in what is known of the carrier's latency. */
const NEWS = 0.1;

export interface Placing {
	/** Asks the carrier over connections of this object (0) or of one that lends its own (1 and up). Never fails: that is an answer too. */
	place(attempts: Ready[], hand: number): Promise<Orders>;
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
	readonly #lent = new Set<Promise<Orders>>();
	#pace: Pace = paceOf(Number.POSITIVE_INFINITY);
	#isFeeding = false;
	#wake: () => void = () => {};
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
		if (perSecond === this.#pace.perSecond) return;
		this.#pace = paceOf(perSecond, this.#starts);
		this.#wake();
	}

	add(ready: Ready[]): void {
		this.#queue.push(...ready);
		if (!this.#isFeeding) void this.#feed();
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

	/** How many requests leave together over this hand's connections. */
	#share(hand: number): number {
		return hand > 0 && this.#pace.perSecond >= IN_SIXES_PER_SECOND ? LANES : 1;
	}

	/** A hand with connections to spare; this object's own come first, since a message to another one takes its time. */
	#freeHand(): number | undefined {
		for (let hand = 0, hands = this.#hands(); hand < hands; hand++)
			if (LANES - (this.#busy[hand] ?? 0) >= this.#share(hand)) return hand;
		return undefined;
	}

	// The only one that takes from the queue, so that each start is seen by the next.
	async #feed(): Promise<void> {
		this.#isFeeding = true;
		try {
			while (this.#queue.length > 0) await this.#feedOnce();
		} finally {
			this.#isFeeding = false;
			this.#placing.progress();
		}
	}

	// Whatever was waited for, the queue may be another one afterwards: everything is asked anew, and nothing leaves that is not noted.
	async #feedOnce(): Promise<void> {
		const hand = this.#freeHand();
		if (hand === undefined) return this.#rest(Number.POSITIVE_INFINITY);
		const share = this.#share(hand);
		// Noted before the clock is asked: what holds a request up after its start would push it towards the next.
		const block = noteworthy(this.#queue, this.#noted, { share, perSecond: this.#pace.perSecond });
		if (block.length > 0) return this.#note(block);
		const wait = this.#wait(share);
		if (wait > 0) return this.#rest(wait);
		void this.#post(this.#queue.splice(0, share), hand);
	}

	/** For so long, or until something may have changed. */
	#rest(ms: number): Promise<void> {
		return new Promise((resolve) => {
			const timer = Number.isFinite(ms) ? setTimeout(resolve, ms) : undefined;
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}

	async #note(block: Ready[]): Promise<void> {
		await this.#placing.about(block);
		for (const { id } of block) this.#noted.add(id);
	}

	#wait(share: number): number {
		const now = Date.now();
		return Math.max(this.#pace.wait(now, Math.min(share, this.#queue.length)), this.#quietUntil - now);
	}

	/** Notes so many starts at this moment, and gives it. */
	#started(together: number): number {
		const now = Date.now() + (this.#starts.length < LANES ? CONNECT_MS : 0);
		for (let each = 0; each < together; each++) {
			this.#pace.started(now);
			this.#starts.push(now);
		}
		if (this.#starts.length > 1_000) this.#starts.splice(0, 500);
		return now;
	}

	#moved(noted: number, really: number): void {
		this.#pace.moved(noted, really);
		const at = this.#starts.lastIndexOf(noted);
		if (at !== -1) this.#starts[at] = really;
	}

	async #post(attempts: Ready[], hand: number): Promise<void> {
		for (const { id } of attempts) this.#noted.delete(id);
		this.#busy[hand] = (this.#busy[hand] ?? 0) + attempts.length;
		const began = Date.now();
		const placing = this.#placing.place(attempts, hand);
		// The requests have left by now, and not before: the second that must pass after them begins here.
		const started = this.#started(attempts.length);
		if (hand > 0) this.#lent.add(placing);
		const { taken, askedAt } = await placing;
		// A message to another object takes its time. Whoever may start a second later is told long before that second is over.
		if (askedAt > started) for (const _ of attempts) this.#moved(started, Math.min(askedAt, Date.now()));
		this.#lent.delete(placing);
		this.#busy[hand] = (this.#busy[hand] ?? attempts.length) - attempts.length;
		this.#latencyMs += (Date.now() - began - this.#latencyMs) * (this.#latencyMs ? NEWS : 1);
		this.#posted.push(...attempts.map(({ id }, at) => this.#heed(id, taken[at] ?? { result: "unclear" })));
		this.#wake();
		this.#placing.progress();
	}

	#heed(id: string, taken: Taken): Posted {
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
