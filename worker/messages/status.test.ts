import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { settingsOf } from "../env";
import { type FakeCarrier, fakeCarrier, timedOut } from "../test/fake-carrier";
import { house, openAccount, type TestAccount } from "../test/house";
import { carrierPosts } from "../test/signed";
import { messageStatusUrl } from "./callback-url";
import { sendMessage } from "./send";
import { settleMessages } from "./settle-messages";

const PEER = "+447712345678";
const SEGMENT = 46_000;
const DOLLAR = 1_000_000;
let counter = 0;

interface Sent {
	account: TestAccount;
	id: string;
	ref: string;
	carrier: FakeCarrier;
	row(): Promise<Record<string, unknown> | null>;
	tell(status: string, more?: Record<string, string>): Promise<Response>;
}

/** A message that the carrier has taken, or whatever `upset` makes of it. */
async function send(upset?: Parameters<FakeCarrier["upset"]>[1]): Promise<Sent> {
	const account = await openAccount({ balanceMicros: DOLLAR });
	const number = `+1415${String(7_550_000 + ++counter)}`;
	await env.DB.prepare(
		`INSERT INTO numbers (id, account_id, e164, status, country, line_type, provider, carrier_ref, can_sms, monthly_micros, purchased_at, created_at)
		VALUES (?1, ?2, ?3, 'active', 'US', 'local', 'simulated', ?1, 1, 0, 1, 1)`,
	)
		.bind(`num_${number}`, account.accountId, number)
		.run();
	const carrier = fakeCarrier();
	carrier.upset("sendMessage", upset ?? null);
	const order = { from: number, to: PEER, body: "Hello" };
	await sendMessage(account.scope({ carrier }), order, { key: null, requestHash: "" });
	const row = () =>
		env.DB.prepare("SELECT * FROM messages WHERE account_id = ? AND direction = 'outbound'")
			.bind(account.accountId)
			.first();
	const id = String((await row())?.id);
	const ref = carrier.messages[0]?.ref ?? `SM${id.slice(-26).toLowerCase()}000000`;
	const url = messageStatusUrl(settingsOf(env), id);
	const tell = (MessageStatus: string, more: Record<string, string> = {}) =>
		carrierPosts(url, { MessageSid: ref, MessageStatus, ...more });
	return { account, id, ref, carrier, row, tell };
}

const later = (carrier: FakeCarrier) => house({ carrier, now: () => Date.now() + 600_000 });

