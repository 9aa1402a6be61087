import type { ImportedContact } from "../store";
import type { BadRow } from "./read-file";
import type { ReadContact } from "./read-row";

/** A statement's JSON stays well under the two megabytes that the database takes, however many bytes its letters have. */
const LONGEST_PIECE = 600_000;
/** How many rows, or letters, go in one round trip. */
const MOST_ROWS = 10_000;
const MOST_LETTERS = 4_000_000;

/** The rows of one round trip, already in the form in which the database takes them. */
export class Batch {
	readonly contacts = new Pieces();
	readonly numbers = new Pieces();
	readonly errors = new Pieces();
	#rows = 0;

	get isFull(): boolean {
		return this.#rows >= MOST_ROWS || this.contacts.letters + this.errors.letters >= MOST_LETTERS;
	}

	addContact(id: string, read: ReadContact): void {
		this.#rows++;
		const row: ImportedContact = [
			id,
			read.e164,
			read.country,
			read.zones,
			read.firstName,
			read.lastName,
			read.email,
			read.notes,
			read.timeZone,
			isEmpty(read.customFields) ? 0 : read.customFields,
			read.barred,
			read.consentedAt,
			read.tags.length === 0 ? 0 : read.tags,
		];
		this.contacts.add(JSON.stringify(row));
		this.numbers.add(`"${read.e164}"`);
	}

	addError({ line, reason, value, cells }: BadRow): void {
		this.#rows++;
		this.errors.add(JSON.stringify([line, reason, { value, cells }]));
	}

	/** Counts a row that is not kept. */
	pass(): void {
		this.#rows++;
	}
}

/** JSON arrays of limited size that hold, together, everything that was added. */
class Pieces {
	letters = 0;
	readonly #done: string[] = [];
	#open: string[] = [];
	#openLetters = 0;

	add(json: string): void {
		if (this.#openLetters + json.length > LONGEST_PIECE) this.#close();
		this.#open.push(json);
		this.#openLetters += json.length + 1;
		this.letters += json.length + 1;
	}

	all(): string[] {
		this.#close();
		return this.#done;
	}

	#close(): void {
		if (this.#open.length > 0) this.#done.push(`[${this.#open.join(",")}]`);
		this.#open = [];
		this.#openLetters = 0;
	}
}

function isEmpty(fields: Record<string, string>): boolean {
	for (const _ in fields) return false;
	return true;
}
