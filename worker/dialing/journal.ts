/**
 * What this dialer is about to ask of the carrier, in the object's own storage. A request leaves the object only after the note
 * is durable (Durable Objects hold outgoing messages until their writes are), so after a crash: not noted means never asked.
 */
export class Journal {
	readonly #sql: SqlStorage;
	readonly #storage: DurableObjectStorage;

	constructor(storage: DurableObjectStorage) {
		this.#storage = storage;
		this.#sql = storage.sql;
		this.#sql.exec("CREATE TABLE IF NOT EXISTS asked (attempt_id TEXT PRIMARY KEY) WITHOUT ROWID");
	}

	/** Returns once the note is durable. */
	async note(attemptIds: string[]): Promise<void> {
		this.#sql.exec(
			"INSERT OR IGNORE INTO asked (attempt_id) SELECT value FROM json_each(?)",
			JSON.stringify(attemptIds),
		);
		await this.#storage.sync();
	}

	/** Forgets attempts whose result the database has, or that will not be asked for. */
	settle(attemptIds: string[]): void {
		this.#sql.exec(
			"DELETE FROM asked WHERE attempt_id IN (SELECT value FROM json_each(?))",
			JSON.stringify(attemptIds),
		);
	}

	open(): string[] {
		return this.#sql
			.exec<{ attempt_id: string }>("SELECT attempt_id FROM asked")
			.toArray()
			.map((row) => row.attempt_id);
	}
}

/** What an engine needs of its journal. */
export interface Notes extends Pick<Journal, "settle" | "open"> {
	note(attemptIds: string[]): void | Promise<void>;
}
