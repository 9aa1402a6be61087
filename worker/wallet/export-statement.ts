import { csvLine } from "../pure/csv-line";
import type { Scope } from "../scope";
import { ownerOnly } from "./owner-only";
import { beforeEntry, type Standing } from "./shape";
import { type LedgerRow, statementOf } from "./store";

const HEAD = [
	"time",
	"entry",
	"kind",
	"from",
	"to",
	"amount",
	"balance after",
	"available after",
	"currency",
	"memo",
	"reference",
];
/** Rows per round trip: a page of them stays small in memory. */
const PAGE = 1_000;

/** The whole ledger as CSV, newest first, page by page as somebody reads it. */
export function exportStatement(scope: Scope): ReadableStream<Uint8Array> {
	ownerOnly(scope);
	const encoder = new TextEncoder();
	let before: number | undefined;
	let after: Standing | null = null;
	return new ReadableStream({
		start: (controller) => controller.enqueue(encoder.encode(`${csvLine(HEAD)}\r\n`)),
		async pull(controller) {
			const { wallet, entries } = await statementOf(scope.db, scope.accountId, PAGE, before);
			let standing: Standing = after ?? {
				availableMicros: wallet?.availableMicros ?? 0,
				heldMicros: wallet?.heldMicros ?? 0,
			};
			const lines = entries.map((entry) => {
				const line = lineOf(entry, standing, wallet?.currency ?? "USD");
				standing = beforeEntry(entry, standing);
				return line;
			});
			after = standing;
			before = entries.at(-1)?.seq;
			if (lines.length > 0) controller.enqueue(encoder.encode(lines.join("")));
			if (entries.length < PAGE) controller.close();
		},
	});
}

function lineOf(entry: LedgerRow, after: Standing, currency: string): string {
	const amount = (micros: number) => (micros / 1_000_000).toFixed(6);
	const cells = [
		new Date(entry.createdAt).toISOString(),
		entry.seq,
		entry.kind,
		entry.fromBucket,
		entry.toBucket,
		amount(entry.amountMicros),
		amount(after.availableMicros + after.heldMicros),
		amount(after.availableMicros),
		currency,
		entry.memo,
		entry.ref,
	];
	return `${csvLine(cells)}\r\n`;
}
