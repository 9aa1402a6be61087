import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env";

/** At most `most` in any `seconds`. */
export interface Window {
	most: number;
	seconds: number;
}

/** A hit that was counted, or the seconds until there is room for one. */
export type Taken = { hit: number; retryAfter: 0 } | { hit: null; retryAfter: number };

/** Counts what one key (an address, an account) did lately: an exact sliding window. Forgets itself when nothing is left to count. */
export class Throttle extends DurableObject<Env> {
	/** Counts one hit if every window has room for it. A refused one does not count: waiting always helps. */
	async take(windows: Window[]): Promise<Taken> {
		const now = Date.now();
		this.#prepare();
		const wait = Math.max(0, ...windows.map((window) => this.#waitFor(window, now)));
		if (wait > 0) return { hit: null, retryAfter: Math.ceil(wait / 1000) };
		const until = now + 1000 * Math.max(0, ...windows.map(({ seconds }) => seconds));
		const { id } = this.ctx.storage.sql
			.exec<{ id: number }>("INSERT INTO hits (at, until) VALUES (?, ?) RETURNING id", now, until)
			.one();
		if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(until);
		return { hit: id, retryAfter: 0 };
	}

	/** Uncounts a hit. */
	giveBack(hit: number): void {
		this.#prepare();
		this.ctx.storage.sql.exec("DELETE FROM hits WHERE id = ?", hit);
	}

	override async alarm(): Promise<void> {
		this.#prepare();
		this.ctx.storage.sql.exec("DELETE FROM hits WHERE until <= ?", Date.now());
		const { next } = this.ctx.storage.sql.exec<{ next: number | null }>("SELECT min(until) AS next FROM hits").one();
		if (next === null) await this.ctx.storage.deleteAll();
		else await this.ctx.storage.setAlarm(next);
	}

	// Not in the constructor: the alarm erases the table under a living object.
	#prepare(): void {
		this.ctx.storage.sql.exec(
			"CREATE TABLE IF NOT EXISTS hits (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, until INTEGER NOT NULL)",
		);
	}

	// The hit that must leave the window before one more fits: the `most`-th newest.
	#waitFor({ most, seconds }: Window, now: number): number {
		const [oldest] = this.ctx.storage.sql
			.exec<{ at: number }>(
				"SELECT at FROM hits WHERE at > ? ORDER BY at DESC LIMIT 1 OFFSET ?",
				now - seconds * 1000,
				most - 1,
			)
			.toArray();
		return oldest ? oldest.at + seconds * 1000 - now : 0;
	}
}
