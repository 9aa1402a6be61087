import { inOneBatch } from "../db/client";
import type { House } from "../scope";
import type { Heard, Moved } from "./attempts/heard/store";
import { hearAll } from "./attempts/store";
import { type CarrierEvent, keepEvents } from "./events/store";

/**
 * A status callback on its way to the database: what it means for the attempt, and what was said, each as the JSON that is written. Text
 * is what travels between objects for least, and nobody on the way reads it.
 */
export interface Told {
	attemptId: string;
	heard: string;
	event: string;
}

export function toldOf(heard: Heard, event: CarrierEvent): Told {
	return { attemptId: heard.attemptId, heard: JSON.stringify(heard), event: JSON.stringify(event) };
}

interface Waiting {
	told: Told;
	done: () => void;
	failed: (error: unknown) => void;
}

/** No more callbacks than this share a transaction. */
const MOST = 100;
/** Where callbacks come in one after another, each waits so long for company. */
const GATHER_MS = 40;

/**
 * Writes callbacks in groups: whatever comes in while one transaction is on its way shares the next, so a lone callback waits for
 * nobody, and a crowd costs few transactions. Whoever tells is told when it is durable.
 */
export class Ear {
	readonly #house: House;
	readonly #moved: (moved: Moved[]) => void;
	#waiting: Waiting[] = [];
	#writing = false;
	#wroteAt = 0;

	constructor(house: House, moved: (moved: Moved[]) => void) {
		this.#house = house;
		this.#moved = moved;
	}

	hear(told: Told): Promise<void> {
		return new Promise((done, failed) => {
			this.#waiting.push({ told, done, failed });
			if (!this.#writing) void this.#write();
		});
	}

	async #write(): Promise<void> {
		this.#writing = true;
		while (this.#waiting.length > 0) {
			if (Date.now() - this.#wroteAt < GATHER_MS) await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
			const group = this.#waiting.splice(0, MOST);
			if (!(await this.#keep(group, group.length === 1))) for (const one of group) await this.#keep([one], true);
			this.#wroteAt = Date.now();
		}
		this.#writing = false;
	}

	// One callback that the database refuses must not take the others with it.
	async #keep(group: Waiting[], lastTry: boolean): Promise<boolean> {
		const told = group.map((one) => one.told);
		try {
			const [, ...moved] = await inOneBatch(this.#house.db, [
				keepEvents(this.#house.db, listOf(told.map(({ event }) => event))),
				...wavesOf(told).map((wave) => hearAll(this.#house.db, { list: listOf(wave) })),
			]);
			this.#moved((moved as Moved[][]).flat());
			for (const { done } of group) done();
			return true;
		} catch (error) {
			if (lastTry) for (const { failed } of group) failed(error);
			return false;
		}
	}
}

const listOf = (texts: Iterable<string>) => `[${[...texts].join(",")}]`;

/** What callbacks mean, in the order they came, parted so that no part has two of one attempt. */
function wavesOf(told: Told[]): Iterable<string>[] {
	const waves: Map<string, string>[] = [];
	for (const { attemptId, heard } of told) {
		const free = waves.find((wave) => !wave.has(attemptId));
		if (free) free.set(attemptId, heard);
		else waves.push(new Map([[attemptId, heard]]));
	}
	return waves.map((wave) => wave.values());
}
