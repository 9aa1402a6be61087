import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { observeStatements } from "../db/client";
import { attemptsOf, type CampaignParts, draftCampaign, freshE164, type TestCampaign } from "../test/campaign";
import { type FakeCarrier, fakeCarrier } from "../test/fake-carrier";
import { house, openAccount, type TestAccount } from "../test/house";
import { Engine } from "./engine";
import { Lanes } from "./lanes";
import { startDueCampaigns } from "./tick";

interface Dialing {
	account: TestAccount;
	campaign: TestCampaign;
	carrier: FakeCarrier;
	dial(now?: () => number): Promise<number | null>;
}

async function running(parts: CampaignParts = {}): Promise<Dialing> {
	const account = await openAccount({ balanceMicros: 1_000_000_000 });
	const campaign = await draftCampaign(account, parts);
	await env.DB.prepare("UPDATE campaigns SET status = 'running', started_at = 1 WHERE id = ?").bind(campaign.id).run();
	const carrier = fakeCarrier();
	const journal = { note: () => {}, settle: () => {}, open: () => [] };
	return {
		account,
		campaign,
		carrier,
		dial: (now = Date.now) => new Engine(house({ carrier, now }), campaign.id, journal, 20).run(now() + 20_000),
	};
}
const outcomesOf = async ({ id }: TestCampaign) => {
	const { results } = await env.DB.prepare(
		"SELECT state, outcome FROM recipients WHERE campaign_id = ? ORDER BY contact_id",
	)
		.bind(id)
		.all();
	return results;
};
const patch = ({ account, campaign }: Dialing, body: object) =>
	account.call(`/api/campaigns/${campaign.id}`, body, { method: "PATCH" });

