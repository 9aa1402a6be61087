import { env } from "cloudflare:workers";
import { afterEach, expect, it } from "vitest";
import { observeStatements } from "../db/client";
import { sweepGreetings } from "../greetings/sweep";
import { house, openAccount, type TestAccount } from "../test/house";
import { wav } from "../test/recordings";
import { settleImports } from "./import/settle-imports";

afterEach(() => observeStatements(undefined));

const csv = { headers: { "content-type": "text/csv" } };
const FILE = "phone,name\n+14155552671,Ann\n+14155552672,Bo\nnobody,Cy\n";
const idOf = async (reply: Response) => (await reply.json<{ id: string }>()).id;
const newList = async (account: TestAccount) => idOf(await account.call("/api/contact-lists", { name: "A" }));
const newContact = async (account: TestAccount) =>
	idOf(await account.call("/api/contacts", { phoneNumber: "+14155552673" }));
const newGreeting = async (account: TestAccount) => {
	const form = new FormData();
	form.append("file", new File([wav(1)], "a.wav"));
	return idOf(await account.call("/api/greeting-files", form));
};
const remove = (account: TestAccount, path: string) => account.call(path, undefined, { method: "DELETE" });

const WORK: Record<string, (account: TestAccount) => Promise<unknown>> = {
	"a search by number": (account) => account.call("/api/contacts?search=%2B1415"),
	"a search by name": (account) => account.call("/api/contacts?search=mira%20ok"),
	"an import": async (account) => account.call(`/api/contact-lists/${await newList(account)}/import`, FILE, csv),
	"a do-not-call import": (account) => account.call("/api/do-not-call/import", FILE, csv),
	"adding to a list": async (account) =>
		account.call(`/api/contact-lists/${await newList(account)}/contacts`, { contactIds: [await newContact(account)] }),
	"changing a contact": async (account) =>
		account.call(`/api/contacts/${await newContact(account)}`, { firstName: "X" }, { method: "PATCH" }),
	"forgetting a contact": async (account) => remove(account, `/api/contacts/${await newContact(account)}`),
	"removing a list": async (account) => remove(account, `/api/contact-lists/${await newList(account)}`),
	"removing a greeting": async (account) => remove(account, `/api/greeting-files/${await newGreeting(account)}`),
	"taking a number off the do-not-call list": async (account) => {
		await account.call("/api/do-not-call", { phoneNumber: "+14155552671" });
		await remove(account, "/api/do-not-call/+14155552671");
	},
	"settling imports": () => settleImports(house()),
	"sweeping greetings": async (account) => {
		await newGreeting(account);
		await sweepGreetings(house({ now: () => Date.now() + 3_600_000 }));
	},
};

it.each(Object.entries(WORK))("%s reads no table from end to end", async (_, work) => {
	const account = await openAccount();
	const asked: { sql: string; params: unknown[] }[] = [];
	observeStatements((statement) => asked.push(statement));

	await work(account);

	observeStatements(undefined);
	expect(asked).not.toEqual([]);
	for (const { sql, params } of asked) {
		const plan = env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`).bind(...params);
		const { results } = await plan.all<{ detail: string }>();
		expect(results.filter(({ detail }) => /^SCAN (?!json_each|wanted|CONSTANT ROW)/.test(detail))).toEqual([]);
	}
});
