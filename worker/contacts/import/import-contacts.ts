import { ulid } from "ulid";
import { inOneBatch, type Statement } from "../../db/client";
import { brokenRule, isPassing } from "../../db/guards";
import { Fault, notFound } from "../../errors";
import type { Scope } from "../../scope";
import { addingMembersByNumber } from "../lists/store";
import { countryOfUser, importingContacts } from "../store";
import { Batch } from "./batch";
import type { Columns } from "./columns";
import { addingErrors } from "./errors/store";
import { orderedIds } from "./ids";
import type { ImportReport } from "./inputs";
import { type BadRow, type FilePiece, isBad, type Reading, readFile } from "./read-file";
import { errorOnWire, importOnWire } from "./shape";
import { countingAdded, failImport, type ImportRow, keepingBefore, type Progress, startingImport } from "./store";

/** What may be imported at once. */
const MOST_ROWS = 1_000_000;
/** How many bad rows are kept for mending. Further ones are counted. */
const MOST_ERRORS_KEPT = 100_000;
const ERRORS_ANSWERED = 100;
const MOST_TRIES = 4;

/** A file for a list, and how it is to be read. */
export interface ImportOrder extends Reading {
	listId: string;
	filename?: string | undefined;
	bytes: AsyncIterable<Uint8Array>;
}

/**
 * Reads a CSV file into a list as it comes, never holding more than two batches of it. A row that cannot be used is reported and costs
 * no other. Cut off at any moment it leaves an import that is not done; the same file sent again ends with the same list.
 */
export async function importContacts(scope: Scope, order: ImportOrder): Promise<ImportReport> {
	const work = new Work(scope, order);
	try {
		for await (const piece of readFile(order.bytes, order, () => countryOfUser(scope))) await work.take(piece);
		return await work.finish();
	} catch (error) {
		await work.fail(error);
		throw brokenRule(error) === "foreign_key" ? notFound("Contact list") : error;
	}
}

/** One import under way. */
class Work {
	readonly #scope: Scope;
	readonly #listId: string;
	readonly #filename: string;
	readonly #id: string;
	readonly #contactIds: { start: string; next: () => string };
	readonly #firstErrors: BadRow[] = [];
	readonly #reasons: Record<string, number> = {};
	#columns: Pick<Columns, "names" | "fields"> = { names: [], fields: [] };
	#batch = new Batch();
	#rowsRead = 0;
	#rowsBad = 0;
	#isStored = false;
	/** The batch that is on its way to the database while the next one is being read. */
	#sending: Promise<ImportRow | null> = Promise.resolve(null);

	constructor(scope: Scope, { listId, filename = "" }: ImportOrder) {
		this.#scope = scope;
		this.#listId = listId;
		this.#filename = filename;
		this.#id = `imp_${ulid(scope.now())}`;
		this.#contactIds = orderedIds("con", scope.now());
	}

	async take({ columns, rows }: FilePiece): Promise<void> {
		this.#columns = columns;
		for (const row of rows) {
			if (this.#batch.isFull) await this.#send("running");
			if (++this.#rowsRead > MOST_ROWS) throw new Fault("too_large", `file: more than ${MOST_ROWS} rows`);
			if (isBad(row)) this.#report(row);
			else this.#batch.addContact(this.#contactIds.next(), row);
		}
	}

	async finish(): Promise<ImportReport> {
		await this.#send("done");
		const row = await this.#sending;
		if (!row) throw notFound("Contact list");
		return { ...importOnWire(row), errors: this.#firstErrors.map(errorOnWire) };
	}

	/** Leaves word that this import will not be done. */
	async fail(error: unknown): Promise<void> {
		await this.#sending.catch(() => {});
		if (!this.#isStored) return;
		const { db, accountId, now } = this.#scope;
		const why = error instanceof Fault ? error.message : "The upload was cut off. Send the same file again.";
		await failImport(db, accountId, this.#id, why, now()).catch(() => {});
	}

	#report(bad: BadRow): void {
		this.#rowsBad++;
		if (this.#rowsBad <= ERRORS_ANSWERED) this.#firstErrors.push(bad);
		if (this.#rowsBad <= MOST_ERRORS_KEPT) {
			this.#reasons[bad.reason] = (this.#reasons[bad.reason] ?? 0) + 1;
			this.#batch.addError(bad);
		} else this.#batch.pass();
	}

	/** Sends what has been read, as one transaction. Waits for the batch before, so at most two are held. */
	async #send(status: Progress["status"]): Promise<void> {
		const batch = this.#batch;
		const progress: Progress = {
			rowsRead: this.#rowsRead,
			rowsBad: this.#rowsBad,
			reasons: { ...this.#reasons },
			status,
			now: this.#scope.now(),
		};
		this.#batch = new Batch();
		await this.#sending;
		this.#sending = this.#store(batch, progress);
		this.#sending.catch(() => {}); // it is awaited before the next one, or in fail
	}

	async #store(batch: Batch, progress: Progress): Promise<ImportRow> {
		const { db, accountId } = this.#scope;
		const counting = countingAdded(db, accountId, this.#listId, this.#id, progress);
		const statements: Statement[] = [
			...(this.#isStored ? [] : [startingImport(db, this.#start(progress.now))]),
			counting.before,
			...batch.contacts
				.all()
				.flatMap((json) => [
					keepingBefore(db, accountId, { importId: this.#id, ownIds: this.#contactIds.start }, json),
					importingContacts(db, accountId, json, progress.now),
				]),
			...batch.numbers
				.all()
				.map((json) => addingMembersByNumber(db, accountId, { listId: this.#listId, importId: this.#id }, json)),
			...batch.errors.all().map((json) => addingErrors(db, accountId, this.#id, json)),
			counting.after,
		];
		const results = await patiently(() => inOneBatch(db, statements));
		this.#isStored = true;
		const [row] = results.at(-1) as ImportRow[];
		if (!row) throw notFound("Contact list"); // it was removed meanwhile, and this import with it
		return row;
	}

	#start(now: number) {
		const { accountId } = this.#scope;
		const listId = this.#listId;
		return {
			id: this.#id,
			accountId,
			listId,
			status: "running" as const,
			filename: this.#filename,
			columns: this.#columns.names,
			fields: this.#columns.fields,
			firstContactId: this.#contactIds.start,
			createdAt: now,
			updatedAt: now,
		};
	}
}

/** A batch may be sent again after a hiccup of the database: it says where the import stands, not how far it moves. */
async function patiently<T>(send: () => Promise<T>): Promise<T> {
	for (let tried = 1; ; tried++)
		try {
			return await send();
		} catch (error) {
			if (tried === MOST_TRIES || !isPassing(error)) throw error;
			await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** tried * (0.5 + Math.random())));
		}
}
