import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { attemptsOf, draftCampaign, type TestCampaign, zoneWhereItIsNoon } from "../../test/campaign";
import { fakeCarrier } from "../../test/fake-carrier";
import { house, knock, openAccount, type TestAccount } from "../../test/house";
import { Engine } from "../engine";
import type { PreflightShape } from "./inputs";

const HOUR = 3_600_000;

async function ask(account: TestAccount, { id }: { id: string }, query = ""): Promise<PreflightShape> {
	return (await account.call(`/api/campaigns/${id}/preflight${query}`)).json();
}

const change = ({ id, numbers }: TestCampaign, at: number, column: string, value: string | number) =>
	env.DB.prepare(
		`UPDATE contacts SET ${column} = ? WHERE account_id = (SELECT account_id FROM campaigns WHERE id = ?) AND e164 = ?`,
	)
		.bind(value, id, numbers[at])
		.run();

describe("the preflight of a campaign", () => {
	it("counts who is called and who is not and why, in one round trip", async () => {
		const account = await openAccount({ balanceMicros: 100_000_000 });
		const campaign = await draftCampaign(account, { contacts: 7, fields: { consentRequired: true } });
		await env.DB.prepare("UPDATE contacts SET consented_at = 1 WHERE account_id = ?").bind(account.accountId).run();
		await account.call("/api/do-not-call", { phoneNumber: campaign.numbers[0] });
		await env.DB.prepare(
			"INSERT INTO consent_events (account_id, e164, action, source, created_at) VALUES (?, ?, 'stop', 'keypress', 1)",
		)
			.bind(account.accountId, campaign.numbers[1])
			.run();
		await change(campaign, 2, "zones", "");
		await change(campaign, 3, "barred", "premium");
		await env.DB.prepare("UPDATE contacts SET consented_at = NULL WHERE e164 = ?").bind(campaign.numbers[4]).run();

		const reply = await account.call(`/api/campaigns/${campaign.id}/preflight`);

		expect(reply.headers.get("server-timing")).toContain("1 round trips");
		const flight = await reply.json<PreflightShape>();
		expect(flight).toMatchObject({ people: 7, dialable: 2, notReached: 0, missing: [] });
		expect(flight.skipped.sort((one, other) => one.reason.localeCompare(other.reason))).toEqual([
			{ reason: "costly_number", count: 1 },
			{ reason: "do_not_call", count: 1 },
			{ reason: "no_consent", count: 1 },
			{ reason: "no_zone", count: 1 },
			{ reason: "opted_out", count: 1 },
		]);
	});

	it("leaves out countries that the installation does not call", async () => {
		const account = await openAccount();
		const campaign = await draftCampaign(account, { country: "CU" });
		await env.DB.prepare(`UPDATE installation SET value = '["CU"]' WHERE name = 'blockedCountries'`).run();

		const flight = await ask(account, campaign);
		await env.DB.prepare("UPDATE installation SET value = '[]' WHERE name = 'blockedCountries'").run();

		expect(flight).toMatchObject({ dialable: 0, skipped: [{ reason: "blocked_country", count: 3 }] });
	});

	it("names the most that it costs, every retry included, beside what the wallet has", async () => {
		const account = await openAccount({ balanceMicros: 1_000_000 });
		const campaign = await draftCampaign(account, { fields: { maxCallSeconds: 120, retries: { maxAttempts: 3 } } });

		const { cost } = await ask(account, campaign);

		const once = 3 * 2 * (14_000 + 14_000); // people, minutes, the call and its transfer
		expect(cost).toEqual({
			onceMicros: once,
			ceilingMicros: 3 * once,
			availableMicros: 1_000_000,
			isCovered: true,
			currency: "USD",
		});
	});

	it("counts an assistant's minutes, as the dialer sets them aside", async () => {
		const account = await openAccount({ balanceMicros: 10_000_000 });
		const { id: assistantId } = await (await account.call("/api/assistants", { name: "Desk" })).json<{ id: string }>();
		const campaign = await draftCampaign(account, {
			transfer: false,
			fields: { maxCallSeconds: 120, script: { transfer: { to: "assistant", assistantId } } },
		});

		const { cost } = await ask(account, campaign);
		await env.DB.prepare("UPDATE campaigns SET status = 'running' WHERE id = ?").bind(campaign.id).run();
		const journal = { note: () => {}, settle: () => {}, open: () => [] };
		await new Engine(house({ carrier: fakeCarrier() }), campaign.id, journal, 10).run(Date.now() + 10_000);
		const held = (await attemptsOf(campaign.id)).map(({ hold_micros }) => Number(hold_micros));

		expect(cost.onceMicros).toBe(3 * 2 * (14_000 + 150_000));
		expect(held.reduce((sum, micros) => sum + micros, 0)).toBe(cost.onceMicros);
	});

	it("tells how many rows of the list's files could not be used, until they are mended or taken back", async () => {
		const account = await openAccount();
		const campaign = await draftCampaign(account);
		const list = `/api/contact-lists/${campaign.listId}`;
		const file = { method: "POST", body: "phone\n12\n+14152340001\n13\n", headers: { "content-type": "text/csv" } };
		const { importId } = await (await account.call(`${list}/import`, undefined, file)).json<{ importId: string }>();

		const before = await ask(account, campaign);
		const rows = [{ line: 2, phoneNumber: "+14152340002" }];
		await account.call(`${list}/imports/${importId}/mend`, { rows });
		const mended = await ask(account, campaign);
		await account.call(`${list}/imports/${importId}/undo`, {});
		const undone = await ask(account, campaign);

		expect([before, mended, undone].map(({ invalidRows }) => invalidRows)).toEqual([2, 1, 0]);
	});

	it("says when everybody has been called at the pace that is set, and what limits it", async () => {
		const account = await openAccount();
		const campaign = await draftCampaign(account, { contacts: 36, fields: { pacing: { callsPerSecond: 0.01 } } });

		const { startsAt, finishesAt, pace } = await ask(account, campaign);

		expect(pace).toEqual({ callsPerSecond: 0.01, limitedBy: "campaign" });
		expect(Date.parse(finishesAt ?? "") - Date.parse(startsAt)).toBe(HOUR);
	});

	it("asks what if it started at another hour", async () => {
		const account = await openAccount();
		const campaign = await draftCampaign(account, {
			contacts: 1,
			zones: "Europe/Berlin",
			fields: { schedule: { window: { start: "09:00", end: "17:30" } } },
		});

		const flight = await ask(account, campaign, "?startsAt=2027-07-05T05:00:00Z"); // a Monday, 07:00 in Berlin

		const [strip] = flight.zones;
		expect(strip).toMatchObject({ zones: ["Europe/Berlin"], people: 1, opensAt: "2027-07-05T07:00:00.000Z" });
		expect(strip?.open).toEqual([0, 0, 60, 60, 60, 60, 60, 60, 60, 60, 30, ...new Array(13).fill(0)]);
		expect(strip?.calls[2]).toBe(1);
		expect(flight.finishesAt?.slice(0, 16)).toBe("2027-07-05T07:00");
	});

	it("calls nobody on a holiday, in anybody's own calendar", async () => {
		const account = await openAccount();
		const campaign = await draftCampaign(account, {
			zones: "Asia/Tokyo",
			fields: { schedule: { holidays: ["2027-07-05", "2027-07-06"] } },
		});

		const flight = await ask(account, campaign, "?startsAt=2027-07-04T16:00:00Z"); // 01:00 on the 5th in Tokyo

		expect(flight.zones[0]?.opensAt).toBe("2027-07-07T00:00:00.000Z");
	});

	it("says who is not reached before the campaign ends", async () => {
		const account = await openAccount();
		const endsAt = new Date(Date.now() + 101_000).toISOString();
		const campaign = await draftCampaign(account, {
			contacts: 5,
			fields: { schedule: { endsAt }, pacing: { callsPerSecond: 0.02 } },
		});

		const flight = await ask(account, campaign);

		expect(flight).toMatchObject({ dialable: 5, notReached: 3, finishesAt: null });
	});

	it("names everything that keeps it from starting", async () => {
		const account = await openAccount();
		const { id } = await (
			await account.call("/api/campaigns", { title: "Offer", schedule: { endsAt: "2020-01-01T00:00:00Z" } })
		).json<{ id: string }>();

		const { missing, people } = await ask(account, { id });

		expect(people).toBe(0);
		expect(missing.map(({ path }) => path)).toEqual([
			"greetingFileId",
			"contactListId",
			"callerNumbers",
			"schedule.endsAt",
		]);
	});

	it("counts a hundred thousand people in one round trip, and brings none of them here", async () => {
		const account = await openAccount();
		const campaign = await draftCampaign(account, { contacts: 1 });
		await env.DB.prepare(
			`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)
			INSERT INTO contacts (id, account_id, e164, country, zones, created_at, updated_at)
			SELECT ?1 || printf('%08d', i), ?1, '+1' || (3000000000 + i), iif(i % 2, 'US', 'DE'),
				CASE i % 4 WHEN 0 THEN 'America/New_York' WHEN 1 THEN 'Europe/Berlin' WHEN 2 THEN 'Asia/Tokyo' ELSE '' END, 1, 1 FROM n`,
		)
			.bind(account.accountId)
			.run();
		await env.DB.prepare(
			"INSERT INTO list_members (account_id, list_id, contact_id) SELECT account_id, ?2, id FROM contacts WHERE account_id = ?1 ON CONFLICT DO NOTHING",
		)
			.bind(account.accountId, campaign.listId)
			.run();

		const reply = await account.call(`/api/campaigns/${campaign.id}/preflight`);

		expect(reply.headers.get("server-timing")).toContain("1 round trips");
		const flight = await reply.json<PreflightShape>();
		expect(flight).toMatchObject({
			people: 100_000,
			dialable: 75_000,
			skipped: [{ reason: "no_zone", count: 25_000 }],
		});
		expect(flight.zones).toHaveLength(4);
	});

	it("is nobody else's", async () => {
		const campaign = await draftCampaign(await openAccount());

		expect((await knock(`/api/campaigns/${campaign.id}/preflight`)).status).toBe(401);
		expect((await (await openAccount()).call(`/api/campaigns/${campaign.id}/preflight`)).status).toBe(404);
	});

	it("does not take a moment that is none", async () => {
		const account = await openAccount();
		const campaign = await draftCampaign(account);

		expect((await account.call(`/api/campaigns/${campaign.id}/preflight?startsAt=soon`)).status).toBe(422);
	});
});