describe("what a campaign is set to", () => {
	it("listens for machines as it is told, before the greeting or while it plays", async () => {
		const none = await running({ contacts: 1 });
		const before = await running({ contacts: 1, fields: { script: { machines: { do: "voicemail", text: "Hi" } } } });
		const during = await running({
			contacts: 1,
			fields: { script: { machines: { do: "hang_up", detection: "meanwhile" } } },
		});
		for (const { dial } of [none, before, during]) await dial();

		expect(none.carrier.placed[0]?.machineDetection).toBeUndefined();
		expect(before.carrier.placed[0]).toMatchObject({ machineDetection: "wait_for_beep" });
		expect(before.carrier.placed[0]?.machineDetectionUrl).toBeUndefined();
		expect(during.carrier.placed[0]).toMatchObject({
			machineDetection: "detect",
			machineDetectionUrl: expect.stringContaining("/voice/machine?a=att_"),
		});
	});

	it("shows a caller number with the called person's own area code", async () => {
		const dialing = await running({ contacts: 6, fields: { callerChoice: "local" } });
		const { account, campaign } = dialing;
		const callers = [campaign.caller];
		for (const prefix of ["+1212", "+4930"]) {
			const e164 = prefix + freshE164().slice(-7);
			callers.push(e164);
			await env.DB.prepare(
				`INSERT INTO numbers (id, account_id, e164, status, country, line_type, provider, carrier_ref, can_voice, can_sms, monthly_micros, purchased_at, created_at)
				VALUES (?1, ?2, ?3, 'active', 'US', 'local', 'simulated', ?1, 1, 1, 0, 1, 1)`,
			)
				.bind(`num_${e164}`, account.accountId, e164)
				.run();
		}
		await env.DB.prepare("UPDATE campaigns SET caller_numbers = ? WHERE id = ?")
			.bind(JSON.stringify(callers), campaign.id)
			.run();
		const prefixes = ["+1415", "+1212", "+4930", "+4940", "+1213", "+3312"];
		for (const [at, prefix] of prefixes.entries())
			await env.DB.prepare("UPDATE contacts SET e164 = ? WHERE e164 = ?")
				.bind(`${prefix}555${1000 + at}`, campaign.numbers[at])
				.run();

		await dialing.dial();

		const shown = Object.fromEntries(dialing.carrier.placed.map(({ to, from }) => [to.slice(0, 5), from.slice(0, 5)]));
		expect(shown).toMatchObject({
			"+1415": "+1415",
			"+1212": "+1212",
			"+4930": "+4930",
			"+4940": "+4930",
			"+1213": "+1212",
		});
	});

	it("sets aside what a call may cost after it was made longer, or dearer to hand on", async () => {
		const dialing = await running({ contacts: 2, fields: { maxCallSeconds: 60 } });
		const { account, campaign } = dialing;
		const { id: assistantId } = await (await account.call("/api/assistants", { name: "Desk" })).json<{ id: string }>();
		const holds = async () => {
			const { results } = await env.DB.prepare(
				"SELECT hold_micros AS hold FROM recipients WHERE campaign_id = ? AND state = 'pending'",
			)
				.bind(campaign.id)
				.all();
			return results;
		};
		await env.DB.prepare("UPDATE wallets SET available_micros = 0 WHERE account_id = ?").bind(account.accountId).run();
		await dialing.dial(); // copies its list, and pauses
		const before = await holds();

		await patch(dialing, { maxCallSeconds: 90 });
		const longer = await holds();
		await patch(dialing, { transferNumber: null, script: { transfer: { to: "assistant", assistantId } } });
		const dearer = await holds();

		expect(before).toEqual([{ hold: 28_000 }, { hold: 28_000 }]);
		expect(longer).toEqual([{ hold: 2 * 28_000 }, { hold: 2 * 28_000 }]);
		expect(dearer).toEqual([{ hold: 2 * 164_000 }, { hold: 2 * 164_000 }]);
	});

	it("takes another try as soon, and as often, as the rule of its result says", async () => {
		const dialing = await running({
			contacts: 4,
			fields: {
				retries: {
					maxAttempts: 1,
					rules: { busy: { maxAttempts: 3, delaySeconds: 60 }, machine: { maxAttempts: 2, delaySeconds: 3_600 } },
				},
			},
		});
		await dialing.dial();
		const at = Date.now();
		const attempts = await attemptsOf(dialing.campaign.id);
		for (const [which, disposition] of ["busy", "machine", "no_answer", "failed"].entries())
			await env.DB.prepare(
				"UPDATE attempts SET state = 'ended', disposition = ?, ended_at = ?, cost_micros = 0 WHERE id = ?",
			)
				.bind(disposition, at, attempts[which]?.id)
				.run();

		const { results } = await env.DB.prepare(
			"SELECT outcome, state, due_at - ?2 AS delay FROM recipients WHERE campaign_id = ?1 AND state = 'pending' ORDER BY outcome",
		)
			.bind(dialing.campaign.id, at)
			.all();
		expect(results).toEqual([
			{ outcome: "busy", state: "pending", delay: 60_000 },
			{ outcome: "machine", state: "pending", delay: 3_600_000 },
		]);
	});

	it("does not try a number again that the carrier will never connect", async () => {
		const dialing = await running({ contacts: 1, fields: { retries: { maxAttempts: 5 } } });
		await dialing.dial();
		await env.DB.prepare(
			"UPDATE attempts SET state = 'ended', disposition = 'failed', error_code = 'invalid_to:21217', ended_at = 1, cost_micros = 0 WHERE campaign_id = ?",
		)
			.bind(dialing.campaign.id)
			.run();

		expect(await outcomesOf(dialing.campaign)).toEqual([{ state: "done", outcome: "failed" }]);
	});

	it("calls nobody once it has ended, and says so", async () => {
		const dialing = await running({
			contacts: 2,
			fields: { schedule: { endsAt: new Date(Date.now() + 60_000).toISOString() } },
		});

		await dialing.dial(() => Date.now() + 61_000);

		expect(dialing.carrier.placed).toEqual([]);
		expect(await outcomesOf(dialing.campaign)).toEqual(new Array(2).fill({ state: "skipped", outcome: "not_reached" }));
	});

	it("goes by new hours while it runs, in both directions", async () => {
		const dialing = await running({
			contacts: 2,
			zones: "Etc/UTC",
			fields: { schedule: { window: { start: "09:00", end: "10:00" } } },
		});
		const noon = Date.parse("2027-07-07T12:00:00Z");
		await dialing.dial(() => noon);
		const waiting = dialing.carrier.placed.length;
		await env.DB.prepare("UPDATE campaigns SET status = 'running' WHERE id = ?").bind(dialing.campaign.id).run();

		const reply = await patch(dialing, { schedule: { window: { start: "09:00", end: "13:00" } } });
		await env.DB.prepare("UPDATE recipients SET due_at = ? WHERE campaign_id = ? AND due_at < ?")
			.bind(noon, dialing.campaign.id, noon)
			.run();
		await dialing.dial(() => noon);

		expect(reply.status).toBe(200);
		expect([waiting, dialing.carrier.placed.length]).toEqual([0, 2]);
	});

	it("asks a carrier that is too busy less often, and comes back to its pace", async () => {
		let refusals = 3;
		const starts: number[] = [];
		const lanes = new Lanes({
			place: async () => {
				starts.push(Date.now());
				if (refusals-- > 0) return { taken: [{ result: "busy", retryAfterSeconds: 0 }], askedAt: 0 };
				return { taken: [{ result: "placed", ref: "CA1" }], askedAt: 0 };
			},
			about: () => {},
			progress: () => {},
		});
		const ready = (count: number) =>
			Array.from({ length: count }, (_, at) => ({
				id: `a${at}`,
				contactId: "c",
				e164: "+1",
				callerE164: "+1",
				n: 1,
				zones: "",
			}));
		lanes.setRate(1_000);
		lanes.add(ready(3));
		while (starts.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));

		expect(lanes.ratePerSecond).toBe(1_000);
		lanes.setRate(1_000);
		const eased = lanes.ratePerSecond;
		for (let turn = 0; turn < 20; turn++) lanes.setRate(1_000);

		expect(eased).toBeCloseTo(175, 0); // halved three times, and a twentieth back
		expect(lanes.ratePerSecond).toBe(1_000);
	});
});

