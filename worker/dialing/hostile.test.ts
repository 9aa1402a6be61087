import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { attemptsOf, draftCampaign, freshE164, type TestCampaign } from "../test/campaign";
import { type FakeCarrier, fakeCarrier, timedOut } from "../test/fake-carrier";
import { house, openAccount, type TestAccount } from "../test/house";
import { Engine } from "./engine";
import { wakeDialers } from "./tick";

interface Dialing {
	account: TestAccount;
	campaign: TestCampaign;
	carrier: FakeCarrier;
	/** A new incarnation of the dialer, which knows what the one before it noted. The one before is dead: nothing leaves it any more. */
	incarnation(): Engine;
}

async function running(contacts: number): Promise<Dialing> {
	const account = await openAccount({ balanceMicros: 1_000_000_000 });
	const campaign = await draftCampaign(account, { contacts });
	await env.DB.prepare("UPDATE campaigns SET status = 'running', started_at = 1 WHERE id = ?").bind(campaign.id).run();
	const carrier = fakeCarrier();
	const noted = new Set<string>();
	const journal = {
		note: (...ids: (string | string[])[]) => ids.flat().forEach((id) => void noted.add(id)),
		settle: (ids: string[]) => ids.forEach((id) => void noted.delete(id)),
		open: () => [...noted],
	};
	let alive = 0;
	const never = new Promise<never>(() => {});
	return {
		account,
		campaign,
		carrier,
		incarnation() {
			const me = ++alive;
			const mine: FakeCarrier = {
				...carrier,
				placeCall: (request) => (me === alive ? carrier.placeCall(request) : never),
			};
			const notes = {
				...journal,
				note: (ids: string[]) => (me === alive ? journal.note(ids) : undefined),
				settle: (ids: string[]) => void (me === alive && journal.settle(ids)),
			};
			return new Engine(house({ carrier: mine }), campaign.id, notes, 20);
		},
	};
}
const soon = () => Date.now() + 20_000;
const calledOf = (carrier: FakeCarrier) => carrier.placed.map(({ to }) => to).sort();
const endAll = ({ id }: TestCampaign) =>
	env.DB.prepare(
		"UPDATE attempts SET state = 'ended', disposition = 'answered', ended_at = 1, cost_micros = 0 WHERE campaign_id = ? AND state = 'live'",
	)
		.bind(id)
		.run();

describe("a list in other hands while its campaign runs", () => {
	it("that is emptied, and numbers that are swapped, change nobody who is called", async () => {
		const { account, campaign, carrier, incarnation } = await running(12);
		await incarnation().run(Date.now() + 2_000);
		await env.DB.prepare("DELETE FROM list_members WHERE list_id = ?").bind(campaign.listId).run();
		await env.DB.prepare("UPDATE contacts SET e164 = '+1415' || substr(e164, 6) || '9' WHERE account_id = ?")
			.bind(account.accountId)
			.run();
		await endAll(campaign);

		await incarnation().run(soon());

		expect(calledOf(carrier)).toEqual([...campaign.numbers].sort());
	});

	it("that grows calls nobody who came later", async () => {
		const { account, campaign, carrier, incarnation } = await running(3);
		await incarnation().run(Date.now() + 2_000);
		await account.call("/api/contacts", { phoneNumber: freshE164(), contactListIds: [campaign.listId] });
		await endAll(campaign);

		await incarnation().run(soon());

		expect(calledOf(carrier)).toEqual([...campaign.numbers].sort());
	});

	it("cannot be removed, nor can its greeting; contacts can, and are called all the same", async () => {
		const { account, campaign, carrier, incarnation } = await running(2);
		await incarnation().run(Date.now() + 2_000);
		const remove = (path: string) => account.call(path, undefined, { method: "DELETE" });

		const [list, greeting] = [
			await remove(`/api/contact-lists/${campaign.listId}`),
			await remove(`/api/greeting-files/${campaign.greetingId}`),
		];
		await env.DB.prepare("DELETE FROM contacts WHERE account_id = ?").bind(account.accountId).run();
		await incarnation().run(soon());

		expect([list.status, greeting.status]).toEqual([409, 409]);
		expect(calledOf(carrier)).toEqual([...campaign.numbers].sort());
	});
});

