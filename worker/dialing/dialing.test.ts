import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { tick } from "../cron";
import { type CampaignParts, draftCampaign, type TestCampaign } from "../test/campaign";
import { house, openAccount, type TestAccount } from "../test/house";

/** Numbers whose last digits say what the person at the other end of the pretend line does. */
const PEOPLE = {
	pressesOne: "0001",
	pressesNine: "0009",
	machine: "0002",
	noAnswer: "0003",
	busy: "0004",
	hangsUp: "0000",
	failed: "0006",
};

let blocks = 0;
/** Replaces the campaign's people by ones who behave as told. */
async function peopled(
	account: TestAccount,
	who: (keyof typeof PEOPLE)[],
	parts: CampaignParts = {},
): Promise<TestCampaign> {
	const campaign = await draftCampaign(account, { ...parts, contacts: who.length });
	const numbers = who.map((nature) => `+1212${200 + blocks++}${PEOPLE[nature]}`);
	await env.DB.batch(
		campaign.numbers.map((e164, at) =>
			env.DB.prepare("UPDATE contacts SET e164 = ? WHERE account_id = ? AND e164 = ?").bind(
				numbers[at],
				account.accountId,
				e164,
			),
		),
	);
	const line = await account.call("/api/channels/generate-phone-number", { country: "US", type: "voice" });
	const { phoneNumber } = await line.json<{ phoneNumber: string }>();
	await account.call(`/api/campaigns/${campaign.id}`, { callerNumbers: [phoneNumber] }, { method: "PATCH" });
	return { ...campaign, numbers };
}

