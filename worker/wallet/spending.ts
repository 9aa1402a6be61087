import type * as z from "zod";
import { money } from "../pure/money";
import type { Scope } from "../scope";
import type { SpendDay } from "./inputs";
import { ownerOnly } from "./owner-only";
import { spendingSince } from "./store";

const DAY_MS = 86_400_000;

/** What was spent and paid in on each of the last days (UTC), today included; a day without either says so. */
export async function readSpending(scope: Scope, days: number): Promise<z.output<typeof SpendDay>[]> {
	ownerOnly(scope);
	const dayOf = (ago: number) => new Date(scope.now() - ago * DAY_MS).toISOString().slice(0, 10);
	const rows = await spendingSince(scope.db, scope.accountId, dayOf(days - 1));
	const byDay = new Map(rows.map((row) => [row.day, row]));
	return Array.from({ length: days }, (_, i) => {
		const day = dayOf(days - 1 - i);
		const { chargedMicros = 0, paidInMicros = 0 } = byDay.get(day) ?? {};
		return { day, spent: money(chargedMicros), paidIn: money(paidInMicros) };
	});
}
