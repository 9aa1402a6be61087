import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env";
import type { Carrier, PlaceCall } from "../outside/carrier/carrier";
import { type House, openHouse } from "../scope";
import { Ear, type Told } from "./ear";
import { Engine } from "./engine";
import { Journal } from "./journal";
import { placeAll } from "./order";
import type { Orders } from "./taken";

/** One stretch of work stays well under the 15 minutes that an alarm may run. */
const STRETCH_MS = 5 * 60_000;
const AFTER_A_FAULT_MS = 5_000;
/** Calls that end while the dialer sleeps wake it once, not each. */
const GATHER_MS = 250;

/**
 * Dials one campaign: paces the calls by alarm, and is the only one that places them. It may be started, killed and started again
 * at any moment, and alarms may come twice; what counts is in the database and in the journal.
 */
export class CampaignDialer extends DurableObject<Env> {
	#engine: Engine | undefined;
	#ear: Ear | undefined;
	#carrier: Carrier | undefined;
	#running: Promise<number | null> | undefined;

	/** Dials from now on, for as long as the campaign runs. */
	async wake(): Promise<void> {
		this.#engine?.carryOn();
		await this.ctx.storage.setAlarm(Date.now());
	}

	/** No call starts after this has returned. What was claimed is given back soon after. */
	async halt(): Promise<void> {
		await this.#engine?.halt();
		await this.ctx.storage.setAlarm(Date.now());
	}

	/** These numbers are not dialed any more: somebody said stop. */
	async spare(e164s: string[]): Promise<void> {
		await this.#engine?.spare(e164s);
	}

	/** A call has ended, or credit has come in: there may be room for the next one. */
	async nudge(): Promise<void> {
		if (this.#running) this.#engine?.nudge();
		else await this.#wakeBy(Date.now() + GATHER_MS);
	}

	/**
	 * Places calls for another dialer, whose own connections are all taken: an object has six, and whoever borrows them never asks for
	 * more. A campaign's helpers are named after it (`<campaign>/1`), keep nothing and decide nothing.
	 */
	lend(requests: PlaceCall[]): Promise<Orders> {
		this.#carrier ??= this.#house().carrier;
		return placeAll(this.#carrier, requests);
	}

	/** Takes in a status callback of one of the campaign's calls; returns once it is in the database. */
	hear(told: Told): Promise<void> {
		this.#ear ??= new Ear(this.#house(), (moved) => {
			if (moved.some(({ state }) => state === "ended")) void this.nudge();
		});
		return this.#ear.hear(told);
	}

	override async alarm(): Promise<void> {
		if (this.#running) return void (await this.#running);
		this.#running = this.#run();
		try {
			const next = await this.#running;
			if (next !== null) await this.#wakeBy(next);
		} catch (error) {
			console.error(JSON.stringify({ level: "error", dialer: this.ctx.id.name, error: String(error) }));
			await this.#wakeBy(Date.now() + AFTER_A_FAULT_MS);
		} finally {
			this.#running = undefined;
		}
	}

	#run(): Promise<number | null> {
		const campaignId = this.ctx.id.name;
		if (campaignId === undefined) throw new Error("a dialer is addressed by its campaign's id");
		this.#engine ??= new Engine(this.#house(), campaignId, new Journal(this.ctx.storage));
		return this.#engine.run(Date.now() + STRETCH_MS);
	}

	#house(): House {
		return openHouse(this.env, { freshness: "primary", defer: (work) => this.ctx.waitUntil(work) });
	}

	// A wake-up that came in meanwhile may be sooner than what the work asked for.
	async #wakeBy(at: number): Promise<void> {
		const set = await this.ctx.storage.getAlarm();
		if (set === null || set > at) await this.ctx.storage.setAlarm(at);
	}
}
