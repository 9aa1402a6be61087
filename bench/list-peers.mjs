import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { freePort } from "../worker/local/ports.mjs";

/**
 * Starts the lists of bench/list-peer.mjs, with as large a table of their own: `own` contacts of the account among a `crowd`. What is started
 * goes into `children` at once, for whoever stops it.
 */
export async function startPeers(
	{ folder, modules = installPeers(folder), secret, account, own, crowd },
	headers,
	children,
) {
	const file = join(folder, "peer.sqlite");
	const db = new DatabaseSync(file);
	db.exec(`CREATE TABLE contacts (id TEXT PRIMARY KEY, account_id TEXT NOT NULL, e164 TEXT NOT NULL, country TEXT, zones TEXT,
		first_name TEXT, last_name TEXT, email TEXT, notes TEXT, custom_fields TEXT, tags TEXT, created_at INTEGER, updated_at INTEGER,
		time_zone TEXT, barred TEXT, consented_at INTEGER);
		CREATE INDEX contacts_of_account ON contacts (account_id, id)`);
	const add = db.prepare(
		"INSERT INTO contacts VALUES (?, ?, ?, 'US', '', 'Ada', ?, ?, '', '{}', '[]', 1, 1, NULL, '', NULL)",
	);
	db.exec("BEGIN");
	for (let n = 0; n < crowd + own; n++)
		add.run(
			`con_${String(n).padStart(26, "0")}`,
			n < own ? account : "crowd",
			`+1${4_155_552_000 + n}`,
			`Number ${n}`,
			`a${n}@example.com`,
		);
	db.exec("COMMIT");
	db.close();
	const started = ["express", "fastify"].map(async (name) => {
		const port = await freePort();
		const child = spawn(
			process.execPath,
			[join(import.meta.dirname, "list-peer.mjs"), name, port, modules, file, secret],
			{
				stdio: "inherit",
				env: { ...process.env, NODE_ENV: "production" },
			},
		);
		children.push(child);
		const peer = { origin: `http://127.0.0.1:${port}`, pid: child.pid };
		return [
			{ ...peer, name, request: { path: "/contacts", headers } },
			{ ...peer, name: `${name}Rows`, request: { path: "/rows", headers } },
		];
	});
	return (await Promise.all(started)).flat();
}

/** Into a folder of the moment: the product needs none of them. */
function installPeers(folder) {
	console.log("Installing express, fastify and better-sqlite3 into a temporary folder (--peers FOLDER saves it) ...");
	const names = ["express", "fastify", "better-sqlite3", "jsonwebtoken", "@fastify/jwt"];
	execFileSync("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--prefix", folder, ...names], {
		stdio: "inherit",
	});
	return folder;
}
