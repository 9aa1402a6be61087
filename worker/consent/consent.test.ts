import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { inOneBatch } from "../db/client";
import { knock, openAccount, type TestAccount } from "../test/house";
import { gate } from "./gate";
import { type PersonsWord, start, stop } from "./store";

const NUMBER = "+14155552671";
interface Entry {
	id: string;
	phoneNumber: string;
	scope: string;
	source: string;
	removable: boolean;
}

const forbid = (account: TestAccount, input: object = {}) =>
	account.call("/api/do-not-call", { phoneNumber: NUMBER, ...input });
const allow = (account: TestAccount, id = NUMBER) =>
	account.call(`/api/do-not-call/${id}`, undefined, { method: "DELETE" });
const entries = async (account: TestAccount) =>
	(await (await account.call("/api/do-not-call")).json<{ items: Entry[] }>()).items;

/** What the person says, in a batch as a hook would. */
async function personSays(account: TestAccount, word: typeof stop, said: Partial<PersonsWord> = {}): Promise<void> {
	const { db, accountId } = account.scope();
	const whole = { e164: NUMBER, scope: "all" as const, source: "sms" as const, evidence: "SM1", now: 1, ...said };
	await inOneBatch(db, [word(db, accountId, whole)]);
}
const mayBeCalled = async ({ scope }: TestAccount, e164 = NUMBER, channel: "calls" | "messages" = "calls") =>
	gate(scope().db, scope().accountId, e164, channel).then(
		() => true,
		(fault: { code: string }) => fault.code,
	);

describe("the do-not-call list", () => {
	it("closes the gate for a number, and for this account only", async () => {
		const account = await openAccount();
		const other = await openAccount();

		const reply = await forbid(account, { phoneNumber: "(415) 555-2671", country: "US", note: "asked by letter" });

		expect(reply.status).toBe(201);
		expect(await reply.json()).toMatchObject({
			id: NUMBER,
			userId: account.userId,
			phoneNumber: NUMBER,
			formatted: "+1 415 555 2671",
			scope: "all",
			source: "do_not_call",
			removable: true,
		});
		expect([await mayBeCalled(account), await mayBeCalled(other)]).toEqual(["opted_out", true]);
	});

	it("may close calls and leave messages open", async () => {
		const account = await openAccount();

		const reply = await forbid(account, { scope: "calls" });

		expect(await reply.json()).toMatchObject({ id: `${NUMBER}:calls` });
		expect(await mayBeCalled(account)).toBe("opted_out");
		expect(await mayBeCalled(account, NUMBER, "messages")).toBe(true);
		expect((await allow(account, `${NUMBER}:calls`)).status).toBe(200);
		expect(await mayBeCalled(account)).toBe(true);
	});

	it("lets the owner take a number off again, and remembers that", async () => {
		const account = await openAccount();
		await forbid(account, { note: "by mistake" });

		const gone = await allow(account);

		expect([gone.status, await gone.json()]).toEqual([200, { success: true }]);
		expect([await mayBeCalled(account), await entries(account)]).toEqual([true, []]);
		expect((await allow(account)).status).toBe(404);
		await forbid(account);
		const { history } = await (await account.call(`/api/do-not-call/${NUMBER}`)).json<{ history: object[] }>();
		expect(history).toMatchObject([
			{ action: "stop" },
			{ action: "start", source: "owner" },
			{ action: "stop", source: "do_not_call", evidence: "by mistake" },
		]);
	});

	it("is a conflict to enter twice", async () => {
		const account = await openAccount();
		await forbid(account);

		const again = await forbid(account);

		expect([again.status, await again.json()]).toMatchObject([409, { code: "already_exists" }]);
		expect(await entries(account)).toHaveLength(1);
	});

	it("is read page by page, in the order of the numbers", async () => {
		const account = await openAccount();
		for (const last of [3, 1, 2]) await forbid(account, { phoneNumber: `+1415555267${last}` });

		const first = await (await account.call("/api/do-not-call?limit=2")).json<{ items: Entry[]; nextCursor: string }>();
		const next = await (await account.call(`/api/do-not-call?limit=2&cursor=${first.nextCursor}`)).json<typeof first>();

		expect([...first.items, ...next.items].map(({ id }) => id.slice(-1))).toEqual(["1", "2", "3"]);
		expect(next.nextCursor).toBeNull();
	});
});

