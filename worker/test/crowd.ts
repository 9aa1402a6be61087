import { env } from "cloudflare:workers";
import { openMember } from "./access-matrix.people";
import { openAccount, type TestAccount } from "./house";

/** Rows per big table: what PERFORMANCE.md measures with. */
export const CROWD = 100_000;

/** One account that owns most of a crowded database, and the ids that its routes ask for. */
export interface Crowd {
	account: TestAccount;
	list: string;
	import: string;
	campaign: string;
	contact: string;
	channel: string;
	operation: string;
	call: string;
	member: string;
	conversation: string;
}

const ID = (prefix: string) => `'${prefix}_' || printf('%026d', i)`;
const E164 = "'+1' || (2000000000 + i)";
/** Two of five rows are the neighbour's, so that a query which forgets whose rows it wants reads them too. */
const OWNER = "iif(i % 5 < 3, ?1, ?2)";

/** Fills every table that grows with a hundred thousand rows (the short ones with a thousand), in one statement each. */
export async function openCrowd(): Promise<Crowd> {
	const [account, neighbour] = [await openAccount(), await openAccount()];
	const fill = (table: string, count: number, columns: Record<string, string>) =>
		env.DB.prepare(
			`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
			INSERT INTO ${table} (${Object.keys(columns).join(", ")}) SELECT ${Object.values(columns).join(", ")} FROM n`,
		)
			.bind(...[account.accountId, neighbour.accountId].slice(0, owners(columns)))
			.run();
	const own = { account_id: OWNER, created_at: "i" };
	const campaignOf = "iif(i % 5 < 3, 'cmp_' || printf('%026d', 1), 'cmp_' || printf('%026d', 3))";

	await fill("sessions", 200, {
		id: ID("ses"),
		user_id: OWNER,
		created_at: "i",
		last_used_at: "i",
		idle_expires_at: "9e14",
		expires_at: "9e14",
	});
	await fill("ledger", CROWD, {
		...own,
		kind: "'top_up'",
		from_bucket: "'external'",
		to_bucket: "'available'",
		amount_micros: "1000",
		ref: ID("pay"),
	});
	await fill("operations", CROWD, { ...own, id: ID("op"), user_id: OWNER, kind: "'number_purchase'" });
	await fill("numbers", 1_000, {
		...own,
		id: ID("num"),
		e164: E164,
		status: "'active'",
		country: "'US'",
		line_type: "'local'",
		provider: "'simulated'",
		carrier_ref: ID("PN"),
		monthly_micros: "1150000",
		purchased_at: "i",
	});
	await fill("channels", 1_000, {
		...own,
		id: ID("chn"),
		number_id: ID("num"),
		name: "'a'",
		type: "'sms'",
		status: "'active'",
	});
	await fill("contacts", CROWD, { ...own, id: ID("con"), e164: E164, country: "'US'", updated_at: "i" });
	await fill("contact_lists", 1_000, { ...own, id: ID("lst"), name: "'a'", updated_at: "i" });
	await fill("list_members", CROWD, {
		account_id: OWNER,
		list_id: campaignOf.replaceAll("cmp_", "lst_"),
		contact_id: ID("con"),
	});
	await fill("imports", 1_000, { ...own, id: ID("imp"), list_id: ID("lst"), status: "'done'", updated_at: "i" });
	await fill("import_errors", CROWD, {
		account_id: OWNER,
		import_id: campaignOf.replaceAll("cmp_", "imp_"),
		line: "i",
		reason: "'not_a_number'",
		value: `'{"value":"","cells":[]}'`,
	});
	await fill("consent_events", CROWD, { ...own, e164: E164, action: "'stop'", source: "'do_not_call'" });
	await fill("greeting_files", 1_000, {
		...own,
		id: ID("grt"),
		status: "'ready'",
		filename: "'a.wav'",
		media_type: "'audio/wav'",
		byte_length: "1",
		r2_key: ID("key"),
	});
	await fill("transfer_numbers", 1_000, { ...own, id: ID("trn"), name: "'a'", e164: E164 });
	await fill("campaigns", 1_000, { ...own, id: ID("cmp"), title: "'a'", updated_at: "i" });
	await fill("recipients", CROWD, {
		account_id: OWNER,
		campaign_id: campaignOf,
		contact_id: ID("con"),
		e164: E164,
		zones: "''",
		hold_micros: "0",
		minute_micros: "0",
		state: "iif(i % 2, 'pending', 'done')",
		outcome: "iif(i % 2, NULL, 'busy')",
		due_at: "i",
	});
	await fill("attempts", CROWD, {
		account_id: OWNER,
		campaign_id: campaignOf,
		contact_id: ID("con"),
		id: ID("att"),
		n: "1",
		e164: E164,
		state: "'ended'",
		disposition: "'busy'",
		hold_micros: "0",
		minute_micros: "0",
		look_after: "i",
		claimed_at: "i",
		dialed_at: "i",
		ended_at: "i",
	});
	await fill("calls", CROWD, {
		id: ID("call"),
		account_id: OWNER,
		user_id: OWNER,
		call_ref: "i",
		kind: "'browser'",
		direction: "'inbound'",
		from_address: E164,
		to_address: E164,
		status: "'missed'",
		started_at: "i",
		ended_at: "i",
	});
	await fill("conversations", 1_000, {
		...own,
		id: ID("cnv"),
		own_e164: E164,
		peer: "'+4477' || (10000000 + i)",
		channel: "'sms'",
		last_at: "i",
	});
	await fill("messages", CROWD, {
		...own,
		id: ID("msg"),
		conversation_id: campaignOf.replaceAll("cmp_", "cnv_"),
		direction: "iif(i % 2, 'inbound', 'outbound')",
		body: "iif(i % 1000 = 1, 'a parcel for you', 'hello number ' || i)",
		status: "'received'",
	});
	// Nobody is done from the beginning, so the counters that triggers keep have not counted them.
	await env.DB.prepare("UPDATE campaign_counters SET done = recipients - pending - active - skipped").run();
	const first = (prefix: string) => `${prefix}_${"1".padStart(26, "0")}`;
	const ids = { list: first("lst"), import: first("imp"), campaign: first("cmp"), contact: first("con") };
	const { userId: member } = await openMember(account);
	return {
		account,
		...ids,
		channel: first("chn"),
		operation: first("op"),
		call: first("call"),
		member,
		conversation: first("cnv"),
	};
}

/** How many of the two owners a table's rows name; D1 refuses a parameter too many. */
function owners(columns: Record<string, string>): number {
	return Object.values(columns).some((value) => value.includes("?2")) ? 2 : 0;
}
