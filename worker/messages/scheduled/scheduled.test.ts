import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { CarrierBusy } from "../../outside/carrier/carrier";
import { openMember } from "../../test/access-matrix.people";
import { type FakeCarrier, fakeCarrier } from "../../test/fake-carrier";
import { house, openAccount, type TestAccount } from "../../test/house";
import { inboxNumber, textFrom } from "../../test/inbox";
import { sendDue } from "./send-due";

const PEER = "+447712345678";
const DOLLAR = 1_000_000;
const HOUR = 3_600_000;

afterEach(() => vi.restoreAllMocks());

interface Waiting {
	account: TestAccount;
	number: string;
	id: string;
	carrier: FakeCarrier;
	row(): Promise<Record<string, unknown> | null>;
	/** The clock comes to it, so many hours from now. */
	tick(hours?: number): Promise<void>;
}

const inAnHour = () => new Date(Date.now() + HOUR).toISOString();

async function wait(change: object = {}): Promise<Waiting> {
	const account = await openAccount({ balanceMicros: DOLLAR });
	const number = await inboxNumber(account);
	const reply = await account.call("/api/scheduled-messages", {
		from: number,
		to: PEER,
		body: "Later",
		sendAt: inAnHour(),
		...change,
	});
	const { id } = await reply.json<{ id: string }>();
	const carrier = fakeCarrier();
	return {
		account,
		number,
		id,
		carrier,
		row: () => env.DB.prepare("SELECT * FROM scheduled_messages WHERE id = ?").bind(id).first(),
		tick: (hours = 2) => sendDue(house({ carrier, now: () => Date.now() + hours * HOUR })),
	};
}

describe("a message for later", () => {
	it("waits without money, and goes once when its time has come", async () => {
		const { account, number, carrier, row, tick } = await wait();
		await tick(0);
		expect(carrier.sent).toEqual([]);
		expect(await account.balance()).toEqual({ available: DOLLAR, held: 0 });

		await Promise.all([tick(), tick()]);
		await tick(3);

		expect(carrier.sent).toMatchObject([{ from: number, to: PEER, body: "Later" }]);
		expect(await row()).toMatchObject({ state: "sent", message_id: expect.stringMatching(/^msg_/) });
		expect((await account.balance()).available).toBeLessThan(DOLLAR);
	});

	it("goes once when the clock was cut off between the carrier and the note of it", async () => {
		const { id, carrier, row, tick } = await wait();
		await tick();
		await env.DB.prepare("UPDATE scheduled_messages SET state = 'sending', message_id = NULL WHERE id = ?")
			.bind(id)
			.run();

		await tick();

		expect(carrier.sent).toHaveLength(1);
		expect(await row()).toMatchObject({ state: "sent", message_id: expect.stringMatching(/^msg_/) });
	});

	it("can be taken back while it waits, once", async () => {
		const { account, id, carrier, tick } = await wait();
		const cancel = () => account.call(`/api/scheduled-messages/${id}`, undefined, { method: "DELETE" });

		const replies = [await cancel(), await cancel()];
		await tick();

		expect(replies.map(({ status }) => status)).toEqual([200, 409]);
		expect(carrier.sent).toEqual([]);
	});

	it.each<[string, (waiting: Waiting) => Promise<unknown>, RegExp]>([
		["the person has said stop", ({ account }) => account.call("/api/do-not-call", { phoneNumber: PEER }), /silence/],
		[
			"the number is gone",
			({ number }) => env.DB.prepare("UPDATE numbers SET status = 'releasing' WHERE e164 = ?").bind(number).run(),
			/not yours/,
		],
		[
			"the account is frozen",
			({ account }) =>
				env.DB.prepare("UPDATE accounts SET status = 'frozen' WHERE id = ?").bind(account.accountId).run(),
			/session/,
		],
		[
			"the money is gone",
			({ account }) =>
				env.DB.prepare(
					"INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, created_at) VALUES (?1, 'spent', 'available', 'revenue', ?2, ?1, 1)",
				)
					.bind(account.accountId, DOLLAR)
					.run(),
			/[Tt]op up/,
		],
	])("does not go, and says why, when meanwhile %s", async (_, meanwhile, reason) => {
		const waiting = await wait();
		await meanwhile(waiting);

		await waiting.tick();

		expect(waiting.carrier.sent).toEqual([]);
		expect(await waiting.row()).toMatchObject({ state: "failed", reason: expect.stringMatching(reason) });
	});

	it("is tried again when the carrier is busy", async () => {
		const { carrier, row, tick } = await wait();
		carrier.upset("sendMessage", { before: new CarrierBusy(1, "busy"), times: 1 });
		await tick();
		expect(await row()).toMatchObject({ state: "waiting", tries: 1 });

		await tick(3);

		expect(await row()).toMatchObject({ state: "sent" });
		expect(carrier.sent).toHaveLength(1);
	});

	it("is listed, by conversation too, and nobody else's to see or take back", async () => {
		const { account, number, id } = await wait();
		const [stranger, member] = [await openAccount(), await openMember(account)];
		await textFrom(PEER, number, "hello");
		const { items } = await (await account.call("/api/conversations")).json<{ items: { id: string }[] }>();
		const path = `/api/scheduled-messages?conversationId=${items[0]?.id}`;

		expect(await (await account.call(path)).json()).toMatchObject({ items: [{ id, state: "waiting", body: "Later" }] });
		expect(await (await stranger.call("/api/scheduled-messages")).json()).toMatchObject({ items: [] });
		expect(await (await member.call("/api/scheduled-messages")).json()).toMatchObject({ items: [] });
		expect((await member.call(`/api/scheduled-messages/${id}`, undefined, "DELETE")).status).toBe(404);
		expect((await stranger.call(`/api/scheduled-messages/${id}`, undefined, { method: "DELETE" })).status).toBe(404);
	});

	it.each([
		[{ sendAt: "2020-01-01T00:00:00Z" }, 422],
		[{ sendAt: "2099-01-01T00:00:00Z" }, 422],
		[{ sendAt: "tomorrow" }, 422],
		[{ from: "+14155552671" }, 403],
		[{ to: "+19005550199" }, 422],
		[{ to: "+93701234567" }, 403],
	])("is refused at once with %j", async (change, status) => {
		const account = await openAccount({ balanceMicros: DOLLAR });
		const from = await inboxNumber(account);
		const order = { from, to: PEER, body: "Later", sendAt: inAnHour(), ...change };

		expect((await account.call("/api/scheduled-messages", order)).status).toBe(status);
	});

	it("is kept once under an Idempotency-Key", async () => {
		const account = await openAccount({ balanceMicros: DOLLAR });
		const order = { from: await inboxNumber(account), to: PEER, body: "Later", sendAt: inAnHour() };
		const post = () => account.call("/api/scheduled-messages", order, { headers: { "idempotency-key": "k" } });

		const [first, again] = [await post(), await post()];

		expect(again.headers.get("idempotent-replayed")).toBe("true");
		expect(await again.json()).toEqual(await first.json());
	});
});

