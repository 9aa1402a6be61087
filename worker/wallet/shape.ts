import type * as z from "zod";
import { money } from "../pure/money";
import { formatPhone } from "../pure/phone";
import type { Wallet, WalletEntry } from "./inputs";
import type { LedgerRow, WalletRow } from "./store";

export function walletOnWire(row: WalletRow, simulated: boolean): z.output<typeof Wallet> {
	return {
		userId: row.accountId,
		balance: money(row.availableMicros + row.heldMicros, row.currency),
		available: money(row.availableMicros, row.currency),
		held: money(row.heldMicros, row.currency),
		simulated,
	};
}

/** What the wallet held after an entry. */
export interface Standing {
	availableMicros: number;
	heldMicros: number;
}

/** Goes back from `after` by one entry: the ledger is append-only, so what came before is certain. */
export function beforeEntry(entry: LedgerRow, after: Standing): Standing {
	return {
		availableMicros: after.availableMicros - effectOn("available", entry),
		heldMicros: after.heldMicros - effectOn("held", entry),
	};
}

export function entryOnWire(row: LedgerRow, after: Standing, currency: string): z.output<typeof WalletEntry> {
	return {
		id: String(row.seq),
		kind: row.kind,
		from: row.fromBucket,
		to: row.toBucket,
		amount: money(row.amountMicros, currency),
		change: money(effectOn("available", row) + effectOn("held", row), currency),
		balanceAfter: money(after.availableMicros + after.heldMicros, currency),
		availableAfter: money(after.availableMicros, currency),
		memo: row.memo,
		formatted: row.memo.startsWith("+") ? formatPhone(row.memo) : row.memo,
		ref: row.ref,
		createdAt: new Date(row.createdAt).toISOString(),
	};
}

function effectOn(bucket: "available" | "held", { fromBucket, toBucket, amountMicros }: LedgerRow): number {
	return (toBucket === bucket ? amountMicros : 0) - (fromBucket === bucket ? amountMicros : 0);
}
