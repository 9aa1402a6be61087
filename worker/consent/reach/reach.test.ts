import { describe, expect, it } from "vitest";
import { inOneBatch } from "../../db/client";
import { faultOf } from "../../http/answer";
import { openAdministrator } from "../../test/access-matrix.people";
import { house, openAccount, type TestAccount } from "../../test/house";
import { forbidding } from "../store";
import { typedDestination } from "./destination";
import { mustBeOpen, mustReach } from "./store";

const PEER = "+447712345678";

async function faultWhen(work: Promise<unknown>): Promise<string | undefined> {
	return work.then(
		() => undefined,
		(error: unknown) => faultOf(error)?.code,
	);
}
const reaching = ({ accountId }: TestAccount, country: string) =>
	faultWhen(inOneBatch(house().db, [mustReach(house().db, accountId, country)]));
const decide = (admin: TestAccount, { userId }: TestAccount, change: object) =>
	admin.call(`/api/admin/accounts/${userId}/reach`, change, { method: "PATCH" });

describe("a destination", () => {
	it.each(["+14155552671", "+447712345678", "+4915123456789", "+33612345678"])("may be %s", async (e164) => {
		const scope = (await openAccount()).scope();

		expect((await typedDestination(scope, e164)).e164).toBe(e164);
	});

	it.each([
		["a premium number", "+19005550199"],
		["a British premium number", "+449098790000"],
		["a satellite phone", "+881612345678"],
		["an international freephone number", "+80012345678"],
		["an emergency number", "911"],
		["nonsense", "call me"],
	])("is not %s", async (_, typed) => {
		const scope = (await openAccount()).scope();

		expect(await faultWhen(typedDestination(scope, typed))).toBe("invalid_input");
	});
});

describe("the countries that an account reaches", () => {
	it("are everybody's, until an administrator decides about this one, and again when that is taken back", async () => {
		const [account, admin] = [await openAccount(), await openAdministrator()];
		expect([await reaching(account, "US"), await reaching(account, "AF")]).toEqual([undefined, "not_allowed"]);

		await decide(admin, account, { countries: ["AF"] });

		expect([await reaching(account, "US"), await reaching(account, "AF")]).toEqual(["not_allowed", undefined]);
		await decide(admin, account, { countries: null });
		expect(await reaching(account, "US")).toBeUndefined();
	});

	it("change for everybody by the installation's settings", async () => {
		const [account, admin] = [await openAccount(), await openAdministrator()];
		const { reach } = await (await admin.call("/api/admin/settings")).json<{ reach: { countries: string[] } }>();
		const change = (countries: string[]) =>
			admin.call("/api/admin/settings", { reach: { ...reach, countries } }, { method: "PATCH" });

		await change([...reach.countries, "AF"]);
		const opened = await reaching(account, "AF");
		await change(reach.countries);

		expect(opened).toBeUndefined();
		expect(await reaching(account, "AF")).toBe("not_allowed");
	});

	it("are told with what holds, and leave the rest when one thing changes", async () => {
		const [account, admin] = [await openAccount(), await openAdministrator()];
		await decide(admin, account, { messagesPerDay: 5 });

		const changed = await decide(admin, account, { messagesPerMinute: 2 });

		expect(await changed.json()).toMatchObject({
			userId: account.userId,
			own: { countries: null, messagesPerDay: 5, messagesPerMinute: 2 },
			effective: { countries: expect.arrayContaining(["US"]), messagesPerDay: 5, messagesPerMinute: 2 },
		});
	});

	it("are an administrator's to decide, and only by what makes sense", async () => {
		const [account, admin] = [await openAccount(), await openAdministrator()];

		expect((await decide(account, account, { messagesPerDay: 5 })).status).toBe(403);
		expect((await decide(admin, account, { countries: ["Narnia"] })).status).toBe(422);
		expect((await decide(admin, account, { messagesPerDay: -1 })).status).toBe(422);
		expect((await decide(admin, account, { isAdmin: true })).status).toBe(422);
		expect((await admin.call("/api/admin/accounts/usr_nobody/reach")).status).toBe(404);
	});
});

describe("the gate in a batch", () => {
	it("is shut for whom the account may not reach, on that channel", async () => {
		const { accountId } = await openAccount();
		const { db } = house();
		await forbidding(db, accountId, JSON.stringify([PEER]), { scope: "messages", note: "", now: 1 });
		const asked = (channel: "calls" | "messages") =>
			faultWhen(inOneBatch(db, [mustBeOpen(db, accountId, PEER, channel)]));

		expect([await asked("messages"), await asked("calls")]).toEqual(["opted_out", undefined]);
	});
});
