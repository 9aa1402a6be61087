import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { faultOf } from "../http/answer";
import { CarrierBusy, CarrierRefusal } from "../outside/carrier/carrier";
import { openAdministrator, openMember } from "../test/access-matrix.people";
import { type FakeCarrier, fakeCarrier, timedOut } from "../test/fake-carrier";
import { house, knock, openAccount, type TestAccount } from "../test/house";
import type { Message } from "./inputs";
import { preview } from "./preview";
import { retry } from "./retry";
import { sendMessage } from "./send";
import { settleMessages } from "./settle-messages";

const PEER = "+447712345678";
const DOLLAR = 1_000_000;
const SEGMENT = 46_000;
let counter = 0;
const newNumber = () => `+1415${String(6_550_000 + ++counter)}`;

interface Desk {
	account: TestAccount;
	number: string;
	carrier: FakeCarrier;
	send(change?: object, key?: string): ReturnType<typeof sendMessage>;
	fault(work: Promise<unknown>): Promise<string | undefined>;
	row(): Promise<Record<string, unknown> | null>;
}

async function own(
	{ accountId }: TestAccount,
	e164 = newNumber(),
	more: Record<string, unknown> = {},
): Promise<string> {
	const given = { can_sms: 1, can_mms: 1, assigned_to: null, status: "active", ...more };
	await env.DB.prepare(
		`INSERT INTO numbers (id, account_id, e164, status, country, line_type, provider, carrier_ref, can_sms, can_mms, assigned_to,
			monthly_micros, purchased_at, created_at) VALUES (?1, ?2, ?3, ?4, 'US', 'local', 'simulated', ?1, ?5, ?6, ?7, 0, 1, 1)`,
	)
		.bind(`num_${e164}`, accountId, e164, given.status, given.can_sms, given.can_mms, given.assigned_to)
		.run();
	return e164;
}

/** An account with money, a number and a carrier of its own. */
async function open(balanceMicros = DOLLAR): Promise<Desk> {
	const account = await openAccount({ balanceMicros });
	const number = await own(account);
	const carrier = fakeCarrier();
	return {
		account,
		number,
		carrier,
		send: (change = {}, key) =>
			sendMessage(
				account.scope({ carrier }),
				{ from: number, to: PEER, body: "Hello", ...change },
				{ key: key ?? null, requestHash: JSON.stringify(change) },
			),
		fault: (work) =>
			work.then(
				(outcome) => {
					const { state, fault } = outcome as { state?: string; fault?: { code: string } };
					return state === "failed" ? fault?.code : undefined;
				},
				(error: unknown) => faultOf(error)?.code ?? String(error),
			),
		row: () =>
			env.DB.prepare("SELECT * FROM messages WHERE account_id = ? AND direction = 'outbound' ORDER BY seq DESC")
				.bind(account.accountId)
				.first(),
	};
}

const done = async (outcome: ReturnType<typeof sendMessage>): Promise<Message> => {
	const ended = await outcome;
	if (ended.state !== "done") throw new Error(`not done: ${JSON.stringify(ended)}`);
	return ended.body;
};
const countOf = async (sql: string, ...values: unknown[]) =>
	await env.DB.prepare(sql)
		.bind(...values)
		.first<number>("n");

