import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import type { TestAccount } from "./house";

/** What a campaign of a test is made of; what is not named is as an ordinary campaign has it. */
export interface CampaignParts {
	contacts?: number;
	/** IANA zones of every contact. */
	zones?: string;
	/** Country of every contact, as the price book knows it. */
	country?: string;
	transfer?: boolean;
	/** Further fields of POST /api/campaigns. */
	fields?: Record<string, unknown>;
}

export interface TestCampaign {
	id: string;
	listId: string;
	greetingId: string;
	caller: string;
	transferNumber: string | null;
	/** The contacts' numbers in the order of their ids. */
	numbers: string[];
}

/** Hours that are open all day and night where the contacts of a test live: 08:00 to 21:00 is the legal most. */
export function zoneWhereItIsNoon(now = Date.now()): string {
	const ahead = (12 - new Date(now).getUTCHours() + 24) % 24;
	const offset = ahead > 12 ? ahead - 24 : ahead;
	return offset === 0 ? "Etc/GMT" : `Etc/GMT${offset > 0 ? "-" : "+"}${Math.abs(offset)}`;
}

let lines = 0;
/** A valid number that no other test has. */
export function freshE164(): string {
	lines++;
	return `+1415${String(2_000_000 + lines).padStart(7, "0")}`;
}

/** Gives the account a list, a greeting, a number and a draft campaign over them, straight in the database but for the campaign. */
export async function draftCampaign(account: TestAccount, parts: CampaignParts = {}): Promise<TestCampaign> {
	const { contacts = 3, zones = zoneWhereItIsNoon(), country = "US", transfer = true, fields = {} } = parts;
	const now = Date.now();
	const { accountId } = account;
	const listId = `lst_${ulid()}`;
	const greetingId = `grt_${ulid()}`;
	const caller = freshE164();
	const transferNumber = transfer ? freshE164() : null;
	const numbers = Array.from({ length: contacts }, freshE164);
	const people = numbers.map((e164) => ({ id: `con_${ulid()}`, e164 })).sort((a, b) => (a.id < b.id ? -1 : 1));
	const sql = (text: string, ...values: unknown[]) => env.DB.prepare(text).bind(...values);
	await env.DB.batch([
		sql(
			"INSERT INTO contact_lists (id, account_id, name, created_at, updated_at) VALUES (?, ?, 'People', ?, ?)",
			listId,
			accountId,
			now,
			now,
		),
		sql(
			`INSERT INTO contacts (id, account_id, e164, country, zones, created_at, updated_at)
			SELECT value ->> 'id', ?1, value ->> 'e164', ?3, ?4, ?5, ?5 FROM json_each(?2)`,
			accountId,
			JSON.stringify(people),
			country,
			zones,
			now,
		),
		sql(
			"INSERT INTO list_members (account_id, list_id, contact_id) SELECT ?1, ?2, value ->> 'id' FROM json_each(?3)",
			accountId,
			listId,
			JSON.stringify(people),
		),
		sql(
			`INSERT INTO greeting_files (id, account_id, status, filename, media_type, byte_length, duration_ms, r2_key, created_at)
			VALUES (?1, ?2, 'ready', 'hello.wav', 'audio/wav', 1000, 1000, ?1, ?3)`,
			greetingId,
			accountId,
			now,
		),
		sql(
			`INSERT INTO numbers (id, account_id, e164, status, country, line_type, provider, carrier_ref, can_voice, can_sms, monthly_micros, purchased_at, created_at)
			VALUES (?1, ?2, ?3, 'active', 'US', 'local', 'simulated', ?1, 1, 1, 0, ?4, ?4)`,
			`num_${ulid()}`,
			accountId,
			caller,
			now,
		),
		...(transferNumber
			? [
					sql(
						"INSERT INTO transfer_numbers (id, account_id, name, e164, created_at) VALUES (?, ?, 'Desk', ?, ?)",
						`trn_${ulid()}`,
						accountId,
						transferNumber,
						now,
					),
				]
			: []),
	]);
	const reply = await account.call("/api/campaigns", {
		title: "Spring offer",
		greetingFileId: greetingId,
		contactListId: listId,
		callerNumbers: [caller],
		...(transferNumber ? { transferNumber } : {}),
		...fields,
	});
	if (reply.status !== 201) throw new Error(`no campaign: ${reply.status} ${await reply.text()}`);
	const { id } = await reply.json<{ id: string }>();
	return { id, listId, greetingId, caller, transferNumber, numbers: people.map(({ e164 }) => e164) };
}

/** Every attempt of a campaign as the database has it. */
export async function attemptsOf(campaignId: string): Promise<Record<string, unknown>[]> {
	const { results } = await env.DB.prepare("SELECT * FROM attempts WHERE campaign_id = ? ORDER BY id")
		.bind(campaignId)
		.all();
	return results;
}
