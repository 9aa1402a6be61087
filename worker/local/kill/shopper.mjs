import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

const AREAS = ["415", "212", "312", "617"];

/** Buys and releases numbers in every way that there is, and remembers what it was told. */
export class Shopper {
	/** Ids of numbers that a definite answer called bought. */
	bought = new Set();
	/** Ids of numbers whose release was asked for, whatever was answered. */
	givenUp = new Set();
	/** Ids of numbers that a definite answer called released. */
	released = new Set();
	underWay = 0;
	#answers = new Map();
	#asked = [];
	#client;
	#chance;

	constructor(client, chance) {
		this.#client = client;
		this.#chance = chance;
	}

	get words() {
		return [...this.#answers].map(([what, count]) => `${what}: ${count}`).join(", ");
	}

	/** Goes on buying and releasing, all at once, for so many milliseconds. What is under way then is left as it is. */
	async shop(milliseconds) {
		const until = Date.now() + milliseconds;
		const ways = [this.#generate, this.#buyExact, this.#buyTwo, this.#release];
		for (const way of ways) void this.#untilThen(until, way);
		await sleep(milliseconds);
	}

	/** Sends the last requests once more with their keys: each tells how it ended. */
	async askAgain() {
		const answers = [];
		for (const { path, body, key } of this.#asked.slice(-20)) answers.push(await this.#client.ask(path, body, key));
		return answers;
	}

	async #untilThen(until, way) {
		while (Date.now() < until) {
			this.underWay++;
			try {
				await way.call(this, AREAS[Math.floor(this.#chance() * AREAS.length)]);
			} catch {
				this.#count("cut off");
				return;
			} finally {
				this.underWay--;
			}
		}
	}

	async #buy(what, path, body) {
		const key = randomUUID();
		this.#asked.push({ path, body, key });
		const { status, told } = await this.#client.ask(path, body, key);
		this.#count(`${what} ${status}`);
		if (status !== 200 && status !== 201) return;
		const numbers = told.results?.flatMap((part) => part.phoneNumber?.id ?? []);
		for (const id of numbers ?? [told.phoneNumberId ?? told.id]) this.bought.add(id);
	}

	#generate(areaCode) {
		return this.#buy("generate", "/api/channels/generate-phone-number", { country: "US", areaCode });
	}

	#buyTwo(areaCode) {
		return this.#buy("batch", "/api/phone-numbers/purchase/batch", { country: "US", areaCode, count: 2 });
	}

	async #buyExact(areaCode) {
		const offers = await this.#client.get(`/api/phone-numbers/search?country=US&areaCode=${areaCode}&limit=50`);
		const { number, monthlyPrice } = offers[Math.floor(this.#chance() * offers.length)];
		await this.#buy("purchase", "/api/phone-numbers/purchase", { number, monthlyPrice });
	}

	async #release() {
		const [first] = await this.#client.get("/api/phone-numbers");
		if (!first) return;
		this.givenUp.add(first.id);
		const { status } = await this.#client.send("DELETE", `/api/phone-numbers/${first.id}`);
		this.#count(`release ${status}`);
		if (status === 200) this.released.add(first.id);
	}

	#count(what) {
		this.#answers.set(what, (this.#answers.get(what) ?? 0) + 1);
	}
}
