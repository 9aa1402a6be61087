import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { createHmac } from "node:crypto";
import { ulid } from "ulid";
import { afterEach, describe, expect, it, vi } from "vitest";
import { house, openAccount, type TestAccount } from "../test/house";
import { deliverDue, WAITS } from "./deliver";
import type { Delivery, Webhook } from "./inputs";
import { wakeCouriers } from "./resend";
import { accountsWithDueAnyAccount } from "./store";

const URL_IN = "https://hooks.example.com/in";
const DAY = 86_400_000;
const patch = (account: TestAccount, id: string, body: object) =>
	account.call(`/api/webhooks/${id}`, body, { method: "PATCH" });
const read = async (account: TestAccount, id: string) => (await account.call(`/api/webhooks/${id}`)).json<Webhook>();

async function webhookOf(account: TestAccount, body: object = {}): Promise<{ id: string; secret: string }> {
	const reply = await account.call("/api/webhooks", { url: URL_IN, ...body });
	return reply.json();
}

async function log(account: TestAccount, id: string): Promise<Delivery[]> {
	return (await (await account.call(`/api/webhooks/${id}/deliveries`)).json<{ items: Delivery[] }>()).items;
}

interface Received {
	url: string;
	headers: Headers;
	body: string;
	redirect: string | undefined;
}

/** The world outside: names stand for `address`, and every sending is answered with the next status. */
function world(statuses: (number | Error)[], { address = "93.184.216.34", headers = {} } = {}): Received[] {
	const received: Received[] = [];
	vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
		const url = String(input);
		if (url.startsWith("https://cloudflare-dns.com/"))
			return Response.json({ Answer: url.includes("type=AAAA") ? [] : [{ type: 1, data: address }] });
		received.push({ url, headers: new Headers(init?.headers), body: String(init?.body), redirect: init?.redirect });
		const status = statuses[received.length - 1] ?? statuses.at(-1) ?? 200;
		if (status instanceof Error) throw status;
		return new Response(status === 204 ? null : "thanks", { status, headers });
	});
	return received;
}

/** A text comes in: one of the things that webhooks are told. */
async function textTo({ accountId }: TestAccount, body = "Hello"): Promise<string> {
	const id = `msg_${ulid()}`;
	await env.DB.batch([
		env.DB.prepare(
			"INSERT INTO conversations (id, account_id, own_e164, peer, channel, last_at, created_at) VALUES (?1, ?2, '+14155550100', '+14155550199', 'sms', 1, 1) ON CONFLICT DO NOTHING",
		).bind(`cnv_${accountId}`, accountId),
		env.DB.prepare(
			"INSERT INTO messages (id, account_id, conversation_id, direction, status, body, created_at) VALUES (?, ?, ?, 'inbound', 'received', ?, ?)",
		).bind(id, accountId, `cnv_${accountId}`, body, Date.now()),
	]);
	return id;
}

const deliver = (account: TestAccount, later = 0) =>
	deliverDue(house({ now: () => Date.now() + later }), account.accountId);

afterEach(() => vi.restoreAllMocks());

describe("webhooks", () => {
	it("are made, changed and deleted, and show their secret once", async () => {
		const account = await openAccount();

		const made = await account.call("/api/webhooks", {
			url: " https://hooks.example.com/in ",
			events: ["call.ended", "call.ended"],
		});
		const webhook = await made.json<Webhook & { secret: string }>();
		const changed = await patch(account, webhook.id, { status: "paused", events: ["*"] });
		const gone = await account.call(`/api/webhooks/${webhook.id}`, undefined, { method: "DELETE" });

		expect(made.status).toBe(201);
		expect(webhook).toMatchObject({
			url: URL_IN,
			events: ["call.ended"],
			status: "active",
			secret: expect.stringMatching(/^whsec_/),
		});
		expect(await changed.json()).toEqual({
			...webhook,
			secret: undefined,
			status: "paused",
			events: ["*"],
			updatedAt: expect.any(String),
		});
		expect(gone.status).toBe(200);
		expect((await account.call(`/api/webhooks/${webhook.id}`)).status).toBe(404);
	});

	it.each([
		[{ url: "http://hooks.example.com/" }],
		[{ url: "https://127.0.0.1/" }],
		[{ url: "https://2130706433/" }],
		[{ url: "https://[::ffff:169.254.169.254]/" }],
		[{ url: "https://metadata.google.internal/" }],
		[{ url: "https://trunkline.test/webhooks/vapi" }],
		[{ url: "https://me:secret@hooks.example.com/" }],
		[{ url: "hooks" }],
		[{ url: URL_IN, events: [] }],
		[{ url: URL_IN, events: ["everything"] }],
		[{ url: URL_IN, secret: "whsec_mine" }],
		[{ url: URL_IN, status: "disabled" }],
		[{}],
	])("refuse %j", async (body) => {
		const account = await openAccount();

		expect((await account.call("/api/webhooks", body)).status).toBe(422);
	});

	it("leave a trace in the audit log whenever they change", async () => {
		const account = await openAccount();
		const { id } = await webhookOf(account);
		await patch(account, id, { status: "paused" });
		await account.call(`/api/webhooks/${id}/rotate-secret`, {});
		await account.call(`/api/webhooks/${id}`, undefined, { method: "DELETE" });
		await patch(account, id, { status: "active" });

		const { items } = await (await account.call("/api/audit")).json<{ items: { action: string; object: string }[] }>();

		expect(items.filter(({ object }) => object === id).map(({ action }) => action)).toEqual([
			"webhook.deleted",
			"webhook.secret_changed",
			"webhook.changed",
			"webhook.made",
		]);
	});

	it("are at most twenty", async () => {
		const account = await openAccount();
		for (let n = 0; n < 20; n++) await webhookOf(account);

		expect((await account.call("/api/webhooks", { url: URL_IN })).status).toBe(409);
	});
});

