import { describe, expect, it } from "vitest";
import * as z from "zod";
import { CarrierRefusal } from "../outside/carrier/carrier";
import { openAdministrator } from "../test/access-matrix.people";
import { fakeCarrier, freshNumbers, timedOut } from "../test/fake-carrier";
import { dyingAt } from "../test/fault-db";
import { house, knock, openAccount } from "../test/house";
import { adoptLine, listCarrierLines } from "./adopt";
import { activeNumbers } from "./held/store";
import { CarrierLine, PhoneNumber } from "./inputs";
import { releaseNumber } from "./release";
import { settlePurchases } from "./settle-purchases";

const LABEL = { label: "Front desk" };

/** A carrier where the installation has had one line since before. */
async function ownerOfLine() {
	const account = await openAccount();
	const [e164 = ""] = freshNumbers(1);
	const carrier = fakeCarrier();
	const { ref } = await carrier.buyLine({ e164, operationId: "Old switchboard" });
	const nameThere = () => carrier.lines.get(ref)?.operationId;
	return { account, carrier, e164, ref, nameThere, scope: account.scope({ carrier }) };
}

describe("adopting a line", () => {
	it("makes it the account's number, with what it was remembered, at no charge", async () => {
		const { account, scope, ref, e164, nameThere } = await ownerOfLine();

		const outcome = await adoptLine(scope, ref, LABEL);

		expect(outcome).toMatchObject({ state: "done", body: { number: { number: e164, label: "Front desk" } } });
		expect(nameThere()).toMatch(/^op_/);
		expect(await account.balance()).toEqual({ available: 0, held: 0 });
		expect(await listCarrierLines(scope)).toMatchObject([{ ref, accountId: account.accountId }]);
	});

	it("is undone when the number is given up: the line is set back, not given away", async () => {
		const { account, scope, ref, nameThere, carrier } = await ownerOfLine();
		await adoptLine(scope, ref, LABEL);
		const [number] = await activeNumbers(scope.db, account.accountId, null);

		await releaseNumber(account.scope({ carrier }), number?.id ?? "");

		expect(nameThere()).toBe("Old switchboard");
		expect(carrier.asked.releaseLine).toBeUndefined();
		expect(await listCarrierLines(scope)).toMatchObject([{ ref, accountId: null }]);
	});

	it("happens once: whose it is, nobody else gets", async () => {
		const { scope, ref, carrier } = await ownerOfLine();
		const other = await openAccount();
		await adoptLine(scope, ref, LABEL);

		await expect(adoptLine(other.scope({ carrier }), ref, LABEL)).rejects.toMatchObject({ code: "already_exists" });
		await expect(adoptLine(scope, "PN_unknown", LABEL)).rejects.toMatchObject({ code: "not_found" });
	});

	it("leaves nothing when the carrier refuses", async () => {
		const { account, scope, ref, carrier } = await ownerOfLine();
		carrier.upset("adoptLine", { before: new CarrierRefusal("other", "21402", "bad url") });

		const outcome = await adoptLine(scope, ref, LABEL);

		expect(outcome.state).toBe("failed");
		expect(await activeNumbers(scope.db, account.accountId, null)).toEqual([]);
	});

	it.each([
		["before", 0],
		["after", 1],
	] as const)("cut off %s the carrier took it over, ends with all or nothing", async (when, owned) => {
		const { account, scope, ref, carrier } = await ownerOfLine();
		carrier.upset("adoptLine", { [when]: timedOut() });

		const outcome = await adoptLine(scope, ref, LABEL);
		await settlePurchases(house({ carrier, now: () => Date.now() + 3_600_000 }));

		expect(outcome.state).toBe("pending");
		expect(await activeNumbers(scope.db, account.accountId, null)).toHaveLength(owned);
	});

	it("ends though the process died before it was written down", async () => {
		const { account, scope, ref, carrier } = await ownerOfLine();

		await expect(adoptLine({ ...scope, db: dyingAt(scope.db, 2, "before") }, ref, LABEL)).rejects.toThrow();
		await settlePurchases(house({ carrier, now: () => Date.now() + 3_600_000 }));

		expect(await activeNumbers(scope.db, account.accountId, null)).toHaveLength(1);
	});

	it("sets the line back when the completer had given up before the carrier answered", async () => {
		const { scope, ref, carrier, nameThere } = await ownerOfLine();
		const later = () => Date.now() + 3_600_000;
		carrier.upset("adoptLine", { meanwhile: () => settlePurchases(house({ carrier: fakeCarrier(), now: later })) });

		const outcome = await adoptLine(scope, ref, LABEL);

		expect(outcome.state).toBe("failed");
		expect(nameThere()).toBe("Old switchboard");
		expect(carrier.lines.size).toBe(1);
	});

	it("is for administrators, through the door and at the carrier of this machine", async () => {
		const administrator = await openAdministrator();
		const account = await openAccount();
		const [e164 = ""] = freshNumbers(1);
		const { ref } = await house().carrier.buyLine({ e164, operationId: "Old switchboard" });
		const adopt = { label: "Adopted", userId: account.userId };

		const listed = await administrator.call("/api/admin/carrier/lines");
		const adopted = await administrator.call(`/api/admin/carrier/lines/${ref}/adopt`, adopt);
		const refused = await account.call(`/api/admin/carrier/lines/${ref}/adopt`, {});

		expect(z.array(CarrierLine).parse(await listed.json())).toContainEqual(
			expect.objectContaining({ ref, accountId: null }),
		);
		expect(adopted.status).toBe(201);
		expect(PhoneNumber.parse(await adopted.json())).toMatchObject({ userId: account.userId, number: e164 });
		expect(refused.status).toBe(403);
		expect((await account.call("/api/admin/carrier/lines")).status).toBe(403);
		expect((await knock("/api/admin/carrier/lines")).status).toBe(401);
	});
});
