import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { draftCampaign } from "../test/campaign";
import { house, openAccount } from "../test/house";
import { claim, startDialing } from "./attempts/store";
import { skipSuppressed } from "./recipients/store";

const PAGE = 50;
type Asked = { getQuery(): { sql: string; params: unknown[] } };

/** A campaign of so many people, all but the last fifth of them called already. */
async function campaignOf(people: number): Promise<{ accountId: string; campaignId: string; caller: string }> {
	const account = await openAccount({ balanceMicros: 1_000_000_000 });
	const { id, caller } = await draftCampaign(account, { contacts: 1 });
	await env.DB.prepare(
		`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${people})
		INSERT INTO recipients (campaign_id, contact_id, account_id, e164, zones, hold_micros, minute_micros, state, due_at)
		SELECT ?1, ?2 || printf('%08d', i), ?2, '+1' || (2000000000 + i), 'Etc/UTC', 0, 0, iif(i % 5, 'done', 'pending'), 1 FROM n`,
	)
		.bind(id, account.accountId)
		.run();
	await env.DB.prepare("UPDATE campaigns SET status = 'running' WHERE id = ?").bind(id).run();
	return { accountId: account.accountId, campaignId: id, caller };
}

async function ask(statement: unknown): Promise<{ rows: number; scans: string[]; results: unknown[] }> {
	const { sql, params } = (statement as Asked).getQuery();
	const plan = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
		.bind(...params)
		.all<{ detail: string }>();
	const { results, meta } = await env.DB.prepare(sql)
		.bind(...params)
		.all();
	const scans = plan.results
		.map(({ detail }) => detail)
		.filter((detail) => /^SCAN (recipients|attempts|contacts|suppressions|campaigns)\b/.test(detail));
	return { rows: meta.rows_read, scans, results };
}

describe("a claim", () => {
	it("costs the same however long the list is and however far the campaign has come", async () => {
		const { db } = house();
		const cost: Record<number, number[]> = {};
		for (const people of [1_000, 10_000, 100_000]) {
			const { accountId, campaignId, caller } = await campaignOf(people);
			const page = { accountId, campaignId, callers: [caller], local: false, ahead: PAGE, turnId: `${people}`, now: 2 };
			const asked = [
				await ask(skipSuppressed(db, accountId, campaignId, PAGE, 2)),
				await ask(claim(db, page)),
				await ask(startDialing(db, { campaignId, limit: PAGE, mostLive: PAGE, mostLiveOfCampaign: PAGE, now: 2 })),
			];

			expect(asked.map(({ scans }) => scans)).toEqual([[], [], []]);
			expect(asked[2]?.results).toHaveLength(PAGE);
			cost[people] = asked.map(({ rows }) => rows);
			await env.DB.prepare(
				"UPDATE attempts SET state = 'ended', disposition = 'answered', ended_at = 3, cost_micros = 0 WHERE campaign_id = ?",
			)
				.bind(campaignId)
				.run();
		}

		for (const [at, rows] of (cost[1_000] ?? []).entries()) {
			expect(Math.abs((cost[10_000]?.[at] ?? 0) - rows)).toBeLessThanOrEqual(PAGE);
			expect(Math.abs((cost[100_000]?.[at] ?? 0) - rows)).toBeLessThanOrEqual(PAGE);
		}
	});
});
