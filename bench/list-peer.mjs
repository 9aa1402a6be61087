// `node list-peer.mjs express|fastify PORT MODULES DATABASE SECRET`: the list of bench/requests.mjs as it is usually written in Node.
import { createRequire } from "node:module";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

const [, , kind, port, modules, file, secret] = process.argv;
const require = createRequire(join(modules, "peers.cjs"));
const db = opened();
const page = db.prepare("SELECT * FROM contacts WHERE account_id = ? ORDER BY id DESC LIMIT 51");

/** better-sqlite3 where it was built for this Node; else Node's own, which is the same SQLite and about as fast. */
function opened() {
	try {
		return new (require("better-sqlite3"))(file, { readonly: true });
	} catch {
		console.log(`  (${kind}: better-sqlite3 does not load here, so node:sqlite stands in)`);
		return new DatabaseSync(file, { readOnly: true });
	}
}

function list(account) {
	const rows = page.all(account);
	return { items: rows.slice(0, 50), nextCursor: rows.length > 50 ? rows[49].id : null };
}

const SERVERS = {
	express() {
		const jwt = require("jsonwebtoken");
		const app = require("express")();
		app.get("/contacts", (request, response) => {
			try {
				const { acc } = jwt.verify((request.headers.authorization ?? "").slice(7), secret, { algorithms: ["HS256"] });
				response.json(list(acc));
			} catch {
				response.status(401).json({ error: "signed out" });
			}
		});
		app.listen(Number(port), "127.0.0.1");
	},
	async fastify() {
		const app = require("fastify")();
		app.register(require("@fastify/jwt"), { secret });
		const text = { type: "string" };
		const names = ["id", "account_id", "e164", "country", "zones", "first_name", "last_name", "email", "notes"];
		const item = {
			type: "object",
			properties: {
				...Object.fromEntries(names.map((name) => [name, text])),
				custom_fields: text,
				tags: text,
				created_at: { type: "integer" },
				updated_at: { type: "integer" },
			},
		};
		const answer = {
			type: "object",
			properties: { items: { type: "array", items: item }, nextCursor: { type: ["string", "null"] } },
		};
		const schema = { response: { 200: answer } };
		app.get("/contacts", { schema, onRequest: (request) => request.jwtVerify() }, (request) => list(request.user.acc));
		await app.listen({ port: Number(port), host: "127.0.0.1" });
	},
};
await SERVERS[kind]();
