import { inOneBatch } from "../../db/client";
import { audit } from "../../identity/audit/store";
import { readSettings } from "../../operations/installation-settings";
import type { Scope } from "../../scope";
import { Limits, type LimitsChange } from "./inputs";
import { findLimits, putLimits } from "./store";

const NOTHING = { countries: null, messagesPerMinute: null, messagesPerDay: null, messageSpendPerDayMicros: null };

/** How far an account reaches: what was decided about it, and what holds. */
export async function readLimits(scope: Scope): Promise<Limits> {
	const [row, { reach }] = await Promise.all([findLimits(scope.db, scope.accountId), readSettings(scope)]);
	const own = row ?? NOTHING;
	const decided = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== null));
	return Limits.parse({ userId: scope.accountId, own, effective: { ...reach, ...decided } });
}

/** Changes what is named and leaves the rest. */
export async function changeLimits(scope: Scope, change: LimitsChange): Promise<Limits> {
	const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
	await inOneBatch(scope.db, [
		putLimits(scope.db, scope.accountId, named),
		audit(scope.db, scope, { action: "reach.changed", object: scope.accountId, detail: named }),
	]);
	return readLimits(scope);
}
