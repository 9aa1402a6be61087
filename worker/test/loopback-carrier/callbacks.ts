import { sign } from "../../outside/carrier/twilio/signature.ts";
import type { LoopbackOptions } from "./options.ts";

export type Fields = Record<string, string>;

const RETRIES = 3;

/** Sends signed callbacks, as orderly or disorderly as the options want, and counts them. */
export class Callbacks {
	readonly #options: LoopbackOptions;
	sent = 0;
	duplicated = 0;
	heldBack = 0;
	lost = 0;
	failed = 0;

	constructor(options: LoopbackOptions) {
		this.#options = options;
	}

	/** Tells without waiting for the answer to matter. May come twice, late, or after what happened later. */
	async tell(url: string, fields: Fields): Promise<void> {
		const { duplicate, reorder, heldBackMs, lose, chance } = this.#options;
		if (lose > 0 && chance() < lose) {
			this.lost++;
			return;
		}
		const token = crypto.randomUUID();
		const tell = () => this.#deliver(url, fields, token).then(() => {});
		const twice = chance() < duplicate;
		const late = chance() < reorder;
		if (twice) this.duplicated++;
		if (late) this.heldBack++;
		const whole = late ? wait(heldBackMs).then(tell) : tell();
		if (twice) void whole.then(tell);
		if (!late) await whole;
	}

	/** Asks what to do; null when nobody answers properly. */
	ask(url: string, fields: Fields): Promise<string | null> {
		return this.#deliver(url, fields, crypto.randomUUID());
	}

	async #deliver(address: string, fields: Fields, token: string): Promise<string | null> {
		const { authToken, callbackDelayMs, send } = this.#options;
		const url = address.replace(/#.*$/s, "");
		const pairs = Object.entries(fields);
		const headers = {
			"content-type": "application/x-www-form-urlencoded; charset=UTF-8",
			"x-twilio-signature": sign(authToken, url, pairs),
			"i-twilio-idempotency-token": token,
		};
		for (let n = 0; n <= RETRIES; n++) {
			if (callbackDelayMs > 0 || n > 0) await wait(callbackDelayMs + n * 20);
			this.sent++;
			try {
				const body = new URLSearchParams(pairs).toString();
				const answer = await send(new Request(url, { method: "POST", headers, body }));
				const text = await answer.text();
				if (answer.ok) return text;
				if (answer.status < 500) break;
			} catch {
				// nobody there: try again
			}
		}
		this.failed++;
		return null;
	}
}

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
