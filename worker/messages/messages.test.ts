import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { isSuppressed } from "../consent/store";
import { house, knock, openAccount, type TestAccount } from "../test/house";
import { carrierPosts } from "../test/signed";
import { attachParked } from "./receive";

const DOOR = "https://trunkline.test/webhooks/twilio/messages/incoming";
let counter = 0;
const newSid = () => `SM${String(++counter).padStart(32, "0")}`;
const newNumber = () => `+1415${String(5_550_000 + ++counter)}`;
const PEER = "+447712345678";

const text = (To: string, Body: string, more: Record<string, string> = {}) =>
	carrierPosts(DOOR, { MessageSid: newSid(), From: PEER, To, Body, NumMedia: "0", ...more });

async function ownNumber({ accountId }: TestAccount, e164 = newNumber()): Promise<string> {
	await env.DB.prepare(
		`INSERT INTO numbers (id, account_id, e164, status, country, line_type, provider, carrier_ref, can_sms, monthly_micros, purchased_at, created_at)
		VALUES (?1, ?2, ?3, 'active', 'US', 'local', 'simulated', ?1, 1, 0, 1, 1)`,
	)
		.bind(`num_${e164}`, accountId, e164)
		.run();
	return e164;
}

interface Listed {
	items: { id: string; unread: number; lastText: string; peer: string; body: string; channel: string }[];
	nextCursor: string | null;
}
async function list(account: TestAccount, path = "/api/conversations"): Promise<Listed> {
	return (await account.call(path)).json();
}

describe("a message that comes in", () => {
	it("is stored before the answer, unread, in its conversation", async () => {
		const account = await openAccount();
		const number = await ownNumber(account);

		const reply = await text(number, "=HYPERLINK(<script>)");

		expect(reply.status).toBe(204);
		expect(reply.headers.get("server-timing")).toContain("1 round trips");
		const [thread] = (await list(account)).items;
		expect(thread).toMatchObject({ peer: PEER, unread: 1, lastText: "=HYPERLINK(<script>)", channel: "sms" });
		const { items } = await list(account, `/api/conversations/${thread?.id}/messages`);
		expect(items).toMatchObject([{ body: "=HYPERLINK(<script>)", direction: "inbound", status: "received" }]);
	});

	it("is there once, however often and however many at a time it is handed over", async () => {
		const account = await openAccount();
		const number = await ownNumber(account);
		const MessageSid = newSid();

		const replies = await Promise.all([1, 2, 3].map(() => text(number, "hello", { MessageSid })));

		expect(replies.map(({ status }) => status)).toEqual([204, 204, 204]);
		expect((await list(account)).items).toMatchObject([{ unread: 1 }]);
	});

	it("opens one conversation with the others of its peer", async () => {
		const account = await openAccount();
		const number = await ownNumber(account);

		await Promise.all([text(number, "one"), text(number, "two")]);

		expect((await list(account)).items).toMatchObject([{ unread: 2 }]);
	});

	it("tells the open pages in the same batch", async () => {
		const account = await openAccount();
		await text(await ownNumber(account), "hello");

		const event = await env.DB.prepare("SELECT type, payload FROM outbox WHERE account_id = ?")
			.bind(account.accountId)
			.first<{ type: string; payload: string }>();

		const [thread] = (await list(account)).items;
		expect(event?.type).toBe("message");
		expect(JSON.parse(event?.payload ?? "{}")).toMatchObject({ conversationId: thread?.id });
	});

	it("keeps WhatsApp apart from SMS", async () => {
		const account = await openAccount();
		const number = await ownNumber(account);

		await text(`whatsapp:${number}`, "hello", { From: `whatsapp:${PEER}` });

		expect((await list(account)).items).toMatchObject([{ peer: PEER, channel: "whatsapp" }]);
	});

	it("waits for its number when nobody has it yet", async () => {
		const account = await openAccount();
		const number = newNumber();
		expect((await text(number, "too early")).status).toBe(204);
		await ownNumber(account, number);

		await attachParked(house());
		await attachParked(house());

		expect((await list(account)).items).toMatchObject([{ unread: 1, lastText: "too early" }]);
	});

	it("ends all that this account sends when it says stop, and only START by the person opens it again", async () => {
		const account = await openAccount();
		const number = await ownNumber(account);

		await text(number, " Stop. ");
		const stopped = await isSuppressed(house().db, account.accountId, PEER, "calls");
		await text(number, "START");

		expect(stopped).toBe(true);
		expect(await isSuppressed(house().db, account.accountId, PEER, "messages")).toBe(false);
	});

	it("changes nothing when it is not the carrier's", async () => {
		const account = await openAccount();
		const number = await ownNumber(account);
		const form = { MessageSid: newSid(), From: PEER, To: number, Body: "hello" };

		const forged = await carrierPosts(DOOR, form, () => ({ form: { ...form, Body: "STOP" } }));
		const unsigned = await carrierPosts(DOOR, form, () => ({ signature: null }));

		expect([forged.status, unsigned.status]).toEqual([403, 400]);
		expect((await list(account)).items).toEqual([]);
	});
});

describe("conversations", () => {
	it("are paged by time", async () => {
		const account = await openAccount();
		const number = await ownNumber(account);
		for (const n of [1, 2, 3]) await text(number, `from ${n}`, { From: `+44771234567${n}` });

		const first = await list(account, "/api/conversations?limit=2");
		const rest = await list(account, `/api/conversations?limit=2&cursor=${first.nextCursor}`);

		expect([...first.items, ...rest.items].map(({ lastText }) => lastText)).toEqual(["from 3", "from 2", "from 1"]);
		expect(rest.nextCursor).toBeNull();
	});

	it("are read by who opens them", async () => {
		const account = await openAccount();
		await text(await ownNumber(account), "hello");
		const [thread] = (await list(account)).items;

		expect((await account.call(`/api/conversations/${thread?.id}/read`, {})).status).toBe(200);

		expect((await list(account)).items).toMatchObject([{ unread: 0 }]);
	});

	it("are nobody else's", async () => {
		const account = await openAccount();
		const stranger = await openAccount();
		await text(await ownNumber(account), "hello");
		const [thread] = (await list(account)).items;
		const messages = `/api/conversations/${thread?.id}/messages`;

		expect((await list(stranger)).items).toEqual([]);
		expect((await stranger.call(messages)).status).toBe(404);
		expect((await stranger.call(`/api/conversations/${thread?.id}/read`, {})).status).toBe(404);
		expect((await knock(messages)).status).toBe(401);
		expect((await account.call("/api/conversations?limit=0")).status).toBe(422);
		expect((await account.call("/api/conversations?cursor=forged")).status).toBe(422);
	});
});
