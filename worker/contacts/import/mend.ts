import { inOneBatch } from "../../db/client";
import { Fault, notFound } from "../../errors";
import { countryCode } from "../../pure/phone";
import type { Scope } from "../../scope";
import { addingMembersByNumber } from "../lists/store";
import { countryOfUser, importingContacts } from "../store";
import { Batch } from "./batch";
import { type Columns, FIELDS, guessColumns } from "./columns";
import { errorsToMend, type ImportErrorRow, pagingErrors, removingErrors } from "./errors/store";
import { idAt } from "./ids";
import type { Mended, MendInput } from "./inputs";
import { withoutExtension } from "./read-number";
import { readRow } from "./read-row";
import { errorOnWire, importOnWire } from "./shape";
import { countingMended, findingImport, type ImportRow, keepingBefore } from "./store";

const ERRORS_ANSWERED = 100;
const MOST_AT_ONCE = 5_000;

/**
 * Reads bad rows of an import again: some with another number, or all with one reason in another country. Those that can be used now
 * join the list as if the file had been right; the others stay as they were.
 */
export async function mendImport(scope: Scope, listId: string, id: string, input: MendInput): Promise<Mended> {
	const { db, accountId } = scope;
	const typed = new Map(input.rows?.map(({ line, phoneNumber }) => [line, phoneNumber]));
	const [[found], errors] = await inOneBatch(db, [
		findingImport(db, accountId, listId, id),
		errorsToMend(db, accountId, id, {
			lines: input.rows && [...typed.keys()],
			reason: input.reason,
			after: input.after ?? 0,
			limit: MOST_AT_ONCE,
		}),
	]);
	if (!found) throw notFound("Import");
	if (found.status !== "done" || found.undoneAt !== null)
		throw new Fault("conflict", "Only the rows of an import that is done can be mended.");
	const country = input.country === undefined ? await countryOfUser(scope) : (countryCode(input.country) ?? null);
	if (country === null) throw new Fault("invalid_input", "country: not a country that we know");
	const numberOf = (error: ImportErrorRow, cell: string) =>
		typed.get(error.line) ?? (input.dropExtensions ? withoutExtension(cell) : cell);
	const { batch, mended } = readAgain(found, errors, numberOf, country);
	const row = mended.length > 0 ? await store(scope, found, batch, mended) : found;
	const left = await pagingErrors(db, accountId, id, { limit: ERRORS_ANSWERED - 1 });
	const nextLine = errors.length === MOST_AT_ONCE ? (errors.at(-1)?.line ?? null) : null;
	return { ...importOnWire(row), mended: mended.length, nextLine, errors: left.map(errorOnWire) };
}

function readAgain(
	{ columns: names, fields, firstContactId, rowsRead }: ImportRow,
	errors: ImportErrorRow[],
	numberOf: (error: ImportErrorRow, cell: string) => string,
	country: string | undefined,
) {
	const batch = new Batch();
	const mended: number[] = [];
	for (const error of errors) {
		const columns = fields.length > 0 ? columnsAsRead(names, fields) : columnsOf(names, error);
		const cells = [...error.cells];
		cells[columns.phone] = numberOf(error, cells[columns.phone] ?? "");
		const read = readRow({ line: error.line, cells: Array.from(cells, (cell) => cell ?? "") }, columns, country);
		if (typeof read === "string") continue;
		// Lines differ, and every id of the import itself is below the count of its rows.
		batch.addContact(idAt(firstContactId, rowsRead + error.line), read);
		mended.push(error.line);
	}
	return { batch, mended };
}

function columnsAsRead(names: string[], kept: (string | null)[]): Columns {
	const fields = kept.map((word) => (word === "ignore" ? word : (FIELDS.find((field) => field === word) ?? null)));
	return { fields, names, phone: fields.indexOf("phone"), hasHeader: true };
}

/** What the columns of an import hold that did not keep it: by their names, and by where the number was looked for. */
function columnsOf(names: string[], { cells, value }: ImportErrorRow): Columns {
	const guessed = guessColumns([{ line: 1, cells: names }]);
	const at = cells.findIndex((cell) => value !== "" && cell.trim() === value);
	const phone = guessed?.phone ?? Math.max(0, at);
	const fields = Array.from({ length: Math.max(names.length, cells.length) }, (_, column) =>
		column === phone ? ("phone" as const) : (guessed?.fields[column] ?? null),
	);
	return { fields, names, phone, hasHeader: true };
}

async function store(
	{ db, accountId, now: clock }: Scope,
	found: ImportRow,
	batch: Batch,
	mended: number[],
): Promise<ImportRow> {
	const { id: importId, listId, firstContactId: ownIds } = found;
	const now = clock();
	const counting = countingMended(db, accountId, { listId, id: importId, now });
	const results = await inOneBatch(db, [
		counting.before,
		...batch.contacts
			.all()
			.flatMap((json) => [
				keepingBefore(db, accountId, { importId, ownIds }, json),
				importingContacts(db, accountId, json, now),
			]),
		...batch.numbers.all().map((json) => addingMembersByNumber(db, accountId, { listId, importId }, json)),
		removingErrors(db, accountId, importId, mended),
		counting.after,
	]);
	const [row] = results.at(-1) as ImportRow[];
	if (!row) throw notFound("Import");
	return row;
}