describe("what the carrier tells of a message", () => {
	it("moves it on, in one round trip, and tells the pages", async () => {
		const { account, tell, row } = await send();

		const replies = [await tell("sent"), await tell("delivered")];

		expect(replies.map(({ status }) => status)).toEqual([204, 204]);
		expect(replies[0]?.headers.get("server-timing")).toContain("1 round trips");
		expect(await row()).toMatchObject({ status: "delivered" });
		const { results } = await env.DB.prepare(
			"SELECT payload FROM outbox WHERE account_id = ? AND type = 'message_status'",
		)
			.bind(account.accountId)
			.all<{ payload: string }>();
		expect(results.map(({ payload }) => JSON.parse(payload).status)).toEqual(["queued", "sent", "delivered"]);
	});

	it("never moves it back, however late and in whatever order it comes", async () => {
		const { tell, row } = await send();

		for (const status of ["delivered", "sent", "queued", "failed", "accepted", "levitating"])
			expect((await tell(status)).status).toBe(204);

		expect(await row()).toMatchObject({ status: "delivered", error_code: null });
	});

	it("has its effect once, however often and however many at a time it is told", async () => {
		const { account, id, tell } = await send();

		await Promise.all([1, 2, 3, 4].map(() => tell("delivered")));

		const events = env.DB.prepare("SELECT count(*) AS n FROM message_events WHERE message_id = ?").bind(id);
		expect(await events.first("n")).toBe(1);
		const told = env.DB.prepare(
			"SELECT count(*) AS n FROM outbox WHERE account_id = ? AND payload LIKE '%delivered%'",
		).bind(account.accountId);
		expect(await told.first("n")).toBe(1);
	});

	it("is read beyond delivered", async () => {
		const { tell, row } = await send();
		await tell("delivered");

		await tell("read");

		expect(await row()).toMatchObject({ status: "read" });
	});

	it("says in plain words why a message did not arrive, and that it may be tried again", async () => {
		const { account, tell, row } = await send();

		await tell("undelivered", { ErrorCode: "30003" });

		const page = await account.call(`/api/conversations/${(await row())?.conversation_id}/messages`);
		expect(await page.json()).toMatchObject({
			items: [
				{
					status: "undelivered",
					canRetry: true,
					error: { code: "30003", reason: "The phone is switched off or out of reach." },
				},
			],
		});
		expect((await account.balance()).available).toBe(DOLLAR - SEGMENT);
	});

	it("gives back what a message cost that never left, once", async () => {
		const { account, tell } = await send();

		for (const n of [1, 2]) expect((await tell("failed", { ErrorCode: `3000${n}` })).status).toBe(204);

		expect(await account.balance()).toEqual({ available: DOLLAR, held: 0 });
	});

	it("binds a message whose answer was lost, which is then charged and never looked for", async () => {
		const { account, carrier, tell, row } = await send({ before: timedOut(), times: 1 });
		expect(await row()).toMatchObject({ status: "unknown" });

		await tell("sent");
		await settleMessages(later(carrier));

		expect(await row()).toMatchObject({ status: "sent", carrier_ref: expect.stringMatching(/^SM/) });
		expect(carrier.asked.findMessages).toBeUndefined();
		expect(await account.balance()).toEqual({ available: DOLLAR - SEGMENT, held: 0 });
	});

	it("may come before the carrier's own answer", async () => {
		let told: Promise<unknown> = Promise.resolve();
		const meanwhile = async () => {
			const waiting = await env.DB.prepare(
				"SELECT id FROM messages WHERE direction = 'outbound' ORDER BY seq DESC LIMIT 1",
			).first<{ id: string }>();
			const ref = `SM${"f".repeat(31)}${counter % 10}`;
			told = carrierPosts(messageStatusUrl(settingsOf(env), waiting?.id ?? ""), {
				MessageSid: ref,
				MessageStatus: "delivered",
			});
			await told;
		};

		const { row, account } = await send({ meanwhile });

		expect(await row()).toMatchObject({ status: "delivered" });
		expect(await account.balance()).toEqual({ available: DOLLAR - SEGMENT, held: 0 });
	});

	it("is kept and answered when nobody knows the message", async () => {
		const url = "https://trunkline.test/webhooks/twilio/messages/status";
		const MessageSid = `SM${"e".repeat(32)}`;

		const replies = [
			await carrierPosts(url, { MessageSid, MessageStatus: "sent" }),
			await carrierPosts(url, { MessageSid, MessageStatus: "sent" }),
			await carrierPosts(`${url}?m=msg_of_somebody&s=forged`, { MessageSid, MessageStatus: "failed" }),
		];

		expect(replies.map(({ status }) => status)).toEqual([204, 204, 204]);
		const kept = env.DB.prepare("SELECT count(*) AS n FROM message_events WHERE event_key LIKE ?").bind(
			`${MessageSid}%`,
		);
		expect(await kept.first("n")).toBe(2);
	});

	it("is not believed when the carrier has not signed it, or names a message by another's address", async () => {
		const [mine, theirs] = [await send(), await send()];
		const url = messageStatusUrl(settingsOf(env), mine.id);
		const form = { MessageSid: mine.ref, MessageStatus: "delivered" };

		const forged = await carrierPosts(url, form, () => ({ form: { ...form, MessageStatus: "failed" } }));
		const unsigned = await carrierPosts(url, form, () => ({ signature: null }));
		await carrierPosts(url.replace(mine.id, theirs.id), { ...form, MessageSid: theirs.ref });
		await carrierPosts(url, { ...form, MessageSid: `SM${"d".repeat(32)}` });

		expect([forged.status, unsigned.status]).toEqual([403, 400]);
		expect(await mine.row()).toMatchObject({ status: "queued" });
		expect(await theirs.row()).toMatchObject({ status: "queued" });
	});
});
