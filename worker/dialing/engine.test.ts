import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { dialFactsAnyAccount } from "../campaigns/facts/store";
import { busyCampaignsAnyAccount } from "../campaigns/running/store";

import { CarrierBusy, CarrierRefusal } from "../outside/carrier/carrier";
import { attemptsOf, type CampaignParts, draftCampaign, type TestCampaign, zoneWhereItIsNoon } from "../test/campaign";
import { type FakeCarrier, fakeCarrier, timedOut } from "../test/fake-carrier";
import { house, openAccount, type TestAccount } from "../test/house";
import { Engine } from "./engine";
import type { Notes } from "./journal";

interface Dialing {
	account: TestAccount;
	campaign: TestCampaign;
	carrier: FakeCarrier;
	journal: Notes & { noted: Set<string> };
	engine: Engine;
}

function memoryJournal(): Dialing["journal"] {
	const noted = new Set<string>();
	return {
		noted,
		note: (ids) => ids.forEach((id) => void noted.add(id)),
		settle: (ids) => ids.forEach((id) => void noted.delete(id)),
		open: () => [...noted],
	};
}

/** A running campaign and an engine for it that no Durable Object drives. */
async function running(
	parts: CampaignParts = {},
	{ balanceMicros = 1_000_000_000, opened = openAccount({ balanceMicros }) } = {},
): Promise<Dialing> {
	const account = await opened;
	const campaign = await draftCampaign(account, parts);
	await env.DB.prepare("UPDATE campaigns SET status = 'running', started_at = 1 WHERE id = ?").bind(campaign.id).run();
	const carrier = fakeCarrier();
	const journal = memoryJournal();
	return { account, campaign, carrier, journal, engine: new Engine(house({ carrier }), campaign.id, journal, 20) };
}

const states = async (campaign: TestCampaign) => (await attemptsOf(campaign.id)).map(({ state }) => state);
const countersOf = (campaign: TestCampaign) =>
	env.DB.prepare("SELECT * FROM campaign_counters WHERE campaign_id = ?")
		.bind(campaign.id)
		.first<Record<string, number>>();
const statusOf = (campaign: TestCampaign) =>
	env.DB.prepare("SELECT status, paused_reason AS reason FROM campaigns WHERE id = ?").bind(campaign.id).first();
const endAll = (campaign: TestCampaign, disposition = "answered") =>
	env.DB.prepare(
		"UPDATE attempts SET state = 'ended', disposition = ?2, ended_at = 1, cost_micros = 14000 WHERE campaign_id = ?1 AND state = 'live'",
	)
		.bind(campaign.id, disposition)
		.run();
const soon = () => Date.now() + 20_000;

