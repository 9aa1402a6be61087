import { csvLine } from "../pure/csv-line";
import type { Scope } from "../scope";
import { attemptsPage } from "./report/store";

import { toAttempt } from "./shape";

const COLUMNS = [
	"id",
	"contactId",
	"n",
	"to",
	"from",
	"state",
	"disposition",
	"digits",
	"callStatus",
	"errorCode",
	"dialedAt",
	"answeredAt",
	"connectedAt",
	"endedAt",
	"durationSeconds",
	"transferSeconds",
	"costMicros",
] as const;
const PAGE = 1_000;

/** Every attempt of a campaign as CSV, a page of the database at a time, so that it never stands in memory whole. */
export function exportAttempts({ db, accountId }: Scope, campaignId: string): ReadableStream<Uint8Array> {
	let after: string | undefined;
	const encoder = new TextEncoder();
	return new ReadableStream({
		start(controller) {
			controller.enqueue(encoder.encode(`${csvLine(COLUMNS)}\r\n`));
		},
		async pull(controller) {
			const rows = await attemptsPage(db, accountId, campaignId, after, PAGE);
			const page = rows.slice(0, PAGE).map(toAttempt);
			after = page.at(-1)?.id;
			const lines = page.map((attempt) => `${csvLine(COLUMNS.map((column) => attempt[column]))}\r\n`);
			if (lines.length > 0) controller.enqueue(encoder.encode(lines.join("")));
			if (rows.length <= PAGE) controller.close();
		},
	});
}
