import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { openMember } from "../../test/access-matrix.people";
import { house, openAccount, type TestAccount } from "../../test/house";
import { NO_SEAL, sealAccount, sealAudit, sealOf } from "./chain";
import { audit } from "./store";

const Page = z.object({
	items: z.array(z.looseObject({ id: z.string(), seal: z.string().nullable() })),
	nextCursor: z.string().nullable(),
});
const Proof = z.object({
	entries: z.number(),
	intact: z.boolean(),
	brokenAt: z.string().nullable(),
	head: z.string(),
});
const listOf = async (account: TestAccount) => Page.parse(await (await account.call("/api/audit")).json()).items;
const proofOf = async (account: TestAccount) => Proof.parse(await (await account.call("/api/audit/proof")).json());
const does = (account: TestAccount, name: string) => account.call("/api/api-keys", { name, scopes: ["read"] });

/** What somebody does who has the database itself. */
async function tamper(table: string, sql: string): Promise<void> {
	const { results } = await env.DB.prepare(
		"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?",
	)
		.bind(table)
		.all<{ name: string; sql: string }>();
	await env.DB.batch([
		...results.map(({ name }) => env.DB.prepare(`DROP TRIGGER ${name}`)),
		env.DB.prepare(sql),
		...results.map((trigger) => env.DB.prepare(trigger.sql)),
	]);
}

describe("the audit log", () => {
	it("tells the owner who did what, from where, newest first and page by page", async () => {
		const owner = await openAccount();
		const member = await openMember(owner);
		await owner.call(
			"/api/api-keys",
			{ name: "a", scopes: ["read"] },
			{ headers: { "cf-connecting-ip": "203.0.113.7" } },
		);
		await member.call("/api/api-keys", { name: "b", scopes: ["read"] });

		const first = Page.parse(await (await owner.call("/api/audit?limit=1")).json());
		const second = Page.parse(await (await owner.call(`/api/audit?limit=1&cursor=${first.nextCursor}`)).json());

		expect(first.items).toMatchObject([{ action: "key.made", actorId: member.userId, detail: { name: "b" } }]);
		expect(second.items).toMatchObject([{ actorId: owner.userId, ip: "203.0.113.7", detail: { name: "a" } }]);
		expect(second.nextCursor).toBeNull();
		expect((await member.call("/api/audit")).status).toBe(403);
	});

	it("cannot be rewritten or erased", async () => {
		const owner = await openAccount();
		await owner.call("/api/api-keys", { name: "a", scopes: ["read"] });

		await expect(env.DB.prepare("UPDATE audit_log SET action = 'nothing'").run()).rejects.toThrow(/append-only/);
		await expect(env.DB.prepare("DELETE FROM audit_log").run()).rejects.toThrow(/append-only/);
	});

	it("refuses a forged cursor", async () => {
		const owner = await openAccount();

		expect((await owner.call("/api/audit?cursor=forged")).status).toBe(422);
	});
});

describe("the chain of seals", () => {
	it("can be followed by anybody who has the log", async () => {
		const owner = await openAccount();
		await does(owner, "a");
		await does(owner, "b");

		await sealAudit(house());

		let seal = NO_SEAL;
		for (const { id, createdAt, seal: told, ...deed } of (await listOf(owner)).reverse()) {
			const row = { seq: Number(id), createdAt: Date.parse(String(createdAt)), ...deed };
			seal = await sealOf(seal, owner.accountId, row as unknown as Parameters<typeof sealOf>[2]);
			expect(told).toBe(seal);
		}
		expect(await proofOf(owner)).toEqual({ entries: 2, intact: true, brokenAt: null, head: seal });
	});

	it("does not fork when two seal at once, and keeps accounts apart", async () => {
		const [owner, other] = [await openAccount(), await openAccount()];
		for (const name of ["a", "b", "c"]) {
			await does(owner, name);
			await does(other, name);
		}

		await Promise.all([1, 2, 3].map(() => sealAccount(house(), owner.accountId)));
		await does(owner, "d");

		expect(await proofOf(owner)).toMatchObject({ entries: 4, intact: true });
		expect(await proofOf(other)).toMatchObject({ entries: 3, intact: true });
	});

	it.each([
		["a deed is rewritten", "audit_log", "UPDATE audit_log SET ip = '192.0.2.1' WHERE seq = "],
		["a seal is rewritten", "audit_seals", `UPDATE audit_seals SET seal = '${"a".repeat(64)}' WHERE seq = `],
	])("breaks when %s behind the log's back", async (_, table, sql) => {
		const owner = await openAccount();
		for (const name of ["a", "b", "c"]) await does(owner, name);
		await sealAudit(house());
		const second = (await listOf(owner))[1]?.id;

		await tamper(table, `${sql}${second}`);

		expect(await proofOf(owner)).toMatchObject({ entries: 1, intact: false, brokenAt: second });
	});

	it("breaks when a deed is taken away", async () => {
		const owner = await openAccount();
		for (const name of ["a", "b", "c"]) await does(owner, name);
		await sealAudit(house());
		const [last, second] = await listOf(owner);

		await tamper("audit_seals", `DELETE FROM audit_seals WHERE seq = ${second?.id}`);
		await tamper("audit_log", `DELETE FROM audit_log WHERE seq = ${second?.id}`);

		expect(await proofOf(owner)).toMatchObject({ intact: false, brokenAt: last?.id });
	});

	it("cannot be rewritten or erased itself", async () => {
		await does(await openAccount(), "a");
		await sealAudit(house());

		await expect(env.DB.prepare("UPDATE audit_seals SET seal = seal").run()).rejects.toThrow(/append-only/);
		await expect(env.DB.prepare("DELETE FROM audit_seals").run()).rejects.toThrow(/append-only/);
	});

	it("goes on over more deeds than are sealed at once", async () => {
		const owner = await openAccount();
		const { db } = house();
		const deeds = Array.from({ length: 60 }, (_, n) => audit(db, owner.scope(), { action: `test.${n}` }));
		for (let n = 0; n < 10; n++) await db.batch([audit(db, owner.scope(), { action: "test" }), ...deeds]);

		expect(await proofOf(owner)).toMatchObject({ entries: 610, intact: true });
	});
});

describe("the log as a file", () => {
	it("has every deed with its seal, and no formula for a spreadsheet", async () => {
		const owner = await openAccount();
		await owner.call(
			"/api/api-keys",
			{ name: "a", scopes: ["read"] },
			{ headers: { "user-agent": "=cmd|' /C calc'!A0" } },
		);
		await sealAudit(house());

		const reply = await owner.call("/api/audit/export.csv");

		expect(reply.headers.get("content-type")).toContain("text/csv");
		const [head, line] = (await reply.text()).split("\r\n");
		expect(head).toBe("id,createdAt,action,actorId,object,detail,ip,userAgent,seal");
		expect(line).toMatch(/,key\.made,.*,'=cmd\|.*,[0-9a-f]{64}$/);
	});
});
