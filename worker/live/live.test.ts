import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { inOneBatch } from "../db/client";
import { settingsOf } from "../env";
import { openMember } from "../test/access-matrix.people";
import { house, knock, openAccount, type TestAccount } from "../test/house";
import { CLOSE, FRAMES_PER_MINUTE } from "./protocol";
import { EVERYBODY, publish } from "./store";
import { flushOutbox } from "./tell";
import { mintFeedTicket } from "./ticket";

interface Caller {
	call(path: string, body?: unknown): Promise<Response>;
}

async function ticketOf(account: Caller): Promise<string> {
	const reply = await account.call("/api/live/ticket", {});
	const { ticket }: { ticket: string } = await reply.json();
	return ticket;
}

const enter = (query: string, headers: Record<string, string> = {}) =>
	knock(`/api/live?${query}`, { headers: { upgrade: "websocket", ...headers } });

interface Page {
	socket: WebSocket;
	next(): Promise<{ kind: string; id: number; type?: string; payload?: unknown }>;
	closed: Promise<number>;
}

/** Opens a page that listens to the account's feed. */
async function listen(account: Caller, since?: number): Promise<Page> {
	const reply = await enter(`ticket=${await ticketOf(account)}${since === undefined ? "" : `&since=${since}`}`);
	const socket = reply.webSocket;
	if (!socket) throw new Error(`no socket: ${reply.status}`);
	const heard: string[] = [];
	const waiting: ((line: string) => void)[] = [];
	socket.addEventListener("message", ({ data }) => {
		if (String(data).startsWith('{"kind":"presence"')) return;
		const taker = waiting.shift();
		if (taker) taker(String(data));
		else heard.push(String(data));
	});
	const closed = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
	socket.accept();
	const line = () => heard.shift() ?? new Promise<string>((resolve) => waiting.push(resolve));
	return { socket, closed, next: async () => JSON.parse(await line()) };
}

/** A conversation over a number of its own, which is assigned to a member if one is named. */
async function openConversation({ accountId }: TestAccount, member: string | null = null): Promise<string> {
	const id = `cnv_${crypto.randomUUID()}`;
	const e164 = `+1415${Math.floor(1_000_000 + Math.random() * 8_999_999)}`;
	await env.DB.batch([
		env.DB.prepare(
			`INSERT INTO numbers (id, account_id, e164, status, country, line_type, provider, carrier_ref, assigned_to, monthly_micros,
				purchased_at, created_at) VALUES (?1, ?2, ?3, 'active', 'US', 'local', 'simulated', ?1, ?4, 0, 1, 1)`,
		).bind(`num_${id}`, accountId, e164, member),
		env.DB.prepare(
			"INSERT INTO conversations (id, account_id, own_e164, peer, channel, last_at, created_at) VALUES (?1, ?2, ?3, '+447712345678', 'sms', 1, 1)",
		).bind(id, accountId, e164),
	]);
	return id;
}

/** Something happens in the account, and is written down but not sent. */
async function happen({ accountId }: TestAccount, n: number, ago = 60_000) {
	const { db, now } = house();
	const [[event]] = await inOneBatch(db, [publish(db, accountId, "message", { n }, now() - ago)]);
	if (!event) throw new Error("not written");
	return event;
}

