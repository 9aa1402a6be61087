import * as z from "zod";
import { notFound } from "../errors";
import { decodeCursor, type Page, pageOf } from "../http/pages";
import type { Scope } from "../scope";
import type { WalletEntry } from "./inputs";
import { ownerOnly } from "./owner-only";
import { beforeEntry, entryOnWire, type Standing } from "./shape";
import { type LedgerRow, statementOf } from "./store";

// The cursor carries the balance on, so no page reads more than its own rows.
const Cursor = z.tuple([z.int(), z.int(), z.int()]);

/** One page of the ledger, newest first, each entry with the balance after it. */
export async function readStatement(
	scope: Scope,
	{ limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<z.output<typeof WalletEntry>>> {
	ownerOnly(scope);
	const from = decodeCursor(cursor, Cursor);
	const { wallet, entries } = await statementOf(scope.db, scope.accountId, limit + 1, from?.[0]);
	if (!wallet) throw notFound("Wallet");
	let after: Standing = from ? { availableMicros: from[1], heldMicros: from[2] } : wallet;
	const standing = entries.map((row: LedgerRow) => {
		const line = { row, after, before: beforeEntry(row, after) };
		after = line.before;
		return line;
	});
	return pageOf(
		standing,
		limit,
		({ row, before }) => [row.seq, before.availableMicros, before.heldMicros],
		({ row, after }) => entryOnWire(row, after, wallet.currency),
	);
}
