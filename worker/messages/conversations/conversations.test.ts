import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { openMember } from "../../test/access-matrix.people";
import { house, knock, openAccount, type TestAccount } from "../../test/house";
import { inboxNumber, textFrom } from "../../test/inbox";
import type { ConversationDetail, ListedConversation } from "./inputs";
import { wakeConversations } from "./wake";

const PEER = "+447712345678";
const OTHER = "+447712345679";

interface Inbox {
	account: TestAccount;
	number: string;
	id: string;
	peers(query?: string): Promise<string[]>;
	list(query?: string): Promise<{ items: ListedConversation[]; nextCursor: string | null }>;
	patch(change: object): Promise<Response>;
}

/** An account with one conversation: {@link PEER} has written "hello". */
async function open(): Promise<Inbox> {
	const account = await openAccount();
	const number = await inboxNumber(account);
	await textFrom(PEER, number, "hello");
	const list = async (query = "") => (await account.call(`/api/conversations${query}`)).json<never>();
	const { items } = (await list()) as { items: ListedConversation[] };
	const id = items[0]?.id ?? "";
	return {
		account,
		number,
		id,
		list,
		peers: async (query) => ((await list(query)) as { items: ListedConversation[] }).items.map(({ peer }) => peer),
		patch: (change) => account.call(`/api/conversations/${id}`, change, { method: "PATCH" }),
	};
}

describe("where a conversation stands", () => {
	it.each(["done", "archived"])("is %s until its peer writes again", async (status) => {
		const { number, peers, patch } = await open();

		const changed = await patch({ status });

		expect(await changed.json()).toMatchObject({ status });
		expect(await peers()).toEqual([]);
		expect(await peers(`?status=${status}`)).toEqual([PEER]);
		expect(await peers("?status=all")).toEqual([PEER]);
		await textFrom(PEER, number, "me again");
		expect(await peers()).toEqual([PEER]);
	});

	it("sleeps until its time, and then wakes once", async () => {
		const { account, id, peers, patch } = await open();
		const until = new Date(Date.now() + 3_600_000).toISOString();
		expect(await (await patch({ status: "snoozed", snoozedUntil: until })).json()).toMatchObject({
			snoozedUntil: until,
		});
		await wakeConversations(house());
		expect(await peers()).toEqual([]);

		await wakeConversations(house({ now: () => Date.now() + 3_700_000 }));

		expect(await peers()).toEqual([PEER]);
		const told = env.DB.prepare(
			"SELECT count(*) AS n FROM outbox WHERE account_id = ? AND type = 'conversation' AND payload LIKE ?",
		);
		expect(await told.bind(account.accountId, `%${id}%`).first("n")).toBe(2);
	});

	it.each([
		[{ status: "snoozed" }],
		[{ status: "gone" }],
		[{ unread: "yes" }],
		[{ labels: [""] }],
		[{ note: " " }],
		[{ peer: "+1" }],
		[{ status: "done", snoozedUntil: "2030-01-01T00:00:00.000Z" }],
	])("does not change by %j", async (change) => {
		const { patch, peers } = await open();

		expect((await patch(change)).status).toBe(422);

		expect(await peers()).toEqual([PEER]);
	});

	it("is unread until somebody reads it, and again when somebody says so", async () => {
		const { account, id, peers, patch } = await open();
		expect(await peers("?unread=true")).toEqual([PEER]);

		await account.call(`/api/conversations/${id}/read`, {});
		expect(await peers("?unread=true")).toEqual([]);
		await patch({ unread: true });

		expect(await peers("?unread=true")).toEqual([PEER]);
	});
});

describe("the list of conversations", () => {
	it("says of each what is said of it alone, to the letter", async () => {
		const { account, number, patch, list } = await open();
		await patch({ labels: ["vip", 'a "b"', "Zoë"], assignedTo: account.userId });
		await textFrom(OTHER, number, '"}\\\n\u2028😀');
		await account.call("/api/contacts", { phoneNumber: OTHER, firstName: 'Zoë "Zed"', lastName: "\\O'Hara" });

		const { items } = await list();

		expect(items).toHaveLength(2);
		for (const { match, ...item } of items) {
			const alone: ConversationDetail = await (await account.call(`/api/conversations/${item.id}`)).json();
			expect(alone).toMatchObject(item);
			expect(match).toBeNull();
		}
	});

	it("is narrowed by everything that is asked for at once, page by page", async () => {
		const { account, number, id, peers, list, patch } = await open();
		await textFrom(OTHER, number, "hi");
		await patch({ labels: ["vip"], assignedTo: account.userId });

		const first = await list("?limit=1");
		const second = await list(`?limit=1&cursor=${first.nextCursor}`);

		expect([...first.items, ...second.items].map(({ peer }) => peer)).toEqual([OTHER, PEER]);
		expect(second.nextCursor).toBeNull();
		expect(
			await peers(`?label=vip&assignedTo=me&unread=true&status=open&number=${encodeURIComponent(number)}`),
		).toEqual([PEER]);
		expect(await peers("?label=vip&assignedTo=nobody")).toEqual([]);
		expect(await peers("?assignedTo=nobody")).toEqual([OTHER]);
		await account.call(`/api/conversations/${id}/read`, {});
		expect(await peers("?label=vip&unread=true")).toEqual([]);
	});
});