describe("sending a message", () => {
	it("reads a national number in the country of the number that sends, when its user has not said one", async () => {
		const { carrier, send } = await open();

		await send({ to: "(415) 555-2671" });
		const nobody: unknown = await send({ to: "555" }).catch((fault: unknown) => fault);

		expect(carrier.sent).toMatchObject([{ to: "+14155552671" }]);
		expect(nobody).toMatchObject({ code: "invalid_input", details: [{ path: "to" }] });
	});

	it("asks the carrier once, charges by the segment, and stands in the conversation", async () => {
		const { account, number, carrier, send } = await open();

		const message = await done(send({ body: "a".repeat(161) }));

		expect(carrier.sent).toMatchObject([{ to: PEER, from: number, whatsapp: false, mediaUrls: [] }]);
		expect(message).toMatchObject({ from: number, to: PEER, status: "queued", segments: 2, sentBy: account.userId });
		expect(message.cost?.amountMicros).toBe(2 * SEGMENT);
		expect(await account.balance()).toEqual({ available: DOLLAR - 2 * SEGMENT, held: 0 });
		const page = await account.call(`/api/conversations/${message.conversationId}/messages`);
		expect(await page.json()).toMatchObject({ items: [{ id: message.id, direction: "outbound", cost: message.cost }] });
	});

	it("costs two round trips besides the carrier", async () => {
		const { account, number, carrier } = await open();
		const scope = account.scope({ carrier });

		await sendMessage(scope, { from: number, to: PEER, body: "Hello" }, { key: "k", requestHash: "h" });

		expect(scope.db.trips.count).toBe(2);
	});

	it("is told to the open pages, when it is written and when it moves", async () => {
		const { account, send } = await open();
		await done(send());

		const { results } = await env.DB.prepare(
			"SELECT type, payload FROM outbox WHERE account_id = ? AND type <> 'wallet'",
		)
			.bind(account.accountId)
			.all<{ type: string; payload: string }>();

		expect(results.map(({ type }) => type)).toEqual(["message", "message_status"]);
		expect(JSON.parse(results[1]?.payload ?? "")).toMatchObject({ direction: "outbound", status: "queued" });
	});

	it("happens once under an Idempotency-Key, and not at all under one that was used otherwise", async () => {
		const { carrier, send, fault } = await open();

		const [first, again] = [await send({}, "key"), await send({}, "key")];

		expect([first, again]).toMatchObject([{ replayed: false }, { replayed: true }]);
		expect(again).toMatchObject({ body: first.state === "done" ? { id: first.body.id } : {} });
		expect(await fault(send({ body: "Other" }, "key"))).toBe("key_reused");
		expect(carrier.sent).toHaveLength(1);
	});

	it("goes over WhatsApp from a channel of that kind, by its address or its id, at the price of one", async () => {
		const { account, number, carrier, send, fault } = await open();
		expect(await fault(send({ from: `whatsapp:${number}` }))).toBe("not_allowed");
		await env.DB.prepare(
			"INSERT INTO channels (id, account_id, number_id, name, type, status, created_at) VALUES (?1, ?2, ?3, 'Desk', 'whatsapp', 'active', 1)",
		)
			.bind(`chn_${number}`, account.accountId, `num_${number}`)
			.run();
		await env.DB.prepare("UPDATE price_book SET amount_micros = 12345 WHERE item = 'whatsapp'").run();

		await done(send({ from: `whatsapp:${number}`, to: `whatsapp:${PEER}`, body: "a".repeat(500) }));
		const message = await done(send({ from: `chn_${number}` }));

		expect(carrier.sent.map(({ whatsapp }) => whatsapp)).toEqual([true, true]);
		expect(message).toMatchObject({ channel: "whatsapp", from: number });
		expect((await account.balance()).available).toBe(DOLLAR - 2 * 12_345);
	});

	it("carries addresses of pictures to the carrier, and costs what a picture costs", async () => {
		const { account, carrier, send } = await open();

		const message = await done(send({ body: "", mediaUrls: ["https://example.com/a.png"] }));

		expect(carrier.sent[0]?.mediaUrls).toEqual(["https://example.com/a.png"]);
		expect(message.media).toMatchObject([{ id: null, url: "https://example.com/a.png" }]);
		expect((await account.balance()).available).toBe(DOLLAR - 150_000);
	});
});

