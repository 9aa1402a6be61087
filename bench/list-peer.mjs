// `node list-peer.mjs express|fastify PORT MODULES DATABASE SECRET`: the list of bench/requests.mjs as it is usually written in Node.
import { createRequire } from "node:module";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";

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

/** The rows as they stand: the least that a list can be. */
function rows(account) {
	const found = page.all(account);
	return { items: found.slice(0, 50), nextCursor: found.length > 50 ? found[49].id : null };
}

/** The answer that our list gives: with numbers as people read them, times as ISO 8601, and what is kept as JSON as what it is. */
function contacts(account) {
	const { items, nextCursor } = rows(account);
	return { items: items.map(onWire), nextCursor };
}

const iso = (at) => (at === null ? null : new Date(at).toISOString());
const onWire = (row) => ({
	id: row.id,
	userId: row.account_id,
	phoneNumber: row.e164,
	formatted: parsePhoneNumberFromString(row.e164)?.formatInternational() ?? row.e164,
	country: row.country,
	timeZone: row.time_zone,
	zones: row.zones === "" ? [] : row.zones.split("|"),
	barred: row.barred || null,
	consentedAt: iso(row.consented_at),
	firstName: row.first_name,
	lastName: row.last_name,
	email: row.email,
	notes: row.notes,
	customFields: JSON.parse(row.custom_fields),
	tags: JSON.parse(row.tags),
	createdAt: iso(row.created_at),
	updatedAt: iso(row.updated_at),
});

const text = { type: "string" };
const maybe = { type: ["string", "null"] };
const texts = { type: "array", items: text };
const each = (names, type) => Object.fromEntries(names.split(" ").map((name) => [name, type]));
const ROW = {
	...each("id account_id e164 country zones first_name last_name email notes custom_fields tags", text),
	...each("created_at updated_at", { type: "integer" }),
};
const CONTACT = {
	...each("id userId phoneNumber formatted country firstName lastName email notes createdAt updatedAt", text),
	...each("timeZone barred consentedAt", maybe),
	...each("zones tags", texts),
	customFields: { type: "object", additionalProperties: true },
};

const SERVERS = {
	express() {
		const jwt = require("jsonwebtoken");
		const app = require("express")();
		const answering = (list) => (request, response) => {
			try {
				const { acc } = jwt.verify((request.headers.authorization ?? "").slice(7), secret, { algorithms: ["HS256"] });
				response.json(list(acc));
			} catch {
				response.status(401).json({ error: "signed out" });
			}
		};
		app.get("/contacts", answering(contacts));
		app.get("/rows", answering(rows));
		app.listen(Number(port), "127.0.0.1");
	},
	async fastify() {
		const app = require("fastify")();
		app.register(require("@fastify/jwt"), { secret });
		const answering = (list, item) => {
			const items = { type: "array", items: { type: "object", properties: item } };
			const answer = { type: "object", properties: { items, nextCursor: maybe } };
			const schema = { response: { 200: answer } };
			return [{ schema, onRequest: (request) => request.jwtVerify() }, (request) => list(request.user.acc)];
		};
		app.get("/contacts", ...answering(contacts, CONTACT));
		app.get("/rows", ...answering(rows, ROW));
		await app.listen({ port: Number(port), host: "127.0.0.1" });
	},
};
await SERVERS[kind]();
