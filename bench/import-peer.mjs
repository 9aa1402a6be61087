import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import Papa from "papaparse";
import { ROOT } from "../worker/local/paths.mjs";

/** The product's own tables with their indexes, foreign keys and triggers: the two write the same rows into the same schema. */
function tables(db) {
	db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON");
	const folder = join(ROOT, "migrations");
	for (const name of readdirSync(folder).sort()) db.exec(readFileSync(join(folder, name), "utf8"));
	db.exec(`INSERT INTO accounts (id, created_at) VALUES ('usr_1', 1);
		INSERT INTO contact_lists (id, account_id, name, created_at, updated_at) VALUES ('lst_1', 'usr_1', 'bench', 1, 1);
		INSERT INTO imports (id, account_id, list_id, status, created_at, updated_at) VALUES ('imp_1', 'usr_1', 'lst_1', 'running', 1, 1)`);
}

/** The same work as a careful Node program does it: the same parser, libphonenumber, prepared statements in one transaction. Seconds. */
export function importInNode(text) {
	const folder = mkdtempSync(join(tmpdir(), "trunkline-peer-"));
	const db = new DatabaseSync(join(folder, "peer.sqlite"));
	try {
		tables(db);
		const began = performance.now();
		const cpuBefore = process.cpuUsage();
		const read = fill(db, text);
		const { user, system } = process.cpuUsage(cpuBefore);
		return { ...read, seconds: (performance.now() - began) / 1_000, cpu: (user + system) / 1e6 };
	} finally {
		db.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

function fill(db, text) {
	const contact =
		db.prepare(`INSERT INTO contacts (id, account_id, e164, country, first_name, email, created_at, updated_at)
		VALUES (?, 'usr_1', ?, ?, ?, ?, 1, 1)
		ON CONFLICT (account_id, e164) DO UPDATE SET first_name = excluded.first_name RETURNING id`);
	const member = db.prepare("INSERT INTO list_members VALUES ('usr_1', 'lst_1', ?) ON CONFLICT DO NOTHING");
	const error = db.prepare("INSERT INTO import_errors VALUES ('usr_1', 'imp_1', ?, ?, '{}')");
	let line = 1;
	let bad = 0;
	db.exec("BEGIN");
	for (const row of Papa.parse(text, { header: true, skipEmptyLines: true }).data) {
		line++;
		const number = parsePhoneNumberFromString(row.phone ?? "", { extract: false });
		if (!number?.isValid()) {
			bad++;
			error.run(line, "not a valid phone number");
			continue;
		}
		const id = `con_${String(line).padStart(26, "0")}`;
		const known = contact.get(id, number.number, number.country ?? "", row.name, row.email);
		member.run(known.id);
	}
	db.exec("COMMIT");
	return { rows: line - 1, bad };
}