describe("an event", () => {
	it("reaches every webhook that wants it, signed as Standard Webhooks, and nobody else's", async () => {
		const [account, other] = [await openAccount(), await openAccount()];
		const wanting = await webhookOf(account, { events: ["message.received"] });
		await webhookOf(account, { events: ["call.ended"] });
		const foreign = await webhookOf(other);
		const received = world([200]);

		const id = await textTo(account, "<b>Hi</b>");
		await deliver(account);
		await deliver(other);

		const [sent] = received;
		expect(received).toHaveLength(1);
		expect(JSON.parse(sent?.body ?? "")).toMatchObject({
			type: "message.received",
			timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
			data: { id, from: "+14155550199", to: "+14155550100", body: "<b>Hi</b>" },
		});
		expect(sent?.redirect).toBe("manual");
		expect(sent?.headers.get("webhook-id")).toBe(`evt_${id}`);
		expect(sent?.headers.get("webhook-signature")).toBe(signatureOf(sent, wanting.secret));
		expect(await log(account, wanting.id)).toMatchObject([
			{ status: "delivered", attempts: 1, answerStatus: 200, error: null },
		]);
		expect(await log(other, foreign.id)).toEqual([]);
	});

	it("of a campaign is told call by call, person by person, and at its end", async () => {
		const account = await openAccount({ balanceMicros: 1e8 });
		const { id } = await webhookOf(account);

		await endedCampaign(account);

		const told = (await log(account, id)).map(({ type, payload }) => ({ type, payload }));
		expect(told.map(({ type }) => type).sort()).toEqual([
			"call.ended",
			"campaign.attempt",
			"campaign.contact_finished",
			"campaign.finished",
		]);
		expect(told.find(({ type }) => type === "campaign.attempt")?.payload).toMatchObject({
			data: { to: "+14155550199", disposition: "answered", durationSeconds: 30 },
		});
	});

	it("is tried again, later and later, and given up in the end", async () => {
		const account = await openAccount();
		const { id } = await webhookOf(account);
		const received = world([500, new TypeError("network"), 301, 404, 503]);
		await textTo(account);

		let later = 0;
		const waits: number[] = [];
		for (let n = 0; n <= WAITS.length; n++) {
			await deliver(account, later);
			const [entry] = await log(account, id);
			if (!entry?.nextAttemptAt) break;
			waits.push(Math.round((Date.parse(entry.nextAttemptAt) - Date.now() - later) / 1000));
			later = Date.parse(entry.nextAttemptAt) - Date.now() + 1_000;
		}

		const [entry] = await log(account, id);
		expect(received).toHaveLength(WAITS.length + 1);
		expect(new Set(received.map(({ headers }) => headers.get("webhook-id"))).size).toBe(1);
		expect(entry).toMatchObject({ status: "failed", attempts: WAITS.length + 1, answerStatus: 503 });
		for (const [n, wait] of WAITS.entries()) {
			expect(waits[n]).toBeGreaterThanOrEqual(wait - 1);
			expect(waits[n]).toBeLessThanOrEqual(wait * 1.1 + 2);
		}
	});

	it("waits as long as its receiver asks", async () => {
		const account = await openAccount();
		const { id } = await webhookOf(account);
		world([429], { headers: { "retry-after": "3600" } });
		await textTo(account);

		await deliver(account);

		const [entry] = await log(account, id);
		expect(Date.parse(entry?.nextAttemptAt ?? "") - Date.now()).toBeGreaterThan(3_500_000);
	});

	it("is not taken twice while it is on its way", async () => {
		const account = await openAccount();
		await webhookOf(account);
		const received = world([200]);
		await textTo(account);

		await Promise.all([deliver(account), deliver(account), deliver(account)]);

		expect(received).toHaveLength(1);
	});

	it("does not go to a name that stands for an address inside", async () => {
		const account = await openAccount();
		const { id } = await webhookOf(account);
		const received = world([200], { address: "10.0.0.7" });
		await textTo(account);

		await deliver(account);

		expect(received).toEqual([]);
		expect(await log(account, id)).toMatchObject([
			{ status: "pending", error: expect.stringContaining("public internet") },
		]);
	});

	it("is not kept for a webhook that is paused", async () => {
		const account = await openAccount();
		const { id } = await webhookOf(account);
		await patch(account, id, { status: "paused" });

		await textTo(account);

		expect(await log(account, id)).toEqual([]);
	});
});