describe("whose a conversation is", () => {
	it("is a person of the account's, or nobody's", async () => {
		const { account, peers, patch } = await open();
		const member = await openMember(account);

		await patch({ assignedTo: member.userId });

		expect(await peers(`?assignedTo=${member.userId}`)).toEqual([PEER]);
		expect([await peers("?assignedTo=me"), await peers("?assignedTo=nobody")]).toEqual([[], []]);
		await patch({ assignedTo: null });
		expect(await peers("?assignedTo=nobody")).toEqual([PEER]);
	});

	it("is never a stranger's", async () => {
		const { patch, peers } = await open();
		const stranger = await openAccount();

		expect((await patch({ assignedTo: stranger.userId, status: "done" })).status).toBe(404);
		expect((await patch({ assignedTo: "usr_nobody" })).status).toBe(404);

		expect(await peers()).toEqual([PEER]);
	});
});

describe("labels", () => {
	it("are put on as a whole, found by, and counted", async () => {
		const { account, peers, patch } = await open();
		await patch({ labels: ["vip", "late", "vip"] });

		const changed = await patch({ labels: ["vip", "paid"] });

		expect(await changed.json()).toMatchObject({ labels: ["paid", "vip"] });
		expect([await peers("?label=vip"), await peers("?label=late")]).toEqual([[PEER], []]);
		expect(await (await account.call("/api/conversation-labels")).json()).toEqual([
			{ label: "paid", count: 1 },
			{ label: "vip", count: 1 },
		]);
	});
});

describe("one conversation", () => {
	it("says who the peer is, what they said of being written to, and who has seen it", async () => {
		const { account, number, id } = await open();
		await account.call("/api/contacts", { phoneNumber: PEER, firstName: "Zoë", lastName: "Abara" });
		await textFrom(PEER, number, "STOP");
		await account.call(`/api/conversations/${id}/read`, {});

		const reply = await account.call(`/api/conversations/${id}`);

		expect(reply.headers.get("server-timing")).toContain("1 round trips");
		const detail = await reply.json<ConversationDetail>();
		expect(detail).toMatchObject({
			peerName: "Zoë Abara",
			contact: { firstName: "Zoë", lastName: "Abara" },
			consent: { messages: false, calls: false, history: [{ action: "stop", source: "sms" }] },
			seenBy: [{ userId: account.userId }],
		});
		expect(detail.consent.history[0]?.evidence).toMatch(/^msg_/);
	});

	it("says in which country its peer may be and what time it is there, best of all by the contact's own zone", async () => {
		const { account, id } = await open();
		const whereabouts = async () => (await account.call(`/api/conversations/${id}`)).json<ConversationDetail>();

		expect(await whereabouts()).toMatchObject({
			country: "GB",
			timeZones: expect.arrayContaining(["Europe/London"]),
		});
		await account.call("/api/contacts", { phoneNumber: PEER, firstName: "Zoë", timeZone: "Asia/Tokyo" });

		expect(await whereabouts()).toMatchObject({ country: "GB", timeZones: ["Asia/Tokyo"] });
	});

	it("takes its name from the contact, whatever happens to that", async () => {
		const { account, list } = await open();
		const made = await account.call("/api/contacts", { phoneNumber: PEER, firstName: "Ann", lastName: "Lee" });
		const { id } = await made.json<{ id: string }>();
		const name = async () => ((await list()) as { items: ListedConversation[] }).items[0]?.peerName;
		expect(await name()).toBe("Ann Lee");

		await account.call(`/api/contacts/${id}`, { lastName: "Li" }, { method: "PATCH" });
		expect(await name()).toBe("Ann Li");
		await account.call(`/api/contacts/${id}`, undefined, { method: "DELETE" });

		expect(await name()).toBe("");
	});

	it("is nobody else's, and a member's only over the member's numbers", async () => {
		const { account, id } = await open();
		const [stranger, member] = [await openAccount(), await openMember(account)];
		const assigned = await inboxNumber(account, member.userId);
		await textFrom(OTHER, assigned, "hi");
		const paths = [``, `/timeline`, `/messages`].map((path) => `/api/conversations/${id}${path}`);

		for (const path of paths) {
			expect((await stranger.call(path)).status).toBe(404);
			expect((await member.call(path)).status).toBe(404);
			expect((await knock(path)).status).toBe(401);
		}
		expect((await stranger.call(`/api/conversations/${id}`, { status: "done" }, { method: "PATCH" })).status).toBe(404);
		expect((await member.call(`/api/conversations/${id}`, { labels: ["mine"] }, "PATCH")).status).toBe(404);
		expect((await member.call(`/api/conversations/${id}/notes`, { body: "hm" })).status).toBe(404);
		expect((await member.call(`/api/conversations/${id}/read`, {})).status).toBe(404);
		const { items } = await (await member.call("/api/conversations")).json<{ items: { peer: string }[] }>();
		expect(items.map(({ peer }) => peer)).toEqual([OTHER]);
		const events = env.DB.prepare("SELECT count(*) AS n FROM outbox WHERE account_id = ? AND type = 'conversation'");
		expect(await events.bind(account.accountId).first("n")).toBe(0);
	});
});