describe("what a person says", () => {
	it("closes the gate, and no owner opens it", async () => {
		const account = await openAccount();
		await personSays(account, stop, { source: "keypress" });

		const reply = await allow(account);

		expect([reply.status, await reply.json()]).toMatchObject([409, { code: "opted_out" }]);
		expect(await mayBeCalled(account)).toBe("opted_out");
		expect(await entries(account)).toMatchObject([{ source: "keypress", removable: false }]);
	});

	it("stands also where the owner had entered the number before, or enters it and takes it off", async () => {
		const account = await openAccount();
		await forbid(account);
		await personSays(account, stop);

		expect((await allow(account)).status).toBe(409);
		expect((await forbid(account)).status).toBe(201);
		expect((await allow(account)).status).toBe(409);
		expect(await mayBeCalled(account)).toBe("opted_out");
	});

	it("is the person's to take back, and leaves the owner's own wish", async () => {
		const account = await openAccount();
		await personSays(account, stop);
		await forbid(account);

		await personSays(account, start);

		expect(await entries(account)).toMatchObject([{ source: "do_not_call", removable: true }]);
		await allow(account);
		expect(await mayBeCalled(account)).toBe(true);
	});

	it("may be said twice, and lifts at once", async () => {
		const account = await openAccount();
		await personSays(account, stop);
		await personSays(account, stop);

		await personSays(account, start);

		expect(await mayBeCalled(account)).toBe(true);
	});

	it("is lifted for the channel that it names", async () => {
		const account = await openAccount();
		await personSays(account, stop, { scope: "calls" });
		await personSays(account, stop, { scope: "messages" });

		await personSays(account, start, { scope: "messages" });

		expect(await mayBeCalled(account, NUMBER, "messages")).toBe(true);
		expect(await mayBeCalled(account, NUMBER, "calls")).toBe("opted_out");
	});

	it.each(["UPDATE consent_events SET action = 'start'", "DELETE FROM consent_events", "DELETE FROM suppressions"])(
		"is not erased by any statement: %s",
		async (statement) => {
			const account = await openAccount();
			await personSays(account, stop);

			await expect(env.DB.prepare(`${statement} WHERE account_id = ?`).bind(account.accountId).run()).rejects.toThrow();
		},
	);
});

describe("importing a do-not-call list", () => {
	const send = (account: TestAccount, body: string, query = "") =>
		account.call(`/api/do-not-call/import${query}`, body, { headers: { "content-type": "text/csv" } });

	it("enters every number once, and says which rows are none", async () => {
		const account = await openAccount();
		await forbid(account);

		const reply = await send(account, "number\n(415) 555-2671\n4155552672\n+14155552672\nnobody\n", "?country=US");

		expect(reply.status).toBe(201);
		expect(await reply.json()).toMatchObject({
			rowsRead: 4,
			rowsAdded: 1,
			rowsKnown: 2,
			rowsBad: 1,
			errors: [{ line: 5, reason: "invalid_number", value: "nobody" }],
		});
		expect(await mayBeCalled(account, "+14155552672")).toBe("opted_out");
	});

	it("changes nothing the second time", async () => {
		const account = await openAccount();
		const file = `phone\n${Array.from({ length: 300 }, (_, n) => `+1415555${2_000 + n}`).join("\n")}`;
		await send(account, file);

		const again = await send(account, file);

		expect(await again.json()).toMatchObject({ rowsRead: 300, rowsAdded: 0, rowsKnown: 300, rowsBad: 0 });
		expect(again.headers.get("server-timing")).toContain("1 round trips");
	});
});

describe("at the door", () => {
	it.each([
		["GET", "/api/do-not-call"],
		["POST", "/api/do-not-call"],
		["POST", "/api/do-not-call/import"],
		["GET", `/api/do-not-call/${NUMBER}`],
		["DELETE", `/api/do-not-call/${NUMBER}`],
	])("%s %s is for those who are signed in, and for their own", async (method, path) => {
		const account = await openAccount();
		const stranger = await openAccount();
		await forbid(account);

		expect((await knock(path, { method })).status).toBe(401);
		if (method !== "POST")
			expect((await stranger.call(`${path}?userId=${account.userId}`, undefined, { method })).status).toBe(404);
		if (path.endsWith(NUMBER)) expect((await stranger.call(path, undefined, { method })).status).toBe(404);
		expect(await mayBeCalled(account)).toBe("opted_out");
	});

	it.each([
		[{ phoneNumber: "12" }, 422],
		[{ phoneNumber: NUMBER, country: "Narnia" }, 422],
		[{ phoneNumber: NUMBER, scope: "everything" }, 422],
		[{ phoneNumber: NUMBER, source: "sms" }, 422],
		[{ phoneNumber: NUMBER, note: "x".repeat(501) }, 422],
		[{}, 422],
	])("refuses %j", async (input, status) => {
		const account = await openAccount();

		expect((await account.call("/api/do-not-call", input)).status).toBe(status);
		expect(await entries(account)).toEqual([]);
	});
});
