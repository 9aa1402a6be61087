import type { Scope } from "../scope";
import type { WalletRules, WalletRulesChange } from "./inputs";
import { ownerOnly } from "./owner-only";
import { findRules, putRules } from "./store";

/** What the owner has decided about the account's money: the most that it may spend in a day (UTC), and when to be warned. */
export async function readRules(scope: Scope): Promise<WalletRules> {
	ownerOnly(scope);
	return findRules(scope.db, scope.accountId);
}

/** Changes what is named and leaves the rest. */
export async function changeRules(scope: Scope, change: WalletRulesChange): Promise<WalletRules> {
	const { dailyCapMicros, lowBalanceMicros } = await readRules(scope);
	const rules = {
		dailyCapMicros: change.dailyCapMicros === undefined ? dailyCapMicros : change.dailyCapMicros,
		lowBalanceMicros: change.lowBalanceMicros ?? lowBalanceMicros,
	};
	await putRules(scope, rules);
	return rules;
}
