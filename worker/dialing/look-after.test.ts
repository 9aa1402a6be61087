import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { attemptsOf, draftCampaign, type TestCampaign } from "../test/campaign";
import { type FakeCarrier, fakeCarrier, timedOut } from "../test/fake-carrier";
import { house, openAccount, type TestAccount } from "../test/house";
import { Engine } from "./engine";
import { lookAfterAttempts } from "./look-after";

const AGE = 300_000;

/** One call that the carrier took, or may have taken, and was not heard of since. */
async function silentCall(upset: (carrier: FakeCarrier) => void = () => {}): Promise<{
	account: TestAccount;
	campaign: TestCampaign;
	carrier: FakeCarrier;
	attempt(): Promise<Record<string, unknown>>;
	later(ages: number): Promise<void>;
}> {
	const account = await openAccount({ balanceMicros: 10_000_000 });
	const campaign = await draftCampaign(account, { contacts: 1 });
	await env.DB.prepare("UPDATE campaigns SET status = 'running', started_at = 1 WHERE id = ?").bind(campaign.id).run();
	const carrier = fakeCarrier();
	upset(carrier);
	await new Engine(house({ carrier }), campaign.id, { note: () => {}, settle: () => {}, open: () => [] }, 10).run(
		Date.now() + 10_000,
	);
	return {
		account,
		campaign,
		carrier,
		attempt: async () => (await attemptsOf(campaign.id))[0] ?? {},
		later: (ages) => lookAfterAttempts(house({ carrier, now: () => Date.now() + ages * AGE + 1_000 })),
	};
}

describe("looking after attempts", () => {
	it("leaves young ones alone", async () => {
		const { carrier, later } = await silentCall();

		await later(0);

		expect(carrier.asked.findCall ?? 0).toBe(0);
	});

	it("ends a call whose last callback was lost by what the carrier says of it", async () => {
		const { account, carrier, attempt, later } = await silentCall();
		for (const [ref, call] of carrier.calls)
			carrier.calls.set(ref, { ...call, status: "completed", durationSeconds: 61 });

		await later(1);

		expect(await attempt()).toMatchObject({ state: "ended", disposition: "answered", cost_micros: 28_000 });
		expect((await account.balance()).held).toBe(0);
	});

	it("finds the call that an unclear request did place, and takes it over", async () => {
		const { carrier, attempt, later } = await silentCall((fake) => fake.upset("placeCall", { after: timedOut() }));
		expect(await attempt()).toMatchObject({ state: "unknown" });
		for (const [ref, call] of carrier.calls) carrier.calls.set(ref, { ...call, status: "in-progress" });

		await later(1);

		expect(await attempt()).toMatchObject({ state: "live", carrier_ref: [...carrier.calls.keys()][0] });
		expect(carrier.placed).toHaveLength(1);
	});

	it("waits before it gives up on one that the carrier does not know, and then says so", async () => {
		const { account, campaign, carrier, attempt, later } = await silentCall((fake) =>
			fake.upset("placeCall", { before: timedOut() }),
		);

		await later(1);
		expect(await attempt()).toMatchObject({ state: "unknown" });
		await later(7);

		expect(await attempt()).toMatchObject({ state: "ended", disposition: "unconfirmed", cost_micros: 0 });
		expect(carrier.asked.placeCall).toBe(1);
		expect(await account.balance()).toEqual({ available: 10_000_000, held: 0 });
		expect(await (await account.call(`/api/campaigns/${campaign.id}`)).json()).toMatchObject({
			counters: { unconfirmed: 1 },
		});
	});

	it("does not take another attempt's call for its own", async () => {
		const { campaign, carrier, attempt, later } = await silentCall((fake) =>
			fake.upset("placeCall", { before: timedOut() }),
		);
		const other = await silentCall();
		const ref = String((await other.attempt()).carrier_ref);
		const [to] = campaign.numbers;
		carrier.calls.set(ref, {
			ref,
			to: to ?? "",
			from: campaign.caller,
			status: "completed",
			startedAt: Date.now(),
			durationSeconds: 9,
		});

		await later(1);

		expect(await attempt()).toMatchObject({ state: "unknown", carrier_ref: null });
	});

	it("asks again later when the carrier cannot be asked", async () => {
		const { carrier, attempt, later } = await silentCall();
		carrier.upset("findCall", { before: timedOut(), times: 1 });

		await later(1);
		expect(await attempt()).toMatchObject({ state: "live" });
		for (const [ref, call] of carrier.calls) carrier.calls.set(ref, { ...call, status: "busy" });
		await later(3);

		expect(await attempt()).toMatchObject({ state: "ended", disposition: "busy" });
	});
});
