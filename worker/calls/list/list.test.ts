import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { openMember } from "../../test/access-matrix.people";
import { openAccount, type TestAccount } from "../../test/house";
import type { Call, CallStory } from "../inputs";

interface Page {
	items: Call[];
	nextCursor: string | null;
}

let made = 0;

/** Writes a call of `userId` into the account's log, the later one with the later id. */
async function log({ accountId }: TestAccount, userId: string, columns: Record<string, string | number | null> = {}) {
	const id = `call_${String(++made).padStart(6, "0")}${userId}`;
	const row = {
		id,
		account_id: accountId,
		user_id: userId,
		call_ref: id,
		kind: "carrier",
		direction: "inbound",
		from_address: "+442079460018",
		to_address: "+14155552671",
		status: "missed",
		started_at: 1_763_751_234_567,
		ended_at: 1_763_751_234_568,
		...columns,
	};
	const names = Object.keys(row);
	await env.DB.prepare(`INSERT INTO calls (${names}) VALUES (${names.map(() => "?")})`)
		.bind(...Object.values(row))
		.run();
	return id;
}

const page = async (person: { call(path: string): Promise<Response> }, query = ""): Promise<Page> =>
	(await person.call(`/api/calls${query}`)).json();
const idsOf = ({ items }: Page) => items.map(({ id }) => id);

describe("the call log", () => {
	it("says of each call what is said of it alone, to the letter", async () => {
		const account = await openAccount();
		const { userId } = account;
		await log(account, userId);
		await log(account, userId, {
			kind: "browser",
			direction: "outbound",
			from_address: "care4w-ABC1234",
			to_address: 'sip:"Zoë"\\@example.com\n\u2028',
			peer_identity: "care4w-XYZ9876",
			peer_name: '{"}",\t</script> 😀',
			status: "completed",
			started_at: 0,
			answered_at: 999,
			ended_at: 4_102_444_799_999,
			duration_seconds: 61,
			answered_by: "human",
			answered_user_id: userId,
			transcript: "Hello\u0000there",
			cost_micros: 14_000,
			error_code: "dial:busy",
		});
		const heard = await log(account, userId, { own_e164: "+14155552671", status: "completed" });
		await env.DB.prepare(
			`INSERT INTO recordings (id, account_id, call_id, user_id, kind, carrier_ref, status, r2_key, duration_seconds, created_at)
			VALUES (?1, ?2, ?3, ?4, 'voicemail', ?1, 'ready', ?1, 12, 1)`,
		)
			.bind(`rec_${heard}`, account.accountId, heard, userId)
			.run();

		const { items } = await page(account);

		expect(items).toHaveLength(3);
		for (const item of items) {
			const alone: CallStory = await (await account.call(`/api/calls/${item.id}`)).json();
			expect(alone).toMatchObject(item);
		}
	});

	it("is paged latest first, with any choice of filters", async () => {
		const account = await openAccount();
		const calls = [];
		for (const status of ["missed", "completed", "missed", "missed"])
			calls.unshift(await log(account, account.userId, { status }));
		const [fourth, third, , first] = calls;

		const top = await page(account, "?status=missed&direction=inbound&limit=2");
		const rest = await page(account, `?status=missed&direction=inbound&limit=2&cursor=${top.nextCursor}`);

		expect([idsOf(top), idsOf(rest), rest.nextCursor]).toEqual([[fourth, third], [first], null]);
		expect(idsOf(await page(account, "?status=missed&q=5552671"))).toEqual([fourth, third, first]);
		expect(idsOf(await page(account, "?q=%25"))).toEqual([]);
		expect(idsOf(await page(account))).toEqual(calls);
	});

	it("is a member's own of what came to them, what they answered and what was handed to them", async () => {
		const account = await openAccount();
		const member = await openMember(account);
		const { userId } = account;
		await log(account, userId);
		const theirs = [
			await log(account, userId, { talking_user_id: member.userId }),
			await log(account, userId, { answered_user_id: member.userId, talking_user_id: member.userId }),
			await log(account, member.userId, { direction: "outbound" }),
		].reverse();

		const top = await page(member, "?limit=2");
		const rest = await page(member, `?limit=2&cursor=${top.nextCursor}`);

		expect([...idsOf(top), ...idsOf(rest)]).toEqual(theirs);
		expect(idsOf(await page(member, "?direction=outbound"))).toEqual(theirs.slice(0, 1));
	});
});
