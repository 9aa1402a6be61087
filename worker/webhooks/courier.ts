import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env";
import { openHouse } from "../scope";
import { deliverDue } from "./deliver";

/** So soon after a failure of our own the courier looks again. */
const AGAIN_MS = 30_000;

/**
 * Takes one account's events to its webhooks, by alarm. What is on its way is in the database: an object that is lost has forgotten when to
 * look next, and the cron wakes it.
 */
export class WebhookCourier extends DurableObject<Env> {
	/** Something may be due now. */
	async wake(): Promise<void> {
		const planned = await this.ctx.storage.getAlarm();
		if (planned === null || planned > Date.now()) await this.ctx.storage.setAlarm(Date.now());
	}

	/** Something happened in the account. False when none of its webhooks listens: then there is no need to say so for a while. */
	async nudge(): Promise<boolean> {
		if ((await this.ctx.storage.get<boolean>("listening")) === false) return false;
		await this.wake();
		return true;
	}

	override async alarm(): Promise<void> {
		const accountId = this.ctx.id.name;
		if (accountId === undefined) return;
		const house = openHouse(this.env, { freshness: "primary", defer: (work) => this.ctx.waitUntil(work) });
		try {
			const { listening, next } = await deliverDue(house, accountId);
			await this.ctx.storage.put("listening", listening);
			if (next !== null) await this.ctx.storage.setAlarm(Math.max(next, Date.now()));
		} catch (error) {
			console.warn(JSON.stringify({ level: "warn", courier: accountId, error: String(error) }));
			await this.ctx.storage.setAlarm(Date.now() + AGAIN_MS);
		}
	}
}