describe("the timeline", () => {
	it("has messages, notes and calls with the peer, latest first, page by page", async () => {
		const { account, number, id } = await open();
		const call = (n: number, kind: string, at: number, own = number) =>
			env.DB.prepare(
				`INSERT INTO calls (id, account_id, user_id, call_ref, kind, direction, from_address, to_address, own_e164, status, started_at, ended_at)
				VALUES (?1, ?2, ?2, ?1, ?3, 'outbound', ?4, ?5, ?4, 'completed', ?6, ?6)`,
			)
				.bind(`call_${account.accountId}${n}`, account.accountId, kind, own, PEER, at)
				.run();
		await call(1, "carrier", 1_000);
		await call(2, "campaign", 2_000);
		await call(3, "carrier", 3_000, "+16285559999");
		const note = await account.call(`/api/conversations/${id}/notes`, { body: "Call back on Monday" });

		const first = await account.call(`/api/conversations/${id}/timeline?limit=2`);
		const { items, nextCursor } = await first.json<{ items: { type: string }[]; nextCursor: string }>();
		const rest = await account.call(`/api/conversations/${id}/timeline?limit=2&cursor=${nextCursor}`);
		const more = await rest.json<{ items: { type: string; call?: { kind: string } }[]; nextCursor: null }>();

		expect(note.status).toBe(201);
		expect(first.headers.get("server-timing")).toContain("1 round trips");
		expect(items).toMatchObject([
			{ type: "note", note: { body: "Call back on Monday", userId: account.userId } },
			{ type: "message", message: { body: "hello", direction: "inbound", from: PEER, to: number } },
		]);
		expect(more.items.map(({ call }) => call?.kind)).toEqual(["campaign", "carrier"]);
		expect(more.nextCursor).toBeNull();
	});
});

describe("the search", () => {
	it("finds words of messages, beginnings of words, and accents or none", async () => {
		const { number, list } = await open();
		await textFrom(OTHER, number, "The parcel for Zoë is at the café");
		const found = async (q: string) =>
			((await list(`?q=${encodeURIComponent(q)}`)) as { items: ListedConversation[] }).items.map(
				({ match }) => match?.text,
			);

		expect(await found("parcel")).toEqual(["The parcel for Zoë is at the café"]);
		expect(await found("PARC zoe")).toEqual(["The parcel for Zoë is at the café"]);
		expect(await found("cafe")).toHaveLength(1);
		expect(await found("parcel hello")).toEqual([]);
		expect(await found('hello" OR body:*')).toEqual([]);
		expect(await found("*")).toEqual([]);
	});

	it("finds names and numbers by any three letters or digits of them", async () => {
		const { account, list } = await open();
		await account.call("/api/contacts", { phoneNumber: PEER, firstName: "Priyanka", lastName: "Rao" });
		const found = async (q: string) =>
			((await list(`?q=${encodeURIComponent(q)}`)) as { items: ListedConversation[] }).items.map(({ peer }) => peer);

		expect(await found("yank")).toEqual([PEER]);
		expect(await found("712 345")).toEqual([PEER]);
		expect(await found("ya")).toEqual([]);
	});

	it("pages from the latest on", async () => {
		const { number, list } = await open();
		for (const n of [1, 2, 3]) await textFrom(PEER, number, `parcel ${n}`);

		const first = (await list("?q=parcel&limit=2")) as { items: ListedConversation[]; nextCursor: string };
		const rest = (await list(`?q=parcel&limit=2&cursor=${first.nextCursor}`)) as typeof first;

		expect([...first.items, ...rest.items].map(({ match }) => match?.text)).toEqual([
			"parcel 3",
			"parcel 2",
			"parcel 1",
		]);
		expect(rest.nextCursor).toBeNull();
	});

	it("looks only in what is the caller's", async () => {
		const { account } = await open();
		const [stranger, member] = [await openAccount(), await openMember(account)];
		const ask = async (who: { call(path: string): Promise<Response> }) =>
			(await (await who.call("/api/conversations?q=hello")).json<{ items: unknown[] }>()).items;

		expect(await ask(account)).toHaveLength(1);
		expect([await ask(stranger), await ask(member)]).toEqual([[], []]);
	});
});
