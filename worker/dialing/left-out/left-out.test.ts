import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { attemptsOf, draftCampaign } from "../../test/campaign";
import { fakeCarrier } from "../../test/fake-carrier";
import { house, knock, openAccount } from "../../test/house";
import { Engine } from "../engine";

describe("numbers that one campaign leaves out", () => {
	it("are not called by it, and are by others", async () => {
		const account = await openAccount({ balanceMicros: 100_000_000 });
		const campaign = await draftCampaign(account, { contacts: 3 });
		const [left] = campaign.numbers;

		await account.call(`/api/campaigns/${campaign.id}/do-not-call`, { phoneNumbers: [left, left] });
		await env.DB.prepare("UPDATE campaigns SET status = 'running' WHERE id = ?").bind(campaign.id).run();
		const carrier = fakeCarrier();
		const journal = { note: () => {}, settle: () => {}, open: () => [] };
		await new Engine(house({ carrier }), campaign.id, journal, 20).run(Date.now() + 20_000);

		expect(carrier.placed.map(({ to }) => to).sort()).toEqual(campaign.numbers.slice(1).sort());
		expect(await attemptsOf(campaign.id)).toHaveLength(2);
	});

	it("are left out also when the list has been copied already", async () => {
		const account = await openAccount({ balanceMicros: 100_000_000 });
		const campaign = await draftCampaign(account, { contacts: 2 });
		await env.DB.prepare("UPDATE campaigns SET status = 'running' WHERE id = ?").bind(campaign.id).run();
		const journal = { note: () => {}, settle: () => {}, open: () => [] };
		const carrier = fakeCarrier();
		const engine = () => new Engine(house({ carrier }), campaign.id, journal, 20);
		await env.DB.prepare("UPDATE wallets SET available_micros = 0 WHERE account_id = ?").bind(account.accountId).run();
		await engine().run(Date.now() + 2_000);
		await env.DB.prepare("UPDATE wallets SET available_micros = 100000000 WHERE account_id = ?")
			.bind(account.accountId)
			.run();
		await env.DB.prepare("UPDATE campaigns SET status = 'running' WHERE id = ?").bind(campaign.id).run();

		await account.call(`/api/campaigns/${campaign.id}/do-not-call`, { phoneNumbers: [campaign.numbers[1]] });
		await engine().run(Date.now() + 20_000);

		expect(carrier.placed.map(({ to }) => to)).toEqual([campaign.numbers[0]]);
		const { skipped } = await (await account.call(`/api/campaigns/${campaign.id}/report`)).json<{
			skipped: unknown[];
		}>();
		expect(skipped).toEqual([{ reason: "campaign_do_not_call", count: 1 }]);
	});

	it("are listed, and taken back in once", async () => {
		const account = await openAccount();
		const campaign = await draftCampaign(account, { contacts: 1 });
		const path = `/api/campaigns/${campaign.id}/do-not-call`;

		expect(await (await account.call(path, { phoneNumbers: ["(415) 555-2671"], country: "US" })).json()).toEqual({
			added: 1,
		});

		expect(await (await account.call(path)).json()).toMatchObject({
			items: [{ phoneNumber: "+14155552671", formatted: "+1 415 555 2671" }],
			nextCursor: null,
		});
		const gone = () => account.call(`${path}/%2B14155552671`, undefined, { method: "DELETE" });
		expect([(await gone()).status, (await gone()).status]).toEqual([200, 404]);
	});

	it("are nobody else's, and must be numbers", async () => {
		const campaign = await draftCampaign(await openAccount(), { contacts: 1 });
		const stranger = await openAccount();
		const path = `/api/campaigns/${campaign.id}/do-not-call`;

		expect((await stranger.call(path)).status).toBe(404);
		expect((await stranger.call(path, { phoneNumbers: ["+14155552671"] })).status).toBe(404);
		expect((await stranger.call(path, { phoneNumbers: ["call me"] })).status).toBe(422);
		expect((await stranger.call(path, { phoneNumbers: [] })).status).toBe(422);
		expect((await knock(path)).status).toBe(401);
	});
});