describe("engine", () => {
	it("calls everybody on the list once and then says that it is over", async () => {
		const { campaign, carrier, engine } = await running({ contacts: 12 });

		await engine.run(soon());
		await endAll(campaign);
		const next = await engine.run(soon());

		expect(carrier.placed.map(({ to }) => to).sort()).toEqual([...campaign.numbers].sort());
		expect(new Set(carrier.placed.map(({ from }) => from))).toEqual(new Set([campaign.caller]));
		expect(next).toBeNull();
		expect(await statusOf(campaign)).toMatchObject({ status: "completed" });
	});

	it("holds money for every call and gives back what it did not cost", async () => {
		const { account, campaign, engine } = await running({ contacts: 2 });

		await engine.run(soon());
		const during = await account.balance();
		await endAll(campaign);

		expect(during.held).toBe(2 * 10 * (14_000 + 14_000));
		expect(await account.balance()).toEqual({ available: 1_000_000_000 - 2 * 14_000, held: 0 });
		expect(await countersOf(campaign)).toMatchObject({ total_calls: 2, live_calls: 0, done: 2, spent_micros: 28_000 });
	});

	it("holds what an assistant costs that takes a 1", async () => {
		const opened = openAccount({ balanceMicros: 1_000_000_000 });
		const made = await (await opened).call("/api/assistants", { name: "Iris" });
		const { id: assistantId } = await made.json<{ id: string }>();
		const fields = { script: { transfer: { to: "assistant", assistantId } } };
		const { account, engine } = await running({ contacts: 1, transfer: false, fields }, { opened });

		await engine.run(soon());

		expect((await account.balance()).held).toBe(10 * (14_000 + 150_000));
	});

	it("starts when a minute of talk after a 1 costs nothing", async () => {
		const price = (micros: number) =>
			env.DB.prepare("UPDATE price_book SET amount_micros = ? WHERE item = 'call_minute' AND country = 'US'")
				.bind(micros)
				.run();
		const { account, carrier, engine } = await running({ contacts: 1 });
		await price(0);

		await engine.run(soon());
		await price(14_000);

		expect(carrier.placed).toHaveLength(1);
		expect(await account.balance()).toMatchObject({ held: 0 });
	});

	it("skips whoever said stop and whose zone nobody knows, with the reason", async () => {
		const known = await running({ contacts: 3 });
		const [stopped] = known.campaign.numbers;
		await env.DB.prepare(
			"INSERT INTO consent_events (account_id, e164, action, source, created_at) VALUES (?, ?, 'stop', 'sms', 1)",
		)
			.bind(known.account.accountId, stopped)
			.run();
		const unknown = await running({ contacts: 2, zones: "" });

		await known.engine.run(soon());
		await unknown.engine.run(soon());

		expect(known.carrier.placed.map(({ to }) => to)).not.toContain(stopped);
		expect(known.carrier.placed).toHaveLength(2);
		expect(unknown.carrier.placed).toHaveLength(0);
		expect(await countersOf(unknown.campaign)).toMatchObject({ skipped: 2, pending: 0 });
	});

	it("leaves its share of the rate to the others while nobody's hours are open, and takes it back before it calls", async () => {
		const { campaign, carrier, engine } = await running({ contacts: 2, zones: midnightZone() });
		const other = await running({ contacts: 1 });
		const sharers = async () => (await dialFactsAnyAccount(house().db, other.campaign.id))[0]?.campaignsRunning ?? 0;
		const busy = async () => (await busyCampaignsAnyAccount(house().db, Date.now())).map(({ id }) => id);
		const before = await sharers();

		const wakesAt = await engine.run(soon());
		const asleep = { sharers: await sharers(), isBusy: (await busy()).includes(campaign.id) };
		await env.DB.prepare("UPDATE recipients SET due_at = 1, zones = ? WHERE campaign_id = ?")
			.bind(zoneWhereItIsNoon(), campaign.id)
			.run();
		await engine.run(soon());

		expect(asleep).toEqual({ sharers: before - 1, isBusy: false });
		expect(wakesAt).toBeGreaterThan(Date.now() + 30_000);
		expect(carrier.placed).toHaveLength(2);
		expect([await sharers(), (await busy()).includes(campaign.id)]).toEqual([before, true]);
	});

	it("dials unknown zones for those who ask for it", async () => {
		const { carrier, engine } = await running({
			contacts: 2,
			zones: "",
			fields: { schedule: { unknownZone: "dial" } },
		});

		await engine.run(soon());

		expect(carrier.placed).toHaveLength(2);
	});

	it("waits for the morning of people for whom it is night", async () => {
		const { campaign, carrier, engine } = await running({ contacts: 2, zones: midnightZone() });

		const next = await engine.run(soon());

		expect(carrier.placed).toHaveLength(0);
		expect(next).toBeGreaterThan(Date.now() + 3_600_000);
		expect(await countersOf(campaign)).toMatchObject({ pending: 2, skipped: 0 });
	});

	it("skips them when the campaign says so", async () => {
		const { campaign, carrier, engine } = await running({
			contacts: 2,
			zones: midnightZone(),
			fields: { schedule: { outsideHours: "skip" } },
		});

		expect(await engine.run(soon())).toBeNull();
		expect(carrier.placed).toHaveLength(0);
		expect(await countersOf(campaign)).toMatchObject({ skipped: 2 });
	});

	it("never has more calls in the air than the campaign allows", async () => {
		const { campaign, carrier, engine } = await running({ contacts: 5, fields: { pacing: { maxConcurrent: 2 } } });

		await engine.run(soon());

		expect(carrier.placed).toHaveLength(2);
		expect(await countersOf(campaign)).toMatchObject({ live_calls: 2 });

		await endAll(campaign);
		await engine.run(soon());
		expect(carrier.placed).toHaveLength(4);
	});

	it("claims no more than the wallet covers, and pauses when it covers nobody", async () => {
		const { campaign, carrier, engine } = await running({ contacts: 4 }, { balanceMicros: 2 * 280_000 + 10 });

		await engine.run(soon());
		expect(carrier.placed).toHaveLength(2);

		await env.DB.prepare(
			"UPDATE attempts SET state = 'ended', disposition = 'answered', ended_at = 1, cost_micros = 280000 WHERE campaign_id = ? AND state = 'live'",
		)
			.bind(campaign.id)
			.run();
		expect(await engine.run(soon())).toBeNull();
		expect(carrier.placed).toHaveLength(2);
		expect(await statusOf(campaign)).toEqual({ status: "paused", reason: "out_of_credit" });
	});

	it("stays within the day's cap, and says that it was the cap", async () => {
		const { account, campaign, carrier, engine } = await running({ contacts: 3 });
		await env.DB.prepare("INSERT INTO wallet_rules (account_id, daily_cap_micros) VALUES (?, ?)")
			.bind(account.accountId, 2 * 280_000)
			.run();

		await engine.run(soon());
		expect(carrier.placed).toHaveLength(2);

		await env.DB.prepare(
			"UPDATE attempts SET state = 'ended', disposition = 'answered', ended_at = ?2, cost_micros = 280000 WHERE campaign_id = ?1 AND state = 'live'",
		)
			.bind(campaign.id, Date.now())
			.run();
		await engine.run(soon());
		expect(carrier.placed).toHaveLength(2);
		expect(await statusOf(campaign)).toEqual({ status: "paused", reason: "daily_cap" });
	});

	it("pauses when the number that it calls from has been released", async () => {
		const { campaign, carrier, engine } = await running();
		await env.DB.prepare("UPDATE numbers SET status = 'released' WHERE e164 = ?").bind(campaign.caller).run();

		await engine.run(soon());

		expect(carrier.placed).toHaveLength(0);
		expect(await statusOf(campaign)).toEqual({ status: "paused", reason: "caller_number_gone" });
	});

	it("counts a refused call as failed, for nothing", async () => {
		const { account, campaign, carrier, engine } = await running({ contacts: 1 });
		carrier.upset("placeCall", { before: new CarrierRefusal("invalid_to", "21211", "Invalid To") });

		expect(await engine.run(soon())).toBeNull();

		expect(await attemptsOf(campaign.id)).toMatchObject([
			{ state: "ended", disposition: "failed", error_code: "invalid_to:21211", cost_micros: 0 },
		]);
		expect(await account.balance()).toEqual({ available: 1_000_000_000, held: 0 });
	});

	it("tries again, as the same attempt, what the carrier was too busy to take", async () => {
		const { account, campaign, carrier, engine } = await running({ contacts: 1 });
		carrier.upset("placeCall", { before: new CarrierBusy(0.05, "Too many requests"), times: 1 });

		await engine.run(soon());

		expect(carrier.placed).toHaveLength(1);
		expect(await attemptsOf(campaign.id)).toMatchObject([{ state: "live", n: 1 }]);
		expect(await (await account.call(`/api/campaigns/call-count/${account.userId}`)).json()).toEqual({ totalCalls: 1 });
	});

	it("never repeats a call of which it does not know whether it was placed", async () => {
		const { campaign, carrier, engine } = await running({ contacts: 3 });
		carrier.upset("placeCall", { after: timedOut() });

		await engine.run(soon());
		await engine.run(soon());

		expect(carrier.placed).toHaveLength(3);
		expect(await states(campaign)).toEqual(["unknown", "unknown", "unknown"]);
	});

	it("pauses, and takes nothing as failed, when the carrier does not know the account", async () => {
		const { campaign, carrier, engine } = await running({ contacts: 3 });
		carrier.upset("placeCall", { before: new CarrierRefusal("credentials", "20003", "Authenticate") });

		await engine.run(soon());

		expect(await statusOf(campaign)).toEqual({ status: "paused", reason: "carrier_credentials" });
		expect(await states(campaign)).toEqual(["dropped", "dropped", "dropped"]);
		expect(await countersOf(campaign)).toMatchObject({ pending: 3, failed_calls: 0, total_calls: 0 });
	});

	it("pauses when the carrier refuses the number that it calls from", async () => {
		const { campaign, carrier, engine } = await running({ contacts: 2 });
		carrier.upset("placeCall", { before: new CarrierRefusal("invalid_from", "21210", "From is not verified") });

		await engine.run(soon());

		expect(await statusOf(campaign)).toEqual({ status: "paused", reason: "caller_number_refused" });
		expect(await countersOf(campaign)).toMatchObject({ pending: 2, failed_calls: 0 });
	});

	it("says that the number is gone when it was released while calls left", async () => {
		const { campaign, carrier, engine } = await running({ contacts: 2 });
		vi.spyOn(carrier, "placeCall").mockImplementation(async () => {
			await env.DB.prepare("UPDATE numbers SET status = 'released', released_at = 1 WHERE e164 = ?")
				.bind(campaign.caller)
				.run();
			throw new CarrierRefusal("invalid_from", "21210", "Not a line of this account");
		});

		await engine.run(soon());

		expect(await statusOf(campaign)).toEqual({ status: "paused", reason: "caller_number_gone" });
	});

	it("starts no call after a halt, and gives back what it held", async () => {
		const { account, campaign, carrier, engine } = await running({
			contacts: 40,
			fields: { pacing: { callsPerSecond: 5 } },
		});
		const run = engine.run(soon());
		while (carrier.placed.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));

		await env.DB.prepare("UPDATE campaigns SET status = 'paused' WHERE id = ?").bind(campaign.id).run();
		engine.halt();
		const placed = carrier.asked.placeCall;
		expect(await run).toBeNull();

		expect(carrier.asked.placeCall).toBe(placed);
		expect((await states(campaign)).every((state) => state === "live" || state === "dropped")).toBe(true);
		expect((await account.balance()).held).toBe((placed ?? 0) * 280_000);
	});

	it("does not call somebody who says stop while waiting for a lane", async () => {
		const { account, campaign, carrier, engine } = await running({
			contacts: 10,
			fields: { pacing: { callsPerSecond: 10 } },
		});
		const last = campaign.numbers.at(-1) ?? "";
		const run = engine.run(soon());
		while (carrier.placed.length < 1) await new Promise((resolve) => setTimeout(resolve, 2));

		await env.DB.prepare(
			"INSERT INTO consent_events (account_id, e164, action, source, created_at) VALUES (?, ?, 'stop', 'sms', 1)",
		)
			.bind(account.accountId, last)
			.run();
		const early = carrier.placed.some(({ to }) => to === last);
		engine.spare([last]);
		await run;

		expect(carrier.placed.some(({ to }) => to === last)).toBe(early);
		expect(carrier.placed.length).toBe(early ? 10 : 9);
	});

	it("calls nobody twice when two incarnations of it meet", async () => {
		const { campaign, carrier, journal, engine } = await running({ contacts: 30 });
		const other = new Engine(house({ carrier }), campaign.id, journal, 20);

		await Promise.all([engine.run(soon()), other.run(soon())]);

		const called = carrier.placed.map(({ to }) => to);
		expect(new Set(called).size).toBe(called.length);
	});

	it("after a crash dials what certainly never left, and asks about what may have", async () => {
		const { campaign, carrier, journal, engine } = await running({ contacts: 3 });
		await engine.run(soon());
		const [first, second] = await attemptsOf(campaign.id);
		await env.DB.prepare("UPDATE attempts SET state = 'dialing', carrier_ref = NULL WHERE id IN (?, ?)")
			.bind(first?.id, second?.id)
			.run();
		journal.note([String(first?.id)]);

		await new Engine(house({ carrier }), campaign.id, journal, 20).run(soon());

		expect(await states(campaign)).toEqual(["unknown", "live", "live"]);
		expect(carrier.placed.filter(({ to }) => to === first?.e164)).toHaveLength(1);
		expect(carrier.placed.filter(({ to }) => to === second?.e164)).toHaveLength(2);
		expect(journal.noted.size).toBe(0);
	});

	it("tries again after the delay whoever was busy, and no more than it was told", async () => {
		const { campaign, carrier, engine } = await running({
			contacts: 1,
			fields: { retries: { maxAttempts: 2, delaySeconds: 60 } },
		});
		await engine.run(soon());

		await endAll(campaign, "busy");
		await engine.run(soon());
		await endAll(campaign, "busy");
		await engine.run(soon());

		expect(carrier.placed).toHaveLength(2);
		expect((await attemptsOf(campaign.id)).map(({ n }) => n)).toEqual([1, 2]);
		expect(await statusOf(campaign)).toMatchObject({ status: "completed" });
	});

	it("copies a list of many pages once, and needs few round trips for many calls", async () => {
		const { campaign, carrier, account } = await running({ contacts: 600 });
		// Campaigns that run at once share the rate; this one is to have all of it.
		await env.DB.prepare("UPDATE campaigns SET status = 'paused' WHERE id <> ?").bind(campaign.id).run();
		const own = house({ carrier });
		const engine = new Engine(own, campaign.id, memoryJournal(), 20);

		await engine.run(soon());

		expect(await countersOf(campaign)).toMatchObject({ recipients: 600, active: 600 });
		expect(new Set(carrier.placed.map(({ to }) => to)).size).toBe(600);
		expect(own.db.trips.count).toBeLessThanOrEqual(30);
		expect((await account.balance()).held).toBe(600 * 280_000);
	});
});

/** A zone in which it is about midnight. */
function midnightZone(): string {
	const hour = new Date().getUTCHours();
	const offset = hour < 12 ? -hour : 24 - hour;
	return offset === 0 ? "Etc/GMT" : `Etc/GMT${offset > 0 ? "-" : "+"}${Math.abs(offset)}`;
}