describe("the live feed", () => {
	it("tells every open page of the account, and nobody else's", async () => {
		const account = await openAccount();
		const stranger = await openAccount();
		const [one, other, theirs] = [await listen(account), await listen(account), await listen(stranger)];
		for (const page of [one, other, theirs]) expect(await page.next()).toEqual({ kind: "hello", id: 0 });
		const { seq } = await happen(account, 1);
		const { seq: foreign } = await happen(stranger, 2);

		await flushOutbox(house());

		expect(await one.next()).toMatchObject({ kind: "event", id: seq, type: "message", payload: { n: 1 } });
		expect(await other.next()).toMatchObject({ id: seq });
		expect(await theirs.next()).toMatchObject({ id: foreign });
	});

	it("sends what was written once", async () => {
		const account = await openAccount();
		await happen(account, 1);
		await flushOutbox(house());
		const page = await listen(account);
		await page.next();
		await flushOutbox(house());
		const { seq } = await happen(account, 2);

		await flushOutbox(house());

		expect(await page.next()).toMatchObject({ id: seq });
	});

	it("keeps its pages while it sleeps", async () => {
		const account = await openAccount();
		const page = await listen(account);
		await page.next();

		await evictDurableObject(env.ACCOUNT_FEED.getByName(account.accountId));
		const { seq } = await happen(account, 1);
		await flushOutbox(house());

		expect(await page.next()).toMatchObject({ id: seq });
	});

	it("says what a page has missed", async () => {
		const account = await openAccount();
		const seen = await happen(account, 1);
		const missed = await happen(account, 2);

		const page = await listen(account, seen.seq);

		expect(await page.next()).toMatchObject({ kind: "event", id: missed.seq, payload: { n: 2 } });
	});

	it("says so when it no longer knows what was missed", async () => {
		const account = await openAccount();
		const seen = await happen(account, 1, 25 * 3_600_000);
		const latest = await happen(account, 2);
		await flushOutbox(house());

		const page = await listen(account, seen.seq);

		expect(await page.next()).toEqual({ kind: "resync", id: latest.seq });
	});

	it("says which list a request has changed, and nothing of one that was refused or only read", async () => {
		const account = await openAccount();
		const page = await listen(account);
		await page.next();

		await account.call("/api/contact-lists", { name: "" });
		await account.call("/api/contact-lists");
		await account.call("/api/contact-lists", { name: "Customers" });
		await account.call("/api/webhooks", { url: "https://example.com/in" });

		expect(await page.next()).toEqual({ kind: "changed", list: "contact-lists" });
		expect(await page.next()).toEqual({ kind: "changed", list: "webhooks" });
	});

	it("passes on who is writing, to the others", async () => {
		const account = await openAccount();
		const [one, other] = [await listen(account), await listen(account)];
		await one.next();
		await other.next();

		const conversationId = await openConversation(account);

		one.socket.send(JSON.stringify({ kind: "typing", conversationId }));

		expect(await other.next()).toEqual({ kind: "typing", conversationId, userId: account.userId });
	});

	it.each([
		["what is not JSON", "{", CLOSE.malformed],
		["what it does not know", '{"kind":"event"}', CLOSE.malformed],
		["more than 64 KB", "x".repeat(65_537), CLOSE.tooLong],
	])("hangs up on %s", async (_, frame, code) => {
		const page = await listen(await openAccount());

		page.socket.send(frame);

		expect(await page.closed).toBe(code);
	});

	it("hangs up on a page that floods it", async () => {
		const page = await listen(await openAccount());

		for (let n = 0; n <= FRAMES_PER_MINUTE; n++) page.socket.send('{"kind":"typing","conversationId":"cnv_1"}');

		expect(await page.closed).toBe(CLOSE.flood);
	});

	it("cuts off the pages of a session that has ended", async () => {
		const account = await openAccount();
		const page = await listen(account);

		await env.ACCOUNT_FEED.getByName(account.accountId).closeSession(String(account.scope().sessionId));

		expect(await page.closed).toBe(CLOSE.sessionEnded);
	});
});

