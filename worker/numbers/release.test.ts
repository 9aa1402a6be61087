import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { CarrierRefusal } from "../outside/carrier/carrier";
import { fakeCarrier, timedOut } from "../test/fake-carrier";
import { dyingAt } from "../test/fault-db";
import { house, openAccount } from "../test/house";
import { findChannel } from "./channels/store";
import { deleteChannel } from "./delete-channel";
import { generateNumber } from "./generate";
import { activeNumbers, findNumber } from "./held/store";
import { type Channel, GenerateInput, PurchaseInput } from "./inputs";
import { purchaseNumber } from "./purchase";
import { releaseNumber } from "./release";
import { settlePurchases } from "./settle-purchases";

const ONCE = { key: null, requestHash: "" };

/** An account with one number and its channel. */
async function owner() {
	const account = await openAccount({ balanceMicros: 10_000_000 });
	const carrier = fakeCarrier();
	const scope = account.scope({ carrier });
	const outcome = await generateNumber(scope, GenerateInput.parse({ country: "US", name: "Front desk" }), ONCE);
	if (outcome.state !== "done") throw new Error("no number to release");
	const channel: Channel = outcome.body;
	const tickLater = () => settlePurchases(house({ carrier, now: () => Date.now() + 3_600_000 }));
	const statusOf = async () => (await findNumber(scope.db, account.accountId, channel.phoneNumberId))?.status;
	return { account, carrier, scope, channel, tickLater, statusOf };
}

describe("releasing a number", () => {
	it("gives it back at the carrier, then here, with its channel", async () => {
		const { account, carrier, channel, statusOf } = await owner();
		const scope = account.scope({ carrier });

		const status = await releaseNumber(scope, channel.phoneNumberId);

		expect(status).toBe("released");
		expect(scope.db.trips.count).toBe(2);
		expect(carrier.lines.size).toBe(0);
		expect(await statusOf()).toBe("released");
		expect(await findChannel(scope.db, account.accountId, null, channel.id)).toBeNull();
	});

	it("happens when its channel is deleted", async () => {
		const { scope, carrier, channel, statusOf } = await owner();

		await deleteChannel(scope, channel.id);

		expect(carrier.lines.size).toBe(0);
		expect(await statusOf()).toBe("released");
	});

	it("is not found a second time, and reaches the carrier once", async () => {
		const { scope, carrier, channel } = await owner();

		const ends = await Promise.allSettled([1, 2, 3].map(() => releaseNumber(scope, channel.phoneNumberId)));

		expect(ends.filter((end) => end.status === "fulfilled" && end.value === "released")).toHaveLength(1);
		await expect(releaseNumber(scope, channel.phoneNumberId)).rejects.toMatchObject({ code: "not_found" });
		expect(carrier.asked.releaseLine).toBe(1);
	});

	it("counts a line that is gone at the carrier as given back", async () => {
		const { scope, carrier, channel, statusOf } = await owner();
		carrier.lines.clear();

		await releaseNumber(scope, channel.phoneNumberId);

		expect(await statusOf()).toBe("released");
	});

	it.each([{ before: timedOut() }, { after: timedOut() }])("goes on by itself after a timeout (%#)", async (mishap) => {
		const { scope, carrier, channel, statusOf, tickLater, account } = await owner();
		carrier.upset("releaseLine", { ...mishap, times: 1 });

		const status = await releaseNumber(scope, channel.phoneNumberId);
		expect(status).toBe("releasing");
		expect(await activeNumbers(scope.db, account.accountId, null)).toEqual([]);
		await tickLater();

		expect(await statusOf()).toBe("released");
		expect(carrier.lines.size).toBe(0);
	});

	it.each([
		[1, "after"],
		[2, "before"],
		[2, "after"],
	] as const)("ends released though the process died at trip %i, %s it", async (trip, when) => {
		const { scope, carrier, channel, statusOf, tickLater } = await owner();

		await expect(
			releaseNumber({ ...scope, db: dyingAt(scope.db, trip, when) }, channel.phoneNumberId),
		).rejects.toThrow();
		await tickLater();

		expect(await statusOf()).toBe("released");
		expect(carrier.lines.size).toBe(0);
	});

	it("leaves the number in use when the carrier refuses", async () => {
		const { scope, carrier, channel, statusOf } = await owner();
		carrier.upset("releaseLine", { before: new CarrierRefusal("credentials", "20003", "authenticate") });

		await expect(releaseNumber(scope, channel.phoneNumberId)).rejects.toMatchObject({ code: "carrier_refused" });

		expect(await statusOf()).toBe("active");
	});

	it("is not for strangers, nor for sub-accounts", async () => {
		const { scope, carrier, channel, statusOf } = await owner();
		const stranger = await openAccount();

		const foreign = releaseNumber(stranger.scope({ carrier }), channel.phoneNumberId);
		await expect(foreign).rejects.toMatchObject({ code: "not_found" });
		const member = releaseNumber({ ...scope, role: "member" }, channel.phoneNumberId);
		await expect(member).rejects.toMatchObject({ code: "not_allowed" });
		expect(await statusOf()).toBe("active");
	});

	it("lets somebody else buy the number, who sees nothing of the former owner", async () => {
		const { scope, carrier, channel } = await owner();
		await releaseNumber(scope, channel.phoneNumberId);
		const next = await openAccount({ balanceMicros: 10_000_000 });

		const input = PurchaseInput.parse({ number: channel.phoneNumber });
		const bought = await purchaseNumber(next.scope({ carrier }), input, ONCE);

		expect(bought).toMatchObject({ state: "done", body: { userId: next.accountId, label: "", assignedTo: null } });
		const owners = await env.DB.prepare("SELECT status FROM numbers WHERE e164 = ? ORDER BY created_at, id")
			.bind(channel.phoneNumber)
			.all();
		expect(owners.results.map(({ status }) => status).sort()).toEqual(["active", "released"]);
	});
});