describe("a message that may not be sent", () => {
	it.each([
		["a number that is nobody's", { from: "+14155552671" }, "not_allowed"],
		["a name for a sender", { from: "ACME" }, "not_allowed"],
		["an emergency number", { to: "911" }, "invalid_input"],
		["a premium number", { to: "+19005550199" }, "invalid_input"],
		["a satellite phone", { to: "+881612345678" }, "invalid_input"],
		["a country that is closed", { to: "+93701234567" }, "not_allowed"],
		["nothing to say", { body: "  " }, "invalid_input"],
		["a picture inside", { mediaUrls: ["https://169.254.169.254/latest"] }, "invalid_input"],
		["a picture without TLS", { mediaUrls: ["http://example.com/a.png"] }, "invalid_input"],
		["an address of ours that is no file", { mediaUrls: ["https://trunkline.test/api/wallet"] }, "invalid_input"],
		[
			"a file that is not there",
			{ mediaUrls: [`https://trunkline.test/media/messages/med_${"0".repeat(26)}?e=1`] },
			"invalid_input",
		],
		["a template that is not there", { body: undefined, templateId: "tpl_nobody" }, "not_found"],
	])("is refused for %s, and changes nothing", async (_, change, code) => {
		const { account, carrier, send, fault, row } = await open();

		expect(await fault(send(change))).toBe(code);

		expect(carrier.sent).toEqual([]);
		expect(await row()).toBeNull();
		expect(await account.balance()).toEqual({ available: DOLLAR, held: 0 });
		expect(await countOf("SELECT count(*) AS n FROM conversations WHERE account_id = ?", account.accountId)).toBe(0);
	});

	it.each([
		["1601 characters", { body: "a".repeat(1_601) }],
		["half a character", { body: "\ud800" }],
		["a NUL", { body: "a\u0000b" }],
		["eleven pictures", { mediaUrls: Array.from({ length: 11 }, () => "https://example.com/a.png") }],
		["what it does not know", { price: 0 }],
	])("is refused at the door for %s", async (_, change) => {
		const { account, number } = await open();

		const reply = await account.call("/api/messages", { from: number, to: PEER, body: "Hi", ...change });

		expect(reply.status).toBe(422);
	});

	it("is not sent from a number of somebody else, nor by the wrong person of the account", async () => {
		const { account, send, fault } = await open();
		const stranger = await openAccount({ balanceMicros: DOLLAR });
		const member = await openMember(account);
		const theirs = await own(stranger);
		const assigned = await own(account, newNumber(), { assigned_to: member.userId });
		const gone = await own(account, newNumber(), { status: "releasing" });

		expect(await fault(send({ from: theirs }))).toBe("not_allowed");
		expect(await fault(send({ from: assigned }))).toBe("not_allowed");
		expect(await fault(send({ from: gone }))).toBe("not_allowed");
		const other = await member.call("/api/messages", { from: theirs, to: PEER, body: "Hi" });
		expect(other.status).toBe(403);
	});

	it("is sent by a member from a number that is assigned, within the member's limit", async () => {
		const { account, carrier } = await open();
		const member = await openMember(account);
		const from = await own(account, newNumber(), { assigned_to: member.userId });
		await env.DB.prepare("UPDATE users SET spending_limit_micros = ? WHERE id = ?").bind(SEGMENT, member.userId).run();
		const scope = {
			...account.scope({ carrier }),
			userId: member.userId,
			role: "member" as const,
			sessionId: member.sessionId,
		};
		const once = { key: null, requestHash: "" };

		const first = await sendMessage(scope, { from, to: PEER, body: "Hi" }, once);
		const second = await sendMessage(scope, { from, to: PEER, body: "Hi" }, once).catch(
			(error) => faultOf(error)?.code,
		);

		expect(first.state).toBe("done");
		expect(second).toBe("out_of_credit");
	});

	it("is not sent to whom said stop, however the number was spelt, until the person says start", async () => {
		const { account, send, fault } = await open();
		await account.call("/api/do-not-call", { phoneNumber: PEER, scope: "messages" });
		expect(await fault(send({ to: " +44 7712 345678" }))).toBe("opted_out");

		await account.call(`/api/do-not-call/${PEER}:messages`, undefined, { method: "DELETE" });

		expect(await fault(send())).toBeUndefined();
	});

	it("needs a number that can do it", async () => {
		const { account, send, fault } = await open();
		const voice = await own(account, newNumber(), { can_sms: 0, can_mms: 0 });
		const text = await own(account, newNumber(), { can_mms: 0 });

		expect(await fault(send({ from: voice }))).toBe("invalid_input");
		expect(await fault(send({ from: text, mediaUrls: ["https://example.com/a.png"] }))).toBe("invalid_input");
		expect(await fault(send({ from: text }))).toBeUndefined();
	});

	it("needs money, and takes the last of it once when two want it", async () => {
		const { account, carrier, send, fault } = await open(SEGMENT);

		const ends = await Promise.all([fault(send()), fault(send())]);

		expect(ends.sort()).toEqual(["out_of_credit", undefined]);
		expect(carrier.sent).toHaveLength(1);
		expect(await account.balance()).toEqual({ available: 0, held: 0 });
	});

	it.each([
		[{ messagesPerMinute: 0 }, "rate_limited"],
		[{ messagesPerDay: 0 }, "rate_limited"],
		[{ messageSpendPerDayMicros: 0 }, "out_of_credit"],
		[{ countries: ["US"] }, "not_allowed"],
	])("keeps within %j, which administrators decide", async (limits, code) => {
		const { account, carrier, send, fault } = await open();
		const admin = await openAdministrator();
		const decide = (change: object) =>
			admin.call(`/api/admin/accounts/${account.userId}/reach`, change, { method: "PATCH" });
		await decide(limits);

		expect(await fault(send())).toBe(code);

		expect(carrier.sent).toEqual([]);
		expect(await account.balance()).toEqual({ available: DOLLAR, held: 0 });
		await decide(Object.fromEntries(Object.keys(limits).map((name) => [name, null])));
		expect(await fault(send())).toBeUndefined();
	});
});

