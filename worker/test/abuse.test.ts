import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { MATRIX, type Row } from "./access-matrix";
import { openMember, tokenOf } from "./access-matrix.people";
import { knock, openAccount, type TestAccount } from "./house";

// What nobody may set through any door, in the spellings of both sides of the wire.
const NOT_THEIRS: Record<string, unknown>[] = [
	{ isAdmin: true },
	{ is_admin: 1 },
	{ role: "owner" },
	{ accountId: "usr_somebody" },
	{ account_id: "usr_somebody" },
	{ emailVerifiedAt: 1 },
	{ balanceMicros: 1e12 },
	{ availableMicros: 1e12 },
	{ passwordHash: "$scrypt$" },
	{ createdAt: 0 },
	JSON.parse('{ "constructor": { "prototype": { "isAdmin": true } } }'),
];

/** Routes that take a JSON body, each with a row whose body is one that the route knows. */
const takingJson = Object.entries(MATRIX).filter(
	([route, row]) => /^(POST|PUT|PATCH|DELETE) /.test(route) && typeof row.body === "object" && hasNames(row.body),
);
function hasNames(body: object): boolean {
	return Object.keys(body).length > 0;
}

const role = (row: Row) => (row.owner !== undefined && row.owner !== 403 ? "owner" : "admin");

/** Makes what a route is about, and gives the means to send it one body after another. */
async function sender(route: string, row: Row, owner: TestAccount) {
	const token = await tokenOf(role(row), owner);
	const [method = "", path = ""] = route.split(" ");
	const id = (await row.id?.(owner)) ?? "";
	const filled = (text: string) => text.replaceAll("{owner}", owner.userId).replaceAll("{id}", id);
	const url = filled(row.path ?? path.replace(":userId", "{owner}").replace(/:\w+(\{[^}]*\})?/, "{id}"));
	const isOpen = row.owner === undefined && row.admin === undefined;
	return async (body: string, type = "application/json") => {
		const headers = { "content-type": type, ...(isOpen ? {} : { authorization: `Bearer ${token}` }) };
		const reply = await knock(url, { method, headers, body: filled(body) });
		await reply.body?.cancel();
		return reply.status;
	};
}

describe("every body", () => {
	it("is looked at: there are many that take one", () => {
		expect(takingJson.length).toBeGreaterThan(30);
	});

	it.each(takingJson)("of %s takes nothing that is not its sender's to set", async (route, row) => {
		const owner = await openAccount({ balanceMicros: 1e9 });
		const send = await sender(route, row, owner);

		const statuses = [];
		for (const extra of NOT_THEIRS) statuses.push(await send(JSON.stringify({ ...row.body, ...extra })));

		expect(statuses).toEqual(NOT_THEIRS.map(() => 422));
		const books = await env.DB.prepare(
			"SELECT is_admin, role, available_micros FROM users JOIN wallets USING (account_id) WHERE users.id = ?",
		)
			.bind(owner.userId)
			.first();
		expect(books).toMatchObject({ is_admin: 0, role: "owner" });
	});

	it.each(takingJson)("of %s is refused when it is odd, and never a bug", async (route, row) => {
		const owner = await openAccount({ balanceMicros: 1e9 });
		const send = await sender(route, row, owner);
		const nested = `${'{"a":'.repeat(2_000)}1${"}".repeat(2_000)}`;
		const names = Object.keys(row.body ?? {});
		const wrongTypes = Object.fromEntries(names.map((name) => [name, { $ne: [null, 1e308, "\u0000"] }]));

		const statuses = [];
		for (const body of ["null", "[]", '"text"', "42", "{", nested, JSON.stringify(wrongTypes)])
			statuses.push(await send(body));
		statuses.push(await send("a=b", "application/x-www-form-urlencoded"));
		statuses.push(await send("<a/>", "text/xml"));
		statuses.push(await send(JSON.stringify({ ...row.body, name: "x".repeat(1024 * 1024) })));

		expect(statuses).toEqual([422, 422, 422, 422, 400, 422, 422, 415, 415, 413]);
	});
});

describe("a body that does not say how long it is", () => {
	const endless = (piece: string, pieces: number) => {
		let left = pieces;
		return new ReadableStream({
			pull(controller) {
				if (left-- > 0) controller.enqueue(new TextEncoder().encode(piece));
				else controller.close();
			},
		});
	};
	const post = (path: string, type: string, body: ReadableStream, token = "") =>
		knock(path, { method: "POST", body, headers: { "content-type": type, authorization: `Bearer ${token}` } });

	it.each([
		["/api/contacts", "application/json", 2],
		["/webhooks/vapi", "application/json", 12],
		["/webhooks/twilio/messages/incoming", "application/x-www-form-urlencoded", 12],
	])("to %s is read no further than it may be long", async (path, type, megabytes) => {
		const { token } = await openAccount();

		const reply = await post(path, type, endless(`"${"x".repeat(1024 * 1024 - 2)}"`, megabytes), token);

		expect(reply.status).toBe(413);
		expect(await reply.json()).toMatchObject({ code: "too_large" });
	});
});

describe("a member", () => {
	it.each([
		["PATCH", (id: string) => `/api/profiles/${id}`, { role: "owner" }, 422],
		["PATCH", (id: string) => `/api/profiles/${id}`, { isAdmin: true }, 422],
		["POST", (_: string, owner: string) => `/api/profiles/${owner}/affiliate`, {}, 404],
		["PATCH", (id: string) => `/api/sub-accounts/${id}`, { spendingLimit: null }, 403],
		["POST", (id: string) => `/api/sub-accounts/${id}/resume`, {}, 403],
		["GET", () => "/api/admin/invariants", undefined, 403],
		["POST", () => "/api/admin/invariants", {}, 403],
		["GET", () => "/api/admin/invariants/", undefined, 404],
		["GET", () => "/api/ADMIN/invariants", undefined, 404],
		["GET", () => "/api/%61dmin/invariants", undefined, 403],
		["GET", () => "/api/users/%2e%2e/admin/invariants", undefined, 403],
	])("does not rise by %s %s", async (method, path, body, status) => {
		const owner = await openAccount();
		const member = await openMember(owner);

		const reply = await member.call(path(member.userId, owner.userId), body, method);

		expect(reply.status).toBe(status);
		const row = await env.DB.prepare("SELECT role, is_admin FROM users WHERE id = ?").bind(member.userId).first();
		expect(row).toEqual({ role: "member", is_admin: 0 });
	});
});
