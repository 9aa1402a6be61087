import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { knock, openAccount, type TestAccount } from "../../test/house";
import { UNDO_MS } from "./undo-until";

const NUMBERS = ["+14152340000", "+14152340001", "+14152340002", "+14152340003"];
const file = (...rows: string[]) => ["phone,first name,plan,consent date", ...rows].join("\n");

async function openList(account: TestAccount): Promise<string> {
	return (await (await account.call("/api/contact-lists", { name: "Customers" })).json<{ id: string }>()).id;
}
async function send(account: TestAccount, list: string, body: string): Promise<string> {
	const reply = await account.call(`/api/contact-lists/${list}/import`, undefined, {
		method: "POST",
		body,
		headers: { "content-type": "text/csv" },
	});
	return (await reply.json<{ importId: string }>()).importId;
}
const undo = (account: TestAccount, list: string, id: string) =>
	account.call(`/api/contact-lists/${list}/imports/${id}/undo`, {});
async function contactsOf(account: TestAccount) {
	const { items } = await (await account.call("/api/contacts")).json<{ items: Record<string, unknown>[] }>();
	return items.map(({ phoneNumber, firstName, customFields }) => ({ phoneNumber, firstName, customFields }));
}
const countOf = async (account: TestAccount, list: string) =>
	(await (await account.call(`/api/contact-lists/${list}`)).json<{ contactCount: number }>()).contactCount;

describe("taking a whole import back", () => {
	it("leaves contacts, lists and what was known as they were before", async () => {
		const account = await openAccount();
		const [list, other] = [await openList(account), await openList(account)];
		await send(account, other, file(`${NUMBERS[0]},Ann,Gold,2026-01-02`));
		const before = await contactsOf(account);

		const id = await send(
			account,
			list,
			file(`${NUMBERS[0]},Anna,Silver,`, `${NUMBERS[1]},Ben,,`, `${NUMBERS[2]},Cid,,`),
		);
		expect([await countOf(account, list), (await contactsOf(account)).length]).toEqual([3, 3]);
		const reply = await undo(account, list, id);

		expect(await reply.json()).toMatchObject({ importId: id, undoUntil: null, undoneAt: expect.any(String) });
		expect(await contactsOf(account)).toEqual(before);
		expect([await countOf(account, list), await countOf(account, other)]).toEqual([0, 1]);
	});

	it("keeps whoever was changed by hand since, and whoever stands on another list", async () => {
		const account = await openAccount();
		const [list, other] = [await openList(account), await openList(account)];
		const id = await send(account, list, file(`${NUMBERS[1]},Ben,,`, `${NUMBERS[2]},Cid,,`, `${NUMBERS[3]},Dee,,`));
		const { items } = await (await account.call("/api/contacts")).json<{
			items: { id: string; firstName: string }[];
		}>();
		const idOf = (name: string) => items.find(({ firstName }) => firstName === name)?.id ?? "";
		await new Promise((resolve) => setTimeout(resolve, 5));
		await account.call(`/api/contacts/${idOf("Ben")}`, { notes: "called" }, { method: "PATCH" });
		await account.call(`/api/contact-lists/${other}/contacts`, { contactIds: [idOf("Cid")] });

		await undo(account, list, id);

		expect((await contactsOf(account)).map(({ firstName }) => firstName).sort()).toEqual(["Ben", "Cid"]);
		expect(await countOf(account, list)).toBe(0);
	});

	it("does it once, within a day, and not while it runs", async () => {
		const account = await openAccount();
		const list = await openList(account);
		const [late, running, done] = [
			await send(account, list, file(`${NUMBERS[0]},Ann,,`)),
			await send(account, list, file(`${NUMBERS[1]},Ben,,`)),
			await send(account, list, file(`${NUMBERS[2]},Cid,,`)),
		];
		await env.DB.prepare("UPDATE imports SET created_at = ? WHERE id = ?")
			.bind(Date.now() - UNDO_MS, late)
			.run();
		await env.DB.prepare("UPDATE imports SET status = 'running' WHERE id = ?").bind(running).run();

		const statuses = await Promise.all([late, running].map(async (id) => (await undo(account, list, id)).status));
		const twice = [(await undo(account, list, done)).status, (await undo(account, list, done)).status];

		expect([statuses, twice]).toEqual([
			[409, 409],
			[200, 409],
		]);
		expect(await countOf(account, list)).toBe(2);
	});

	it("forgets no stop that was said meanwhile", async () => {
		const account = await openAccount();
		const list = await openList(account);
		const id = await send(account, list, file(`${NUMBERS[0]},Ann,,`));
		await account.call("/api/do-not-call", { phoneNumber: NUMBERS[0] });

		await undo(account, list, id);
		await send(account, list, file(`${NUMBERS[0]},Ann,,`));

		const { items } = await (await account.call("/api/do-not-call")).json<{ items: { phoneNumber: string }[] }>();
		expect(items.map(({ phoneNumber }) => phoneNumber)).toEqual([NUMBERS[0]]);
	});

	it("is nobody else's", async () => {
		const account = await openAccount();
		const list = await openList(account);
		const id = await send(account, list, file(`${NUMBERS[0]},Ann,,`));

		expect((await undo(await openAccount(), list, id)).status).toBe(404);
		expect((await knock(`/api/contact-lists/${list}/imports/${id}/undo`, { method: "POST" })).status).toBe(401);
		expect(await countOf(account, list)).toBe(1);
	});
});

describe("what a file says beside the number", () => {
	it("keeps when somebody agreed to be called, and a yes without a date as it stands", async () => {
		const account = await openAccount();
		const list = await openList(account);
		await send(
			account,
			list,
			file(`${NUMBERS[0]},Ann,,2026-01-02`, `${NUMBERS[1]},Ben,,yes`, `${NUMBERS[2]},Cid,,2999-01-01`),
		);

		const { items } = await (await account.call("/api/contacts")).json<{
			items: { consentedAt: string | null; customFields: object }[];
		}>();
		expect(items.map(({ consentedAt, customFields }) => [consentedAt, customFields])).toEqual([
			[null, { consent: "2999-01-01" }],
			[null, { consent: "yes" }],
			["2026-01-02T00:00:00.000Z", {}],
		]);
	});

	it("tells numbers that cost more than a call should", async () => {
		const account = await openAccount();
		const list = await openList(account);
		await send(account, list, "phone\n+19002345678\n+881612345678\n+14152340009\n");
		await account.call("/api/contacts", { phoneNumber: "+1 900 234 5679" });

		const { items } = await (await account.call("/api/contacts")).json<{
			items: { phoneNumber: string; barred: string | null }[];
		}>();
		expect(Object.fromEntries(items.map(({ phoneNumber, barred }) => [phoneNumber, barred]))).toEqual({
			"+19002345678": "premium",
			"+19002345679": "premium",
			"+14152340009": null,
			...(items.some(({ phoneNumber }) => phoneNumber === "+881612345678") ? { "+881612345678": "no_country" } : {}),
		});
	});
});