describe("a carrier that does not send", () => {
	it("gives the money back when it refuses, and the message says why", async () => {
		const { account, carrier, send, fault, row } = await open();
		carrier.upset("sendMessage", { before: new CarrierRefusal("invalid_to", "21614", "not mobile") });

		expect(await fault(send())).toBe("carrier_refused");

		expect(await account.balance()).toEqual({ available: DOLLAR, held: 0 });
		expect(await row()).toMatchObject({ status: "failed", error_code: "21614", cost_micros: 0 });
	});

	it("teaches who wants silence by error 21610, so that nobody asks it again", async () => {
		const { carrier, send, fault } = await open();
		carrier.upset("sendMessage", { before: new CarrierRefusal("opted_out", "21610", "unsubscribed") });
		expect(await fault(send())).toBe("opted_out");
		carrier.upset("sendMessage", null);

		expect(await fault(send())).toBe("opted_out");

		expect(carrier.asked.sendMessage).toBe(1);
	});

	it("keeps a busy carrier's message for another try", async () => {
		const { account, carrier, send, fault, row } = await open();
		carrier.upset("sendMessage", { before: new CarrierBusy(3, "busy"), times: 1 });
		expect(await fault(send())).toBe("try_again");
		const failed = await row();

		const again = await done(retry(account.scope({ carrier }), String(failed?.id), { key: null, requestHash: "" }));

		expect(again).toMatchObject({ retryOf: failed?.id, body: "Hello", status: "queued" });
		expect(await fault(retry(account.scope({ carrier }), String(failed?.id), { key: null, requestHash: "" }))).toBe(
			"conflict",
		);
		expect(await fault(retry(account.scope({ carrier }), again.id, { key: null, requestHash: "" }))).toBe("conflict");
		expect(carrier.sent).toHaveLength(1);
	});
});