describe("a dialer that is disturbed", () => {
	it("calls nobody twice when one answer in five is lost and it dies ten times", async () => {
		const { campaign, carrier, incarnation } = await running(60);
		let asked = 0;
		const place = carrier.placeCall.bind(carrier);
		carrier.placeCall = async (request) => {
			const answer = await place(request);
			if (++asked % 5 === 0) throw timedOut();
			return answer;
		};
		for (let life = 0; life < 10; life++) {
			// What it had in hand is lost with it, halfway through a stretch.
			await Promise.race([incarnation().run(soon()), new Promise((resolve) => setTimeout(resolve, 25))]);
			await endAll(campaign);
		}
		for (let rest = 0; rest < 20; rest++) {
			await incarnation().run(Date.now() + 3_000);
			await endAll(campaign);
			await env.DB.prepare(
				"UPDATE attempts SET state = 'ended', disposition = 'unconfirmed', ended_at = 1, cost_micros = 0 WHERE campaign_id = ? AND state = 'unknown'",
			)
				.bind(campaign.id)
				.run();
			if (carrier.placed.length >= 60) break;
		}

		const called = calledOf(carrier);
		expect(new Set(called).size).toBe(called.length);
		const attempts = await attemptsOf(campaign.id);
		const counted = attempts
			.filter(({ state }) => state !== "dropped")
			.map(({ contact_id, n }) => `${contact_id}:${n}`);
		expect(new Set(counted).size).toBe(counted.length);
	}, 60_000);

	it("is woken by fifty clocks at once as by one", async () => {
		const { account, campaign } = await running(4);
		const bought = await account.call("/api/channels/generate-phone-number", { country: "US", type: "voice" });
		const { phoneNumber } = await bought.json<{ phoneNumber: string }>();
		await env.DB.prepare("UPDATE campaigns SET caller_numbers = json_array(?) WHERE id = ?")
			.bind(phoneNumber, campaign.id)
			.run();
		const placed = async () => (await attemptsOf(campaign.id)).filter(({ state }) => state !== "dropped");

		await Promise.all(Array.from({ length: 50 }, () => wakeDialers(house())));

		await vi.waitFor(async () => expect(await placed()).toHaveLength(4), { timeout: 20_000 });
		expect(new Set((await placed()).map(({ contact_id }) => contact_id)).size).toBe(4);
	});
});

describe("odd settings", () => {
	it.each([
		["a zone that does not exist", { schedule: { assumedTimeZone: "Mars/Phobos" } }],
		["a holiday that is no day", { schedule: { holidays: ["2026-13-01"] } }],
		["a holiday in words", { schedule: { holidays: ["Christmas"] } }],
		["an end that is no moment", { schedule: { endsAt: "soon" } }],
		["a retry rule without a limit", { retries: { rules: { busy: { delaySeconds: 60 } } } }],
		["a retry rule for a result that is none", { retries: { rules: { bored: { maxAttempts: 2, delaySeconds: 60 } } } }],
		["a retry sooner than a minute", { retries: { rules: { busy: { maxAttempts: 2, delaySeconds: 1 } } } }],
		["a caller number chosen by chance", { callerChoice: "random" }],
		["a consent that is no yes or no", { consentRequired: "yes" }],
		["a moment of consent", { consentConfirmedAt: "2026-01-01T00:00:00Z" }],
	])("are refused: %s", async (_, fields) => {
		expect((await (await openAccount()).call("/api/campaigns", { title: "A", ...fields })).status).toBe(422);
	});

	it("do not start a campaign that would end before it begins", async () => {
		const account = await openAccount({ balanceMicros: 1_000_000 });
		const { id } = await draftCampaign(account, {
			fields: { schedule: { endsAt: "2099-01-01T00:00:00Z" } },
		});
		const later = { schedule: { startsAt: "2099-01-02T00:00:00Z" } };
		await account.call(`/api/campaigns/${id}`, later, { method: "PATCH" });

		const reply = await account.call(`/api/campaigns/${id}/start`, {});

		expect(reply.status).toBe(422);
		expect(await reply.json()).toMatchObject({ details: [{ path: "schedule.endsAt" }] });
	});

	it.each([
		["every day until its end is a holiday", ["2099-01-01", "2099-01-02", "2099-01-03"]],
		["somewhere on Earth it is still the day before", ["2099-01-01", "2099-01-02"]],
	])("start only when the hours open somewhere before the end: %s", async (_, holidays) => {
		const account = await openAccount({ balanceMicros: 1_000_000 });
		const schedule = { startsAt: "2099-01-02T00:00:00Z", endsAt: "2099-01-03T08:00:00Z", holidays };
		const { id } = await draftCampaign(account, { fields: { schedule } });

		const reply = await account.call(`/api/campaigns/${id}/start`, {});

		expect(reply.status).toBe(holidays.length === 3 ? 422 : 200);
		if (holidays.length === 3) expect(await reply.json()).toMatchObject({ details: [{ path: "schedule.window" }] });
	});

	it("keep who confirmed that these people may be called, and when", async () => {
		const account = await openAccount({ balanceMicros: 1_000_000 });
		const { id } = await draftCampaign(account, { zones: "" });

		await account.call(`/api/campaigns/${id}/start?consentConfirmed=true`, {});

		const row = await env.DB.prepare(
			"SELECT consent_confirmed_by AS who, consent_confirmed_at AS at FROM campaigns WHERE id = ?",
		)
			.bind(id)
			.first();
		expect(row).toEqual({ who: account.userId, at: expect.any(Number) });
	});
});
