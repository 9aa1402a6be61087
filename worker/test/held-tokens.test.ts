import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { observeStatements } from "../db/client";
import { MATRIX } from "./access-matrix";
import { knock, openAccount, type TestAccount } from "./house";

/** Whoever moves money, credentials or telephone lines is asked for in the database; a token that still lives is not enough. */
const ASK_FIRST = [
	"POST /api/api-keys",
	"DELETE /api/api-keys/:id",
	"POST /api/auth/totp",
	"DELETE /api/auth/sessions",
	"DELETE /api/auth/sessions/:id",
	"PATCH /api/sub-accounts/:id",
	"DELETE /api/sub-accounts/:id",
	"POST /api/sub-accounts/:id/invite",
	"POST /api/sub-accounts/:id/suspend",
	"POST /api/sub-accounts/:id/resume",
	"GET /api/account/export",
	"DELETE /api/account",
	"POST /api/wallet/top-up",
	"POST /api/channels/generate-phone-number",
	"POST /api/phone-numbers/purchase/batch",
	"DELETE /api/phone-numbers/:id",
	"DELETE /api/channels/:id",
	"POST /api/sip-providers",
	"PUT /api/sip-providers/:id",
	"PATCH /api/sip-providers/:id/status",
	"DELETE /api/sip-providers/:id",
];

async function prepared(route: string, owner: TestAccount) {
	const row = MATRIX[route];
	if (!row) throw new Error(`no such route: ${route}`);
	const [method = "", path = ""] = route.split(" ");
	const id = (await row.id?.(owner)) ?? "";
	const body = typeof row.body === "object" ? JSON.stringify(row.body).replaceAll("{id}", id) : undefined;
	const url = (row.path ?? path.replace(/:\w+/, "{id}")).replaceAll("{id}", id).replaceAll("{owner}", owner.userId);
	const headers = { authorization: `Bearer ${owner.token}`, ...(body ? { "content-type": "application/json" } : {}) };
	return () => knock(url, { method, headers, ...(body ? { body } : {}) });
}

describe("a token whose session has ended elsewhere", () => {
	it.each(ASK_FIRST)("does not open %s", async (route) => {
		const owner = await openAccount({ balanceMicros: 1e9 });
		const ask = await prepared(route, owner);
		await env.DB.prepare("UPDATE sessions SET revoked_at = 1 WHERE user_id = ?").bind(owner.userId).run();

		const reply = await ask();

		expect(reply.status).toBe(401);
		expect(await reply.json()).toMatchObject({ code: "signed_out" });
	});

	it("is found out by one read of an index, in the batch that does the work", async () => {
		const owner = await openAccount();
		const asked: { sql: string; params: unknown[]; inBatch: boolean }[] = [];
		observeStatements((statement) => asked.push(statement));

		const reply = await owner.call("/api/api-keys", { name: "Office", scopes: ["read"] });
		observeStatements(undefined);

		expect(reply.headers.get("server-timing")).toContain("1 round trips");
		const checks = asked.filter(({ sql }) => sql.includes("INSERT INTO must") && sql.includes("sessions"));
		expect(checks.map(({ inBatch }) => inBatch)).toEqual([true]);
		const [check] = checks;
		const plan = await env.DB.prepare(`EXPLAIN QUERY PLAN ${check?.sql}`)
			.bind(...(check?.params ?? []))
			.all<{ detail: string }>();
		const details = plan.results.map(({ detail }) => detail).filter((detail) => /^(SEARCH|SCAN)/.test(detail));
		expect(
			details.filter(
				(detail) => !/^(SEARCH .* USING (INTEGER )?(PRIMARY KEY|INDEX|COVERING INDEX)|SCAN CONSTANT ROW)/.test(detail),
			),
		).toEqual([]);
	});

	it("reads on for its last minutes, without a round trip to find out who it is", async () => {
		const owner = await openAccount();

		const reply = await owner.call("/api/users/settings");

		expect(reply.status).toBe(200);
		expect(reply.headers.get("server-timing")).toContain("1 round trips");
	});
});