describe("a carrier that does not say how it went", () => {
	const later = (carrier: FakeCarrier) => house({ carrier, now: () => Date.now() + 600_000 });

	it("is asked later what became of the message, and never to send it again", async () => {
		const { account, carrier, send, row } = await open();
		carrier.upset("sendMessage", { after: timedOut(), times: 1 });

		expect(await send()).toMatchObject({ state: "pending" });
		expect(await row()).toMatchObject({ status: "unknown", carrier_ref: null });
		expect((await account.balance()).held).toBe(SEGMENT);
		await settleMessages(later(carrier));

		expect(await row()).toMatchObject({ status: "queued", carrier_ref: expect.stringMatching(/^SM/) });
		expect(await account.balance()).toEqual({ available: DOLLAR - SEGMENT, held: 0 });
		expect(carrier.asked.sendMessage).toBe(1);
	});

	it("has not sent it: the money comes back, and it can be tried again", async () => {
		const { account, carrier, send, row } = await open();
		carrier.upset("sendMessage", { before: timedOut(), times: 1 });
		await send();

		await settleMessages(later(carrier));

		expect(await account.balance()).toEqual({ available: DOLLAR, held: 0 });
		const failed = await row();
		expect(failed).toMatchObject({ status: "failed", error_code: "not_confirmed" });
		expect(
			await done(retry(account.scope({ carrier }), String(failed?.id), { key: null, requestHash: "" })),
		).toMatchObject({
			retryOf: failed?.id,
		});
	});

	it("does not give one message of the carrier to two of ours", async () => {
		const { account, carrier, send } = await open();
		carrier.upset("sendMessage", { after: timedOut(), times: 1 });
		await send();
		carrier.upset("sendMessage", { before: timedOut(), times: 1 });
		await send();

		await settleMessages(later(carrier));

		const { results } = await env.DB.prepare("SELECT status FROM messages WHERE account_id = ? ORDER BY seq")
			.bind(account.accountId)
			.all();
		expect(results.map(({ status }) => status).sort()).toEqual(["failed", "queued"]);
		expect(await account.balance()).toEqual({ available: DOLLAR - SEGMENT, held: 0 });
	});
});

describe("the preview", () => {
	it("counts, prices, and says what is in the way", async () => {
		const { account, number } = await open();
		const see = async (change: object) =>
			(await account.call("/api/messages/preview", { from: number, to: PEER, body: "Hi", ...change })).json();

		expect(await see({})).toMatchObject({ segments: 1, left: 158, refusal: null, cost: { amountMicros: SEGMENT } });
		expect(await see({ body: "ж".repeat(71) })).toMatchObject({ encoding: "UCS-2", segments: 2 });
		expect(await see({ to: undefined })).toMatchObject({ cost: null, refusal: null });
		expect(await see({ to: "+93701234567" })).toMatchObject({ refusal: "country_closed" });
		await account.call("/api/do-not-call", { phoneNumber: PEER });
		expect(await see({})).toMatchObject({ refusal: "opted_out" });
	});

	it("asks the database once", async () => {
		const { account } = await open();
		const scope = account.scope();

		await preview(scope, { to: PEER, body: "Hi" });

		expect(scope.db.trips.count).toBe(1);
	});
});

describe("through the door and the pretend network", () => {
	it("sends from a number that was bought, and hears that it arrived", async () => {
		const account = await openAccount({ balanceMicros: DOLLAR });
		const made = await account.call("/api/channels/generate-phone-number", { country: "US", type: "sms" });
		const { phoneNumber } = await made.json<{ phoneNumber: string }>();

		const reply = await account.call("/api/messages", { from: phoneNumber, to: PEER, body: "Hello" });

		expect(reply.status).toBe(201);
		expect(reply.headers.get("server-timing")).toContain("2 round trips");
		const { conversationId } = await reply.json<Message>();
		await vi.waitFor(
			async () => {
				const page = await account.call(`/api/conversations/${conversationId}/messages`);
				const { items } = await page.json<{ items: Message[] }>();
				expect(items[0]?.status).toBe("delivered");
			},
			{ timeout: 10_000, interval: 50 },
		);
	});

	it("is shut for who is not signed in", async () => {
		expect((await knock("/api/messages", { method: "POST" })).status).toBe(401);
		expect((await knock("/api/messages/preview", { method: "POST" })).status).toBe(401);
		expect((await knock("/api/messages/msg_1/retry", { method: "POST" })).status).toBe(401);
	});
});