describe("HELP", () => {
	const texts = async (from: string, to: string, body: string) =>
		expect((await textFrom(from, to, body)).status).toBe(204);
	const helps = (account: TestAccount) =>
		env.DB.prepare("SELECT body FROM scheduled_messages WHERE account_id = ? AND kind = 'help'")
			.bind(account.accountId)
			.all<{ body: string }>()
			.then(({ results }) => results.map(({ body }) => body));

	it("is answered with who this is and how to end it, once in an hour", async () => {
		const account = await openAccount({ balanceMicros: DOLLAR });
		await env.DB.prepare("UPDATE users SET company_name = 'Acme' WHERE id = ?").bind(account.userId).run();
		const number = await inboxNumber(account);

		for (const word of ["HELP", " help? ", "Info"]) await texts(PEER, number, word);

		expect(await helps(account)).toEqual([expect.stringMatching(/^Acme: .*STOP/)]);
	});

	it("is answered in the account's own words, or not at all", async () => {
		const account = await openAccount({ balanceMicros: DOLLAR });
		const number = await inboxNumber(account);
		const decide = (helpText: string | null) =>
			account.call("/api/message-settings", { helpText }, { method: "PATCH" });

		expect((await decide("Call us: 555")).status).toBe(200);
		await texts(PEER, number, "HELP");
		const silent = await decide("");
		await texts("+447712345679", number, "HELP");

		expect(await helps(account)).toEqual(["Call us: 555"]);
		expect(await silent.json()).toEqual({ helpText: "", effectiveHelpText: "" });
		expect(await (await decide(null)).json()).toMatchObject({
			helpText: null,
			effectiveHelpText: expect.stringMatching(/STOP/),
		});
	});

	it("is not answered to whom wants no messages", async () => {
		const account = await openAccount({ balanceMicros: DOLLAR });
		const number = await inboxNumber(account);
		await texts(PEER, number, "STOP");

		await texts(PEER, number, "HELP");

		expect(await helps(account)).toEqual([]);
	});
});
