import { type SQL, sql } from "drizzle-orm";
import type { Db, Statement } from "./client";

/** What a batch may insist on; each is a named constraint of the `must` table. */
export type Claim =
	| "session_is_live"
	| "number_is_callers"
	| "member_within_limit"
	| "day_within_cap"
	| "greeting_exists"
	| "list_exists"
	| "transfer_number_exists"
	| "nothing_changed_meanwhile";

/** A statement that aborts its whole batch unless `condition` holds. Recognise it afterwards with {@link brokenRule}. */
export function must(db: Db, claim: Claim, condition: SQL): Statement {
	return db.run(sql`INSERT INTO must (claim) SELECT ${claim} WHERE NOT (${condition})`);
}

/**
 * Which rule of the database refused a write: the constraint's name ("wallet_covers", "session_is_live"), or for UNIQUE the
 * columns ("numbers.e164") or the index. Null when the error is of another sort.
 */
export function brokenRule(error: unknown): string | null {
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		const found = /(?:CHECK|UNIQUE|FOREIGN KEY) constraint failed(?:: (?:index ')?([\w., ]+?)'?)?(?::|$)/.exec(
			cause.message,
		);
		if (found) return found[1] ?? "foreign_key";
	}
	return null;
}

/** True when the database could not be reached or was overloaded: the same request may succeed a moment later. */
export function isPassing(error: unknown): boolean {
	for (let cause = error; cause instanceof Error; cause = cause.cause)
		if (/overloaded|network connection lost|storage (?:operation|caused)|reset|internal error/i.test(cause.message))
			return true;
	return false;
}
