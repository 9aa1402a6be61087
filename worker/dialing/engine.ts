import { type DialFacts, dialFactsAnyAccount } from "../campaigns/facts/store";
import { rest } from "../campaigns/store";
import { inOneBatch } from "../db/client";
import type { House } from "../scope";
import { type Dropped, type Ready, recoverDialing } from "./attempts/store";
import { Bell } from "./bell";
import { Callable } from "./callable";
import type { Notes } from "./journal";
import { Lanes } from "./lanes";
import { placeOver, type Terms } from "./order";
import { reasonToPause } from "./pausing";
import { prepare } from "./prepare";
import { takeTurn } from "./turn";
import { mayGoOnAtOnce, wakeAt } from "./waking";

/** No more than this many calls stand between the point of no return and the carrier, and never more than a second's worth. */
const MOST_READY = 250;
/** How long a dialer stays awake with nothing to do before it sleeps until its alarm. */
const IDLE_MS = 200;
/** What the carrier answered is in the database after this long at the latest. */
const RECORD_WITHIN_MS = 1_000;
/** A shorter sleep than this is not worth telling others. */
const REST_MS = 30_000;
const TELL_EVERY_MS = 1_000;
/** A dialer with every line taken lets this much time pass after a call has ended, so that one turn serves all that end in it. */
const GATHER_MS = 100;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * The work of one campaign's dialer while it is awake. The database is the truth: whatever is held here can be lost at any
 * moment, and the journal tells the next incarnation which requests may have left.
 */
export class Engine {
	readonly #house: House;
	readonly #campaignId: string;
	readonly #idleMs: number;
	readonly #journal: Notes;
	readonly #lanes: Lanes;
	readonly #callable: Callable;
	readonly #bell = new Bell();
	#dropped: Dropped[] = [];
	#pause: string | null = null;
	#target = 1;
	#terms: Terms = { maxCallSeconds: 600, machines: undefined };
	#toldAt = 0;
	#isMoreToDial = true;
	#halted = false;
	#recovered = false;
	#nudged = false;

	constructor(house: House, campaignId: string, journal: Notes, idleMs = IDLE_MS) {
		this.#idleMs = idleMs;
		this.#house = house;
		this.#campaignId = campaignId;
		this.#journal = journal;
		this.#callable = new Callable(house.db, campaignId);
		this.#lanes = new Lanes({
			place: (attempts, hand) => placeOver(house, { campaignId, terms: this.#terms, hand }, attempts),
			about: (attempts) => journal.note(attempts.map(({ id }) => id)),
			progress: () => this.#bell.ring(),
		});
	}

	/** No request leaves after this has returned. Those that have not left are given back in the next turn. */
	async halt(): Promise<void> {
		this.#halted = true;
		this.#giveBack();
		this.nudge();
		await this.#lanes.settled();
	}

	carryOn(): void {
		this.#halted = false;
		this.nudge();
	}

	/** These numbers are not dialed after this has returned: somebody said stop. */
	async spare(e164s: string[]): Promise<void> {
		const silent = new Set(e164s);
		const spared = this.#lanes.withdraw(({ e164 }) => silent.has(e164));
		this.#dropped.push(...spared.map(({ id }) => ({ id, reason: "opted_out" as const })));
		this.nudge();
		await this.#lanes.settled();
	}

	/** Something changed outside: a call ended, credit came in. Matters only to a dialer that waits; a busy one takes a turn anyway. */
	nudge(): void {
		this.#nudged = true;
		this.#bell.ring();
	}

