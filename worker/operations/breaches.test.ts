import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { draftCampaign } from "../test/campaign";
import { house, openAccount } from "../test/house";
import { beatCron, readInvariants } from "./invariants";

const NUMBER = (id: string, status: string, operation = "NULL") =>
	`INSERT INTO numbers (id, account_id, e164, status, country, line_type, provider, carrier_ref, monthly_micros, operation_id, purchased_at, created_at)
	SELECT '${id}', account_id, '+14155550199', '${status}', 'US', 'local', 'simulated', '${id}', 0, ${operation}, 1, 1 FROM wallets WHERE account_id = ?1`;
const ATTEMPT = (id: string, n: number, lookAfter: number) =>
	`INSERT INTO attempts (id, account_id, campaign_id, contact_id, n, e164, state, hold_micros, minute_micros, look_after, claimed_at)
	SELECT '${id}', account_id, id, 'con_1', ${n}, '+14155550100', 'claimed', 0, 0, ${lookAfter}, 1 FROM campaigns WHERE account_id = ?1`;
const FAR = 9_000_000_000_000;

/** Each rule with what breaks it, and nothing but it. What the schema forbids is allowed for a moment. */
const BREACHES: Record<string, { allow?: string; sql: string[] }> = {
	one_owner_per_number: {
		allow: "numbers_one_owner",
		sql: [NUMBER("num_a", "releasing"), NUMBER("num_b", "releasing")],
	},
	one_live_attempt_per_contact: {
		allow: "attempts_one_live",
		sql: [ATTEMPT("att_a", 1, FAR), ATTEMPT("att_b", 2, FAR)],
	},
	no_attempt_past_its_age: { sql: [ATTEMPT("att_c", 1, 1)] },
	no_use_past_its_age: {
		sql: [
			"INSERT INTO usages (ref, account_id, item, unit_micros, units_held, created_at, settle_by) VALUES ('msg_a', ?1, 'mms', 0, 1, 1, 1)",
		],
	},
	no_number_without_its_charge: {
		sql: [
			"INSERT INTO operations (id, account_id, user_id, kind, state, hold_micros, created_at, settled_at) VALUES ('op_a', ?1, ?1, 'number_purchase', 'done', 5, 1, 1)",
			NUMBER("num_c", "active", "'op_a'"),
		],
	},
	no_channel_without_its_number: {
		sql: [
			NUMBER("num_d", "released"),
			"INSERT INTO channels (id, account_id, number_id, name, type, status, created_at) VALUES ('chn_a', ?1, 'num_d', '', 'sms', 'active', 1)",
		],
	},
	counters_equal_attempts: { sql: ["UPDATE campaign_counters SET total_calls = 1 WHERE account_id = ?1"] },
	outbox_is_drained: { sql: ["INSERT INTO outbox (account_id, type, created_at) VALUES (?1, 'message', 1)"] },
};
const MEND = [
	"DELETE FROM channels WHERE id = 'chn_a'",
	"DELETE FROM numbers WHERE id IN ('num_a', 'num_b', 'num_c', 'num_d')",
	"DELETE FROM operations WHERE id = 'op_a'",
	"DELETE FROM attempts WHERE id IN ('att_a', 'att_b', 'att_c')",
	"DELETE FROM usages WHERE ref = 'msg_a'",
	"DELETE FROM outbox",
	"UPDATE campaign_counters SET total_calls = 0",
];

async function broken(): Promise<string[]> {
	await beatCron(house());
	const { checks } = await readInvariants(house());
	return checks.filter(({ ok }) => !ok).map(({ name }) => name);
}

async function accountWithCampaign(): Promise<string> {
	const account = await openAccount();
	await draftCampaign(account);
	// Its caller's number was bought by nobody, which is a breach of its own.
	await env.DB.prepare("DELETE FROM numbers WHERE account_id = ?").bind(account.accountId).run();
	return account.accountId;
}

describe("a rule of the books", () => {
	it.each(Object.entries(BREACHES))("%s is named when it is broken, and only then", async (rule, { allow, sql }) => {
		const account = await accountWithCampaign();
		const index = await env.DB.prepare("SELECT sql FROM sqlite_master WHERE name = ?")
			.bind(allow ?? "")
			.first<{ sql: string }>();
		if (allow) await env.DB.exec(`DROP INDEX ${allow}`);

		for (const statement of sql) await env.DB.prepare(statement).bind(account).run();
		const wrong = await broken();
		for (const statement of MEND) await env.DB.exec(statement);
		if (index) await env.DB.prepare(index.sql).run();

		expect(wrong).toEqual([rule]);
		expect(await broken()).toEqual([]);
	});

	it("has a test that breaks it", async () => {
		const elsewhere = [
			"ledger_equals_balances",
			"holds_are_explained",
			"no_operation_past_its_age",
			"no_number_without_its_purchase",
			"cron_is_alive",
		];

		const { checks } = await readInvariants(house());

		expect(checks.map(({ name }) => name).sort()).toEqual([...Object.keys(BREACHES), ...elsewhere].sort());
	});
});
