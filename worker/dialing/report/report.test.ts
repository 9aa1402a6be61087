import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { draftCampaign, type TestCampaign } from "../../test/campaign";
import { knock, openAccount, type TestAccount } from "../../test/house";

/** Writes calls of a campaign down as they would have ended; each to the next person of the list. */
async function ended(
	account: TestAccount,
	campaign: TestCampaign,
	calls: { disposition: string; at: string; variant?: string; cost?: number }[],
): Promise<void> {
	const sql = (text: string, ...values: unknown[]) => env.DB.prepare(text).bind(...values);
	const { results } = await env.DB.prepare("SELECT id, e164, zones FROM contacts WHERE account_id = ? ORDER BY id")
		.bind(account.accountId)
		.all<{ id: string; e164: string; zones: string }>();
	await env.DB.batch(
		calls.flatMap(({ disposition, at, variant = "a", cost = 0 }, which) => {
			const { id = "", e164 = "", zones = "" } = results[which] ?? {};
			const attempt = `att_${campaign.id}_${which}`;
			const answered = ["answered", "transferred", "opted_out", "machine"].includes(disposition) ? 1 : null;
			return [
				sql(
					"INSERT INTO recipients (campaign_id, contact_id, account_id, e164, zones, hold_micros, minute_micros, state, due_at, variant) VALUES (?, ?, ?, ?, ?, 0, 0, 'pending', 0, ?)",
					campaign.id,
					id,
					account.accountId,
					e164,
					zones,
					variant,
				),
				sql(
					"INSERT INTO attempts (id, account_id, campaign_id, contact_id, n, e164, state, hold_micros, minute_micros, look_after, claimed_at) VALUES (?, ?, ?, ?, 1, ?, 'claimed', ?, 0, 0, 0)",
					attempt,
					account.accountId,
					campaign.id,
					id,
					e164,
					cost,
				),
				sql("UPDATE attempts SET state = 'dialing', dialed_at = ? WHERE id = ?", Date.parse(at), attempt),
				sql(
					"UPDATE attempts SET state = 'ended', disposition = ?, answered_at = ?, transferred_at = ?, ended_at = 1, cost_micros = ? WHERE id = ?",
					disposition,
					answered,
					disposition === "transferred" ? 1 : null,
					cost,
					attempt,
				),
			];
		}),
	);
}

const reportOf = async (account: TestAccount, { id }: TestCampaign) =>
	(await account.call(`/api/campaigns/${id}/report`)).json<{
		funnel: unknown;
		byHour: { zone: string; calls: number[]; answered: number[] }[];
		costs: unknown;
		test: { transferred: { winner: string | null } } | null;
	}>();

describe("the report of a campaign", () => {
	it("tells how far people came and what an answer and a connection cost", async () => {
		const account = await openAccount({ balanceMicros: 10_000_000 });
		const campaign = await draftCampaign(account, { contacts: 4 });
		const at = "2026-07-06T15:10:00Z";
		await ended(account, campaign, [
			{ disposition: "transferred", at, cost: 60_000 },
			{ disposition: "answered", at, cost: 20_000 },
			{ disposition: "busy", at },
			{ disposition: "opted_out", at, cost: 10_000 },
		]);

		const { funnel, costs, test } = await reportOf(account, campaign);

		expect(funnel).toEqual({ people: 4, called: 4, answered: 3, transferred: 1, connected: 0 });
		expect(costs).toEqual({ perAnswerMicros: 30_000, perTransferMicros: 90_000, perConnectMicros: null });
		expect(test).toBeNull();
	});

	it("does not take a machine for somebody who answered", async () => {
		const account = await openAccount({ balanceMicros: 10_000_000 });
		const campaign = await draftCampaign(account, { contacts: 2 });
		const at = "2026-07-06T15:10:00Z";
		await ended(account, campaign, [
			{ disposition: "answered", at, cost: 20_000 },
			{ disposition: "machine", at, cost: 10_000 },
		]);

		const { funnel, costs } = await reportOf(account, campaign);

		expect(funnel).toMatchObject({ called: 2, answered: 1 });
		expect(costs).toMatchObject({ perAnswerMicros: 30_000 });
	});

	it("counts nobody as talking before the 1 that brought them there", async () => {
		const account = await openAccount();
		const campaign = await draftCampaign(account, { contacts: 1 });
		await env.DB.prepare("UPDATE campaign_counters SET connected_calls = 1 WHERE campaign_id = ?")
			.bind(campaign.id)
			.run();

		const { funnel } = await reportOf(account, campaign);

		expect(funnel).toMatchObject({ transferred: 0, connected: 0 });
	});

	it("counts calls by the hour of the people's own day, on both sides of a change of the clocks", async () => {
		const account = await openAccount();
		const campaign = await draftCampaign(account, { contacts: 3, zones: "America/New_York|America/Detroit" });
		await ended(account, campaign, [
			{ disposition: "answered", at: "2026-03-07T15:10:00Z" }, // 10:10, winter time
			{ disposition: "no_answer", at: "2026-03-09T14:59:00Z" }, // 10:59, summer time
			{ disposition: "no_answer", at: "2026-03-09T15:00:00Z" }, // 11:00
		]);

		const { byHour } = await reportOf(account, campaign);

		expect(byHour.map(({ zone }) => zone)).toEqual(["America/New_York"]);
		expect(byHour[0]?.calls.slice(9, 13)).toEqual([0, 2, 1, 0]);
		expect(byHour[0]?.answered.slice(9, 13)).toEqual([0, 1, 0, 0]);
	});

	it("says which of two greetings does better only when it is more than chance", async () => {
		const account = await openAccount();
		const campaign = await draftCampaign(account, { contacts: 80 });
		const at = "2026-07-06T15:10:00Z";
		await ended(
			account,
			campaign,
			Array.from({ length: 80 }, (_, which) => {
				const variant = which < 40 ? "a" : "b";
				return { variant, at, disposition: which % 40 < (variant === "a" ? 6 : 24) ? "transferred" : "answered" };
			}),
		);

		const { test } = await reportOf(account, campaign);

		expect(test).toMatchObject({
			a: { calls: 40, answered: 40, transferred: 6 },
			b: { transferred: 24 },
			transferred: { a: 0.15, b: 0.6, winner: "b" },
			optedOut: { winner: null },
		});
	});

	it("gives the people as a file, with names that no spreadsheet runs", async () => {
		const account = await openAccount();
		const campaign = await draftCampaign(account, { contacts: 2 });
		await env.DB.prepare("UPDATE contacts SET first_name = '=1+1' WHERE account_id = ?").bind(account.accountId).run();
		await ended(account, campaign, [{ disposition: "busy", at: "2026-07-06T15:10:00Z" }]);

		const reply = await account.call(`/api/campaigns/${campaign.id}/recipients.csv`);

		const [header, person, end] = (await reply.text()).split("\r\n");
		expect(header).toBe("contactId,phoneNumber,name,state,outcome,attempts,dueAt,lastAttemptAt,connectedAt");
		expect(person).toMatch(/^con_\w+,\+1415\d+,'=1\+1,done,busy,1,,2026-07-06T15:10:00.000Z,$/);
		expect(end).toBe("");
		expect((await (await openAccount()).call(`/api/campaigns/${campaign.id}/recipients.csv`)).status).toBe(404);
		expect((await knock(`/api/campaigns/${campaign.id}/recipients.csv`)).status).toBe(401);
	});
});