describe("a webhook that nothing reaches", () => {
	it("is switched off after days, with a notice, and can be switched on again", async () => {
		const account = await openAccount();
		const { id } = await webhookOf(account);
		world([500]);
		await textTo(account);
		await deliver(account);
		const failing = await read(account, id);
		await textTo(account);

		await deliver(account, 6 * DAY);

		const notices = await (await account.call("/api/notices")).json<{ items: { kind: string }[] }>();
		expect(failing).toMatchObject({ status: "active", failingSince: expect.any(String) });
		expect(await read(account, id)).toMatchObject({ status: "disabled", disabledReason: "failing" });
		expect((await log(account, id)).map(({ status }) => status)).toEqual(["failed", "failed"]);
		expect(JSON.stringify(notices)).toContain("webhook");
		expect(await (await patch(account, id, { status: "active" })).json()).toMatchObject({
			status: "active",
			failingSince: null,
			disabledReason: null,
		});
	});

	it("is forgiven when something arrives", async () => {
		const account = await openAccount();
		const { id } = await webhookOf(account);
		world([500, 204]);
		await textTo(account);
		await deliver(account);

		await deliver(account, 60_000);

		expect(await read(account, id)).toMatchObject({ status: "active", failingSince: null });
	});

	it("is switched off at once when it says that it is gone", async () => {
		const account = await openAccount();
		const { id } = await webhookOf(account);
		world([410]);
		await textTo(account);

		await deliver(account);

		expect(await read(account, id)).toMatchObject({ status: "disabled", disabledReason: "gone" });
		expect(await (await account.call("/api/notices")).text()).toContain("answered that it is gone for good (410)");
	});
});

describe("a receiver", () => {
	it("can be tried with an event that means nothing", async () => {
		const account = await openAccount();
		const { id } = await webhookOf(account, { events: ["call.ended"] });
		const received = world([200]);

		const reply = await account.call(`/api/webhooks/${id}/test`, {});
		await deliver(account);

		expect(reply.status).toBe(202);
		expect(JSON.parse(received[0]?.body ?? "")).toMatchObject({ type: "test" });
	});

	it("can ask for an event again, and knows it by its id", async () => {
		const account = await openAccount();
		const { id } = await webhookOf(account);
		const received = world([200]);
		await textTo(account);
		await deliver(account);
		const [entry] = await log(account, id);

		const reply = await account.call(`/api/webhooks/${id}/deliveries/${entry?.id}/replay`, {});
		await deliver(account);

		expect(reply.status).toBe(202);
		expect(received.map(({ headers }) => headers.get("webhook-id"))).toEqual(Array(2).fill(entry?.eventId));
	});

	it("hears both secrets while one is changed for the other, then the new one alone", async () => {
		const account = await openAccount();
		const { id, secret: old } = await webhookOf(account);
		const received = world([200]);

		const { secret: fresh } = await (
			await account.call(`/api/webhooks/${id}/rotate-secret`, { overlapHours: 1 })
		).json<{ secret: string }>();
		await textTo(account);
		await deliver(account);
		await textTo(account);
		await deliver(account, 2 * 3_600_000);

		const [first, second] = received;
		expect(first?.headers.get("webhook-signature")).toBe(`${signatureOf(first, fresh)} ${signatureOf(first, old)}`);
		expect(second?.headers.get("webhook-signature")).toBe(signatureOf(second, fresh));
	});
});

