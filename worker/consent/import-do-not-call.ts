import { runningCampaignsOf } from "../campaigns/running/store";
import { spare } from "../campaigns/spare";

import { type BadRow, isBad, readFile } from "../contacts/import/read-file";
import { errorOnWire } from "../contacts/import/shape";
import { countryOfUser } from "../contacts/store";
import { inOneBatch } from "../db/client";
import type { Scope } from "../scope";
import type { DoNotCallReport } from "./inputs";
import { forbidding, type Scope as SilenceScope } from "./store";

const NUMBERS_PER_TRIP = 10_000;
const ERRORS_ANSWERED = 100;

/** Puts every number of a file on the do-not-call list. Sent again, the same file changes nothing. */
export async function importDoNotCall(
	scope: Scope,
	{
		bytes,
		country,
		silence,
	}: { bytes: AsyncIterable<Uint8Array>; country?: string | undefined; silence: SilenceScope },
): Promise<DoNotCallReport> {
	let rowsRead = 0;
	let rowsAdded = 0;
	const bad: BadRow[] = [];
	let rowsBad = 0;
	const numbers = new Set<string>();
	const store = async () => {
		const e164s = [...numbers];
		numbers.clear();
		if (e164s.length === 0) return;
		const { db, accountId } = scope;
		const wish = { scope: silence, note: "import", now: scope.now() };
		const [added, running] = await inOneBatch(db, [
			forbidding(db, accountId, JSON.stringify(e164s), wish),
			runningCampaignsOf(db, accountId),
		]);
		rowsAdded += added.length;
		await spare(scope, running, e164s);
	};
	for await (const { rows } of readFile(bytes, { country }, () => countryOfUser(scope)))
		for (const row of rows) {
			rowsRead++;
			if (!isBad(row)) numbers.add(row.e164);
			else if (++rowsBad <= ERRORS_ANSWERED) bad.push(row);
			if (numbers.size >= NUMBERS_PER_TRIP) await store();
		}
	await store();
	return { rowsRead, rowsAdded, rowsKnown: rowsRead - rowsBad - rowsAdded, rowsBad, errors: bad.map(errorOnWire) };
}
