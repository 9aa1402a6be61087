import { csvLine } from "../pure/csv-line";
import type { Scope } from "../scope";
import { recipientsPage } from "./recipients/store";
import { toRecipient } from "./shape";

const COLUMNS = [
	"contactId",
	"phoneNumber",
	"name",
	"state",
	"outcome",
	"attempts",
	"dueAt",
	"lastAttemptAt",
	"connectedAt",
] as const;
const PAGE = 1_000;

/** The people of a campaign with the latest result of each, as lines of CSV, a page of the database at a time. */
export async function* exportRecipients({ db, accountId }: Scope, campaignId: string): AsyncGenerator<string, void> {
	yield `${csvLine(COLUMNS)}\r\n`;
	let after: string | undefined;
	do {
		const rows = await recipientsPage(db, accountId, campaignId, { after, limit: PAGE, outcome: undefined });
		const page = rows.slice(0, PAGE).map(toRecipient);
		after = rows.length > PAGE ? page.at(-1)?.contactId : undefined;
		yield page.map((person) => `${csvLine(COLUMNS.map((column) => person[column]))}\r\n`).join("");
	} while (after !== undefined);
}