	/** Dials until `until` or until there is nothing to do for a while. Returns when to wake again; null when the work is over. */
	async run(until: number): Promise<number | null> {
		let facts = await this.#recover();
		while (facts) {
			facts = await this.#prepared(facts, until);
			facts &&= await this.#turn(facts, until);
			if (!facts) return null;
			if (this.#unsettled()) await this.#progress(RECORD_WITHIN_MS);
			else if (facts.campaign.status !== "running") return null;
			else if (this.#now() >= until) return this.#now();
			else if (
				facts.campaign.preparedAt !== null &&
				!mayGoOnAtOnce(facts, { most: this.#house.settings.MAX_CONCURRENT_CALLS, now: this.#now() }) &&
				!(await this.#progress(this.#idleMs))
			)
				return this.#rest(facts, wakeAt(facts, this.#now()));
		}
		return null;
	}

	#now(): number {
		return this.#house.now();
	}

	async #prepared(facts: DialFacts, until: number): Promise<DialFacts | undefined> {
		if (facts.campaign.status !== "running" || facts.campaign.preparedAt !== null) return facts;
		const after = await prepare(this.#house, facts, () => this.#now() < until && !this.#halted);
		this.#callable.lookAgain();
		return after;
	}

	#unsettled(): boolean {
		const { inFlight, waiting, hasResults } = this.#lanes;
		return inFlight > 0 || waiting > 0 || hasResults || this.#dropped.length > 0;
	}

	/** A dialer that sleeps for long leaves its share of the rate to the others. */
	async #rest({ campaign, counters }: DialFacts, until: number): Promise<number> {
		const isLong = counters.active === 0 && until - this.#now() > REST_MS;
		if (isLong && campaign.restingUntil !== until) await rest(this.#house.db, campaign.id, until);
		return until;
	}

	async #turn(facts: DialFacts, until: number): Promise<DialFacts | undefined> {
		const now = this.#now();
		const halted = this.#halted;
		this.#nudged = false;
		this.#setRate(facts);
		const going = facts.campaign.status === "running" && !this.#halted && now < until;
		const isRested = facts.campaign.restingUntil !== null && facts.claimed === 0;
		const isDialing = going && !this.#pause && !isRested;
		const posted = this.#lanes.takeResults();
		const dropped = this.#dropped.splice(0);
		const { ready, facts: after } = await takeTurn(this.#house, {
			facts,
			posted,
			dropped,
			closed: going ? await this.#callable.closed(facts, now) : {},
			wanted: isDialing ? Math.max(0, this.#target - this.#lanes.waiting) : 0,
			ahead: isDialing ? this.#target : 0,
			pause: this.#pause,
			tell: this.#isTimeToTell(now),
		});
		this.#journal.settle([...posted, ...dropped].map(({ id }) => id));
		// Whoever halts pauses the campaign first; one that runs although it was halted before has been resumed.
		if (halted && after?.campaign.status === "running") this.#halted = false;
		this.#accept(ready, after);
		this.#isMoreToDial = after !== undefined && after.claimed > 0;
		// Whoever has had this one's share meanwhile sees in its next turn that it has ended, before anybody is called here.
		if (isRested && after?.campaign.restingUntil === null) await pause(RECORD_WITHIN_MS);
		this.#pause = going && !isRested && after ? reasonToPause(after, this.#lanes.takeWholesaleRefusal(), now) : null;
		return after;
	}

	// Pages are told no more often than anybody can read.
	#isTimeToTell(now: number): boolean {
		if (now - this.#toldAt < TELL_EVERY_MS) return false;
		this.#toldAt = now;
		return true;
	}

	#accept(ready: Ready[], facts: DialFacts | undefined): void {
		const { open, shut } = this.#callable.parted(ready, facts, this.#now());
		this.#dropped.push(...shut.map(({ id }) => ({ id, reason: null })));
		this.#lanes.add(open);
		if (this.#halted || facts?.campaign.status !== "running") this.#giveBack();
	}

	#giveBack(): void {
		this.#dropped.push(...this.#lanes.withdraw().map(({ id }) => ({ id, reason: null })));
	}

	// Campaigns that run at once share the carrier account's rate.
	#setRate({ campaign, campaignsRunning }: DialFacts): void {
		const share = this.#house.settings.CALLS_PER_SECOND / Math.max(1, campaignsRunning);
		const rate = Math.min(campaign.callsPerSecond ?? Number.POSITIVE_INFINITY, share);
		this.#target = Math.max(1, Math.min(MOST_READY, Math.ceil(rate)));
		this.#terms = { maxCallSeconds: campaign.maxCallSeconds, machines: campaign.script.machines };
		this.#lanes.setRate(rate);
	}

	async #recover(): Promise<DialFacts | undefined> {
		const { db } = this.#house;
		const journal = this.#recovered ? [] : this.#journal.open();
		const results = await inOneBatch(db, [
			...(this.#recovered ? [] : recoverDialing(db, this.#campaignId, journal, this.#now())),
			dialFactsAnyAccount(db, this.#campaignId),
		]);
		this.#journal.settle(journal);
		this.#recovered = true;
		return (results.at(-1) as DialFacts[])[0];
	}

	// A turn serves many calls: it waits until the queue runs low, not for each answer of the carrier.
	#turnIsDue(): boolean {
		const { waiting, inFlight, hasResults } = this.#lanes;
		if (this.#dropped.length > 0) return true;
		if (inFlight + waiting === 0) return hasResults || this.#nudged;
		return this.#isMoreToDial && hasResults && waiting <= this.#target >> 1;
	}

	/** Waits until a turn is worth taking; false when nothing happened for a while. Calls that end together share one turn. */
	async #progress(most: number): Promise<boolean> {
		const busy = this.#unsettled();
		if (busy && this.#turnIsDue()) return true;
		const happened = await this.#bell.until(() => this.#turnIsDue(), most);
		if (happened && !busy) await pause(Math.min(most, GATHER_MS));
		return happened;
	}
}