async function finished(
	account: TestAccount,
	id: string,
): Promise<{ status: string; counters: Record<string, number> }> {
	const until = Date.now() + 15_000;
	for (;;) {
		const campaign = await (await account.call(`/api/campaigns/${id}`)).json<{
			status: string;
			counters: Record<string, number>;
		}>();
		if (campaign.status !== "running" || Date.now() > until) return campaign;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}

describe("a campaign on the simulated carrier", () => {
	it("leaves a message on a machine that it finds out while the greeting plays, once", async () => {
		const account = await openAccount({ balanceMicros: 100_000_000 });
		const machines = { do: "voicemail", text: "Call us back.", detection: "meanwhile" };
		const campaign = await peopled(account, ["machine", "hangsUp"], { fields: { script: { machines } } });

		await account.call(`/api/campaigns/${campaign.id}/start`, {});
		const after = await finished(account, campaign.id);

		expect(after).toMatchObject({ status: "completed", counters: { done: 2, machine: 1 } });
		const { results } = await env.DB.prepare(
			`SELECT a.disposition, (SELECT count(*) FROM carrier_events e WHERE e.attempt_id = a.id AND e.kind = 'message') AS heard
				FROM attempts a WHERE a.campaign_id = ? ORDER BY a.disposition`,
		)
			.bind(campaign.id)
			.all();
		expect(results).toEqual([
			{ disposition: "answered", heard: 0 },
			{ disposition: "machine", heard: 1 },
		]);
	});

	it("rings everybody once, hears what they press, and tells the truth afterwards", async () => {
		const account = await openAccount({ balanceMicros: 100_000_000 });
		const campaign = await peopled(account, [
			"pressesOne",
			"pressesNine",
			"machine",
			"noAnswer",
			"busy",
			"hangsUp",
			"failed",
		]);

		const before = await account.balance();
		expect((await account.call(`/api/campaigns/${campaign.id}/start`, {})).status).toBe(200);
		const after = await finished(account, campaign.id);

		expect(after).toMatchObject({
			status: "completed",
			counters: {
				recipients: 7,
				done: 7,
				totalCalls: 7,
				liveCalls: 0,
				answered: 4,
				transferred: 1,
				optedOut: 1,
				busy: 1,
				noAnswer: 1,
				failed: 1,
			},
		});
		const report = await (await account.call(`/api/campaigns/${campaign.id}/report`)).json<Record<string, unknown>>();
		expect(report).toMatchObject({ attempts: 7, skipped: [], currency: "USD" });
		expect(report.byOutcome).toEqual(
			expect.arrayContaining([
				{ outcome: "transferred", count: 1 },
				{ outcome: "opted_out", count: 1 },
				{ outcome: "busy", count: 1 },
				{ outcome: "no_answer", count: 1 },
				{ outcome: "failed", count: 1 },
				{ outcome: "answered", count: 2 },
			]),
		);
		const { held, available } = await account.balance();
		expect({ held, spent: before.available - available }).toEqual({ held: 0, spent: report.spentMicros });
	});

	it("lists its people and its calls by pages, and exports every call", async () => {
		const account = await openAccount({ balanceMicros: 100_000_000 });
		const campaign = await peopled(account, ["busy", "busy", "noAnswer"]);
		await account.call(`/api/campaigns/${campaign.id}/start`, {});
		await finished(account, campaign.id);

		const people = await (await account.call(`/api/campaigns/${campaign.id}/recipients?limit=2`)).json<{
			items: { phoneNumber: string }[];
			nextCursor: string;
		}>();
		const rest = await (
			await account.call(`/api/campaigns/${campaign.id}/recipients?limit=2&cursor=${people.nextCursor}`)
		).json<{ items: { phoneNumber: string }[]; nextCursor: null }>();
		const busy = await (await account.call(`/api/campaigns/${campaign.id}/recipients?outcome=busy`)).json<{
			items: unknown[];
		}>();
		const calls = await (await account.call(`/api/campaigns/${campaign.id}/attempts`)).json<{
			items: { disposition: string; formatted: string }[];
		}>();
		const csv = await (await account.call(`/api/campaigns/${campaign.id}/export.csv`)).text();

		expect([...people.items, ...rest.items].map(({ phoneNumber }) => phoneNumber).sort()).toEqual(
			[...campaign.numbers].sort(),
		);
		expect(rest.nextCursor).toBeNull();
		expect(busy.items).toHaveLength(2);
		expect(calls.items.map(({ disposition }) => disposition).sort()).toEqual(["busy", "busy", "no_answer"]);
		expect(csv.trim().split("\r\n")).toHaveLength(4);
		for (const e164 of campaign.numbers) expect(csv).toContain(`,${e164},`);
	});

	it.each(["recipients", "attempts", "report", "export.csv"])("keeps its %s from strangers", async (view) => {
		const campaign = await draftCampaign(await openAccount());

		expect((await (await openAccount()).call(`/api/campaigns/${campaign.id}/${view}`)).status).toBe(404);
	});

	it("is started by the cron when its moment has come", async () => {
		const account = await openAccount({ balanceMicros: 100_000_000 });
		const campaign = await peopled(account, ["busy"], {
			fields: { schedule: { startsAt: new Date(Date.now() + 60_000).toISOString() } },
		});
		await account.call(`/api/campaigns/${campaign.id}/start`, {});

		await tick(house(), "* * * * *");
		expect((await (await account.call(`/api/campaigns/${campaign.id}`)).json<{ status: string }>()).status).toBe(
			"scheduled",
		);
		await tick(house({ now: () => Date.now() + 61_000 }), "* * * * *");

		expect((await finished(account, campaign.id)).counters).toMatchObject({ totalCalls: 1, busy: 1 });
	});

	it("goes on after its dialer was evicted and its alarm came twice", async () => {
		const account = await openAccount({ balanceMicros: 100_000_000 });
		const campaign = await peopled(account, ["busy", "noAnswer", "failed", "busy"], {
			fields: { pacing: { maxConcurrent: 1 } },
		});
		const dialer = env.CAMPAIGN_DIALER.getByName(campaign.id);
		await account.call(`/api/campaigns/${campaign.id}/start`, {});

		await evictDurableObject(dialer);
		await Promise.all([runDurableObjectAlarm(dialer), dialer.nudge()]);
		await runDurableObjectAlarm(dialer);
		await tick(house(), "* * * * *");

		expect(await finished(account, campaign.id)).toMatchObject({
			status: "completed",
			counters: { totalCalls: 4, done: 4 },
		});
	});

	it("stops when it is paused and calls the rest when it is resumed", async () => {
		const account = await openAccount({ balanceMicros: 100_000_000 });
		const campaign = await peopled(
			account,
			Array.from({ length: 12 }, () => "busy" as const),
			{ fields: { pacing: { callsPerSecond: 4 } } },
		);
		await account.call(`/api/campaigns/${campaign.id}/start`, {});
		await new Promise((resolve) => setTimeout(resolve, 300));

		const paused = await account.call(`/api/campaigns/${campaign.id}/pause`, {});
		expect(await paused.json()).toMatchObject({ status: "paused", pausedReason: "by_owner" });
		const placed = await callsOf(campaign.id);
		await new Promise((resolve) => setTimeout(resolve, 500));
		expect(await callsOf(campaign.id)).toBe(placed);

		await account.call(`/api/campaigns/${campaign.id}`, { pacing: { callsPerSecond: null } }, { method: "PATCH" });
		await account.call(`/api/campaigns/${campaign.id}/resume`, {});
		expect(await finished(account, campaign.id)).toMatchObject({
			status: "completed",
			counters: { totalCalls: 12, done: 12 },
		});
	});
});

async function callsOf(campaignId: string): Promise<number> {
	const row = await env.DB.prepare(
		"SELECT count(*) AS n FROM attempts WHERE campaign_id = ? AND carrier_ref IS NOT NULL",
	)
		.bind(campaignId)
		.first<{ n: number }>();
	return row?.n ?? 0;
}