describe("the courier", () => {
	it("carries on until nothing is due, six at a time, one trip for each six", async () => {
		const account = await openAccount();
		const { id } = await webhookOf(account);
		const received = world([200, 200, 503, 200]);
		for (let n = 0; n < 20; n++) await textTo(account, `Text ${n}`);
		const home = house();

		const { next } = await deliverDue(home, account.accountId);

		expect(received).toHaveLength(20);
		expect(home.db.trips.count).toBe(5);
		const entries = await log(account, id);
		expect(entries.filter(({ status }) => status === "delivered")).toHaveLength(19);
		const again = entries.find(({ status }) => status === "pending")?.nextAttemptAt;
		expect(next).toBe(Date.parse(again ?? ""));
	});

	it("goes by alarm, also after it was evicted, when the clock wakes it", async () => {
		const account = await openAccount();
		const { id } = await webhookOf(account);
		world([200]);
		await textTo(account);
		const courier = env.WEBHOOK_COURIER.getByName(account.accountId);

		await wakeCouriers(house());
		await evictDurableObject(courier);
		await runDurableObjectAlarm(courier);
		await vi.waitFor(async () => expect(await log(account, id)).toMatchObject([{ status: "delivered" }]));

		expect(await courier.nudge()).toBe(true);
	});

	it("is left alone while what is on its way is for a webhook that is paused", async () => {
		const account = await openAccount();
		const { id } = await webhookOf(account);
		await textTo(account);
		await patch(account, id, { status: "paused" });
		const due = async () =>
			(await accountsWithDueAnyAccount(house().db, Date.now() + 1, 1_000)).map(({ accountId }) => accountId);

		const paused = await due();
		await patch(account, id, { status: "active" });

		expect(paused).not.toContain(account.accountId);
		expect(await due()).toContain(account.accountId);
	});

	it("says so when nobody listens", async () => {
		const account = await openAccount();
		const courier = env.WEBHOOK_COURIER.getByName(account.accountId);
		await courier.wake();
		await runDurableObjectAlarm(courier);

		await vi.waitFor(async () => expect(await courier.nudge()).toBe(false));
	});
});

function signatureOf(sent: Received | undefined, secret: string): string {
	const text = `${sent?.headers.get("webhook-id")}.${sent?.headers.get("webhook-timestamp")}.${sent?.body}`;
	return `v1,${createHmac("sha256", Buffer.from(secret.slice(6), "base64"))
		.update(text)
		.digest("base64")}`;
}

/** A campaign of one person whose call was answered, straight in the database. */
async function endedCampaign({ accountId }: TestAccount): Promise<void> {
	const id = `cmp_${ulid()}`;
	const attempt = `att_${ulid()}`;
	const now = Date.now();
	const run = (text: string, ...values: unknown[]) => env.DB.prepare(text).bind(...values);
	await env.DB.batch([
		run(
			"INSERT INTO campaigns (id, account_id, title, status, created_at, updated_at) VALUES (?, ?, 'Offer', 'running', ?3, ?3)".replace(
				"?, ?",
				"?1, ?2",
			),
			id,
			accountId,
			now,
		),
		run(
			"INSERT INTO recipients (campaign_id, contact_id, account_id, e164, zones, hold_micros, minute_micros, state, due_at) VALUES (?, 'con_1', ?, '+14155550199', '', 0, 0, 'pending', 0)",
			id,
			accountId,
		),
		run(
			"INSERT INTO attempts (id, account_id, campaign_id, contact_id, n, e164, caller_e164, state, hold_micros, minute_micros, look_after, claimed_at) VALUES (?, ?, ?, 'con_1', 1, '+14155550199', '+14155550100', 'claimed', 0, 0, 0, ?)",
			attempt,
			accountId,
			id,
			now,
		),
		run("UPDATE attempts SET state = 'live', dialed_at = ?1, answered_at = ?1 WHERE id = ?2", now, attempt),
		run(
			"UPDATE attempts SET state = 'ended', disposition = 'answered', ended_at = ?1, duration_seconds = 30 WHERE id = ?2",
			now,
			attempt,
		),
		run("UPDATE campaigns SET status = 'completed', updated_at = ?1 WHERE id = ?2", now, id),
	]);
}