describe("the clock with a thousand campaigns", () => {
	it("starts those that are due, cancels those whose time is over, and asks as often as with one", async () => {
		const account = await openAccount({ balanceMicros: 1_000_000 });
		const draft = await draftCampaign(account, { contacts: 1, zones: "" });
		const copy = (name: string, count: number, startsAt: number, expiresAt: number | null) =>
			env.DB.prepare(
				`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
				INSERT INTO campaigns (id, account_id, title, status, greeting_file_id, contact_list_id, caller_numbers, starts_at, expires_at, created_at, updated_at)
				SELECT ?1 || i, account_id, 'C', 'scheduled', greeting_file_id, contact_list_id, caller_numbers, ?3, ?4, 1, 1
				FROM campaigns CROSS JOIN n WHERE id = ?2`,
			)
				.bind(`cmp_${account.accountId}_${name}_`, draft.id, startsAt, expiresAt)
				.run();
		await copy("later", 990, Date.now() + 1e9, null);
		await copy("due", 10, 1, null);
		await copy("late", 5, 1, 2);
		const clock = house();
		const asked: string[] = [];
		observeStatements(({ sql }) => asked.push(sql));

		await startDueCampaigns(clock);
		observeStatements(undefined);

		expect([clock.db.trips.count, asked.length]).toEqual([1, 3]);
		const { results } = await env.DB.prepare(
			"SELECT status, paused_reason AS reason, count(*) AS count FROM campaigns WHERE account_id = ? AND id <> ? GROUP BY 1, 2 ORDER BY 1",
		)
			.bind(account.accountId, draft.id)
			.all();
		expect(results).toEqual([
			{ status: "cancelled", reason: "expired", count: 5 },
			{ status: "running", reason: null, count: 10 },
			{ status: "scheduled", reason: null, count: 990 },
		]);
	});

	it("starts each once, however many clocks tick at the same moment", async () => {
		const account = await openAccount({ balanceMicros: 10_000_000 });
		const draft = await draftCampaign(account, { contacts: 1, zones: "" });
		await env.DB.prepare("UPDATE campaigns SET status = 'scheduled', starts_at = 1 WHERE id = ?").bind(draft.id).run();

		await Promise.all(Array.from({ length: 50 }, () => startDueCampaigns(house())));

		const row = await env.DB.prepare("SELECT status FROM campaigns WHERE id = ?").bind(draft.id).first();
		expect(["running", "completed"]).toContain(row?.status);
	});
});

describe("the feed of a campaign", () => {
	it("tells of many calls once, until it has been told", async () => {
		const { campaign, dial } = await running({ contacts: 8 });

		await dial();

		const { results } = await env.DB.prepare("SELECT sent_at AS sentAt FROM outbox WHERE payload = ?")
			.bind(JSON.stringify({ campaignId: campaign.id }))
			.all<{ sentAt: number | null }>();
		expect(results.filter(({ sentAt }) => sentAt === null).length).toBeLessThanOrEqual(1);
		expect(results.length).toBeGreaterThan(0);
		expect(results.length).toBeLessThan(8);
	});

	it("tells of a pause at once", async () => {
		const { account, campaign } = await running({ contacts: 1 });

		await account.call(`/api/campaigns/${campaign.id}/pause`, {});

		const { results } = await env.DB.prepare("SELECT type FROM outbox WHERE account_id = ? AND type = 'campaign'")
			.bind(account.accountId)
			.all();
		expect(results.length).toBeGreaterThan(0);
	});
});