describe("members of an account", () => {
	it("are told what is theirs and everybody's, and nothing else, also of what they missed", async () => {
		const account = await openAccount();
		const [one, other] = [await openMember(account), await openMember(account)];
		const pages = [await listen(account), await listen(one), await listen(other)];
		for (const page of pages) await page.next();
		const { db, now } = house();
		const say = (n: number, audience: string | null) =>
			publish(db, account.accountId, "message", { n }, now() - 60_000, audience);

		await inOneBatch(db, [say(1, null), say(2, one.userId), say(3, other.userId), say(4, EVERYBODY)]);
		await flushOutbox(house());

		const heard = async (page: Page | undefined, count: number) => {
			const payloads = [];
			for (let i = 0; i < count; i++) payloads.push((await page?.next())?.payload);
			return payloads;
		};
		expect(await heard(pages[0], 4)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
		expect(await heard(pages[1], 2)).toEqual([{ n: 2 }, { n: 4 }]);
		expect(await heard(pages[2], 2)).toEqual([{ n: 3 }, { n: 4 }]);
		const late = await listen(one, 0);
		expect(await heard(late, 2)).toEqual([{ n: 2 }, { n: 4 }]);
	});

	it("hear who writes only in conversations that they may see, and are heard only there", async () => {
		const account = await openAccount();
		const [one, other] = [await openMember(account), await openMember(account)];
		const [owner, hers, his] = [await listen(account), await listen(one), await listen(other)];
		for (const page of [owner, hers, his]) await page.next();
		const conversationId = await openConversation(account, one.userId);
		const foreign = await openConversation(await openAccount());

		for (const id of [conversationId, foreign]) his.socket.send(JSON.stringify({ kind: "typing", conversationId: id }));
		owner.socket.send(JSON.stringify({ kind: "typing", conversationId }));

		expect(await hers.next()).toMatchObject({ userId: account.userId });
		hers.socket.send(JSON.stringify({ kind: "typing", conversationId }));
		expect(await owner.next()).toMatchObject({ userId: one.userId });
	});

	it("see who is there", async () => {
		const account = await openAccount();
		const member = await openMember(account);
		const page = await listen(account);
		const told: string[][] = [];
		page.socket.addEventListener("message", ({ data }) => {
			const heard: { kind: string; users?: string[] } = JSON.parse(String(data));
			if (heard.kind === "presence") told.push(heard.users ?? []);
		});

		const hers = await listen(member);
		hers.socket.close(1000);

		await vi.waitFor(() => expect(told.at(-1)).toEqual([account.userId]));
		expect(told).toContainEqual([account.userId, member.userId].sort());
	});
});

describe("the door of the feed", () => {
	it("opens once for a ticket", async () => {
		const ticket = await ticketOf(await openAccount());
		const first = await enter(`ticket=${ticket}`);
		first.webSocket?.accept();

		const again = await enter(`ticket=${ticket}`);

		expect(first.status).toBe(101);
		expect(again.status).toBe(401);
	});

	it("stays shut without a ticket, and for one that is old, forged or an access token", async () => {
		const account = await openAccount();
		const old = await mintFeedTicket(settingsOf(env), account.scope(), Date.now() - 31_000);
		const forged = `${(await ticketOf(account)).slice(0, -4)}AAAA`;

		const replies = await Promise.all(["", old, forged, account.token].map((ticket) => enter(`ticket=${ticket}`)));

		expect(replies.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
	});

	it("stays shut for pages of other sites", async () => {
		const ticket = await ticketOf(await openAccount());

		const reply = await enter(`ticket=${ticket}`, { origin: "https://evil.example" });

		expect(reply.status).toBe(403);
	});

	it("gives tickets only to who is signed in, and sockets only to who asks for one", async () => {
		const ticket = await ticketOf(await openAccount());

		expect((await knock("/api/live/ticket", { method: "POST" })).status).toBe(401);
		expect((await knock(`/api/live?ticket=${ticket}`)).status).toBe(400);
		expect((await enter(`ticket=${ticket}&since=-1`)).status).toBe(422);
	});
});

describe("the wallet's events", () => {
	it("come with the movement itself, and once for many until they are sent", async () => {
		const account = await openAccount();
		const page = await listen(account);
		await page.next();

		for (const amountMicros of [5_000_000, 6_000_000]) {
			await account.call("/api/wallet/top-up", { amountMicros });
			expect(await page.next()).toMatchObject({ kind: "event", type: "wallet", payload: {} });
		}

		const unsent = env.DB.prepare("SELECT count(*) AS n FROM outbox WHERE account_id = ? AND sent_at IS NULL");
		expect(await unsent.bind(account.accountId).first("n")).toBe(0);
	});

	it("go to nobody else, and wait for the cron when nobody sends them", async () => {
		const [account, stranger] = [await openAccount(), await openAccount()];
		const [page, theirs] = [await listen(account), await listen(stranger)];
		for (const one of [page, theirs]) await one.next();
		const pay = env.DB.prepare(
			"INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, created_at) VALUES (?1, 'top_up', 'external', 'available', 1, ?2, ?3)",
		);
		for (const ref of ["one", "other"])
			await pay.bind(account.accountId, `${account.accountId}${ref}`, Date.now() - 60_000).run();
		const { seq } = await happen(stranger, 1);

		await flushOutbox(house());

		expect(await page.next()).toMatchObject({ type: "wallet" });
		expect(await theirs.next()).toMatchObject({ id: seq, type: "message" });
		const told = env.DB.prepare("SELECT count(*) AS n FROM outbox WHERE account_id = ?").bind(account.accountId);
		expect(await told.first("n")).toBe(1);
	});
});
