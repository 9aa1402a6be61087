import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { attemptsOf, draftCampaign } from "../test/campaign";
import { fakeCarrier } from "../test/fake-carrier";
import { house, openAccount } from "../test/house";
import { Ear, type Told, toldOf } from "./ear";
import { Engine } from "./engine";
import { heardOf } from "./hear-status";

/** So many calls that the carrier has taken, and a way to say something of one of them. */
async function callsInTheAir(contacts: number) {
	const account = await openAccount({ balanceMicros: 100_000_000 });
	const campaign = await draftCampaign(account, { contacts });
	await env.DB.prepare("UPDATE campaigns SET status = 'running', started_at = 1 WHERE id = ?").bind(campaign.id).run();
	const journal = { note: () => {}, settle: () => {}, open: () => [] };
	await new Engine(house({ carrier: fakeCarrier() }), campaign.id, journal, 10).run(Date.now() + 10_000);
	const placed = await attemptsOf(campaign.id);
	const at = house();
	const told = (index: number, CallStatus: string, more: object = {}): Told => {
		const attemptId = String(placed[index]?.id);
		const form = { CallSid: String(placed[index]?.carrier_ref), CallStatus, ...more };
		const key = `${form.CallSid}:${CallStatus}`;
		return toldOf(heardOf(at, attemptId, form), { key, attemptId, kind: "status", payload: form, now: 1 });
	};
	return { at, told, attempts: () => attemptsOf(campaign.id) };
}

describe("an ear", () => {
	it("writes what comes in together in few transactions, and loses nothing", async () => {
		const { at, told, attempts } = await callsInTheAir(20);
		const ear = new Ear(at, () => {});
		const before = at.db.trips.count;

		await Promise.all(Array.from({ length: 20 }, (_, index) => ear.hear(told(index, "busy"))));

		expect(at.db.trips.count - before).toBeLessThanOrEqual(2);
		for (const attempt of await attempts()) expect(attempt).toMatchObject({ state: "ended", disposition: "busy" });
	});

	it("keeps the order of what is said of one call", async () => {
		const { at, told, attempts } = await callsInTheAir(1);
		const ear = new Ear(at, () => {});

		const said = ["initiated", "ringing", "in-progress", "completed"];
		await Promise.all(said.map((status) => ear.hear(told(0, status, { CallDuration: 61 }))));

		const [attempt] = await attempts();
		expect(attempt).toMatchObject({ state: "ended", disposition: "answered", duration_seconds: 61 });
		expect(attempt?.cost_micros).toBe(2 * Number(attempt?.minute_micros));
	});

	it("hears a repeat without moving anything", async () => {
		const { at, told } = await callsInTheAir(1);
		const moved: unknown[] = [];
		const ear = new Ear(at, (more) => void moved.push(...more));
		await ear.hear(told(0, "busy"));

		await Promise.all([ear.hear(told(0, "busy")), ear.hear(told(0, "completed"))]);

		expect(moved).toHaveLength(1);
	});

	it("says so to one that the database refuses, and writes the others", async () => {
		const { at, told, attempts } = await callsInTheAir(3);
		const ear = new Ear(at, () => {});
		await env.DB.prepare("UPDATE attempts SET carrier_ref = NULL, state = 'unknown' WHERE id = ?")
			.bind(told(1, "busy").attemptId)
			.run();
		const stolen = told(1, "busy", { CallSid: JSON.parse(told(2, "busy").heard).carrierRef });

		const results = await Promise.allSettled([ear.hear(told(0, "busy")), ear.hear(stolen), ear.hear(told(2, "busy"))]);

		expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
		expect((await attempts()).map(({ state }) => state)).toEqual(["ended", "unknown", "ended"]);
	});
});