/** A stream of numbers below one that is the same on every run. */
function drawing(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
		return state / 2 ** 32;
	};
}
const ZONES = [
	"",
	"Etc/UTC",
	"Asia/Kolkata",
	"America/New_York",
	"Pacific/Kiritimati",
	"Europe/Berlin|Asia/Tokyo",
	"Mars/Base",
];

describe("preflight and dialer", () => {
	it.each([1, 2, 3, 4, 5, 6, 7, 8])("agree about every person of a drawn campaign (%i)", async (seed) => {
		const draw = drawing(seed);
		const pick = <T>(from: T[]): T => from[Math.floor(draw() * from.length)] as T;
		const account = await openAccount({ balanceMicros: 1_000_000_000 });
		const campaign = await draftCampaign(account, {
			contacts: 40,
			fields: {
				consentRequired: draw() < 0.3,
				schedule: {
					outsideHours: pick(["wait", "skip"]),
					unknownZone: pick(["dial", "skip"]),
					window: {
						start: pick(["08:00", "09:30"]),
						end: pick(["15:00", "21:00"]),
						days: pick([
							[1, 2, 3, 4, 5, 6, 7],
							[2, 6],
						]),
					},
					holidays: draw() < 0.5 ? [new Date().toISOString().slice(0, 10)] : [],
					...(draw() < 0.3 ? { assumedTimeZone: zoneWhereItIsNoon() } : {}),
				},
			},
		});
		for (const at of campaign.numbers.keys()) {
			await change(campaign, at, "zones", draw() < 0.4 ? zoneWhereItIsNoon() : pick(ZONES));
			if (draw() < 0.1) await change(campaign, at, "barred", "no_country");
			if (draw() < 0.7) await change(campaign, at, "consented_at", 1);
			if (draw() < 0.1) await account.call("/api/do-not-call", { phoneNumber: campaign.numbers[at] });
		}
		const now = Date.now();
		const flight = await ask(account, campaign);
		await env.DB.prepare("UPDATE campaigns SET status = 'running' WHERE id = ?").bind(campaign.id).run();

		const carrier = fakeCarrier();
		const journal = { note: () => {}, settle: () => {}, open: () => [] };
		await new Engine(house({ carrier, now: () => now }), campaign.id, journal, 20).run(now + 20_000);

		const { results } = await env.DB.prepare(
			"SELECT outcome AS reason, count(*) AS count FROM recipients WHERE campaign_id = ? AND state = 'skipped' GROUP BY 1 ORDER BY 1",
		)
			.bind(campaign.id)
			.all();
		const byReason = (one: { reason: string }, other: { reason: string }) => (one.reason < other.reason ? -1 : 1);
		expect(flight.skipped.sort(byReason)).toEqual(results);
		const openNow = flight.zones.filter(({ zones, opensAt }) => zones.length === 0 || opensAt === flight.startsAt);
		const expected = openNow.reduce((sum, { people }) => sum + people, 0);
		expect(Math.min(expected, 10)).toBe(Math.min((await attemptsOf(campaign.id)).length, 10));
		expect(flight.people).toBe(flight.dialable + flight.skipped.reduce((sum, { count }) => sum + count, 0));
	});
});
