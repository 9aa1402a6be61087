import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { openAdministrator } from "../test/access-matrix.people";
import { type FakeCarrier, fakeCarrier, freshNumbers, timedOut } from "../test/fake-carrier";
import { house, knock, openAccount } from "../test/house";
import { PurchaseInput } from "./inputs";
import { purchaseNumber } from "./purchase";
import { reconcileLines, reconcileLinesDaily } from "./reconcile-lines";

/** An account with one number at a carrier that sells to nobody else. */
async function owner() {
	await env.DB.prepare("UPDATE numbers SET status = 'released', released_at = 1 WHERE status <> 'released'").run();
	const account = await openAccount({ balanceMicros: 10_000_000 });
	const carrier = fakeCarrier();
	const [e164 = ""] = freshNumbers(1);
	await purchaseNumber(account.scope({ carrier }), PurchaseInput.parse({ number: e164 }), {
		key: null,
		requestHash: "",
	});
	return { account, carrier, e164 };
}

let minute = 0;
/** Compares a little later, so that nothing of now is under way any more. */
const look = (carrier: FakeCarrier) => {
	const at = Date.now() + ++minute * 60_000;
	return reconcileLines(house({ carrier, now: () => at }));
};

async function open(): Promise<{ id: string; kind: string; ref: string }[]> {
	const administrator = await openAdministrator();
	const reply = await administrator.call("/api/admin/differences?limit=100");
	const { items }: { items: { id: string; kind: string; ref: string }[] } = await reply.json();
	return items;
}
const kindsOf = async (ref: string) => (await open()).filter((each) => each.ref === ref).map(({ kind }) => kind);

describe("comparing the numbers with the carrier's", () => {
	it("finds nothing when they agree", async () => {
		const { carrier } = await owner();

		expect(await look(carrier)).toBe(0);
	});

	it("lists a number that the carrier does not have, mends nothing, and closes it when it is back", async () => {
		const { carrier, e164 } = await owner();
		const lines = [...carrier.lines.entries()];
		carrier.lines.clear();

		await look(carrier);
		await look(carrier);
		expect(await kindsOf(e164)).toEqual(["found_here_only"]);
		for (const [ref, line] of lines) carrier.lines.set(ref, line);
		await look(carrier);

		expect(await kindsOf(e164)).toEqual([]);
	});

	it("lists lines that nobody here has: ours that went astray, and others'", async () => {
		const { carrier } = await owner();
		const [astray = "", other = ""] = freshNumbers(2);
		await carrier.buyLine({ e164: astray, operationId: "op_forgotten" });
		await carrier.buyLine({ e164: other, operationId: "Old switchboard" });

		await look(carrier);

		expect(await kindsOf(astray)).toEqual(["found_there_only"]);
		expect(await kindsOf(other)).toEqual(["found_not_adopted"]);
		expect(carrier.lines.size).toBe(3);
	});

	it("lists a line that the carrier has under another id", async () => {
		const { carrier, e164 } = await owner();
		const [[ref, line] = ["", undefined]] = [...carrier.lines.entries()];
		carrier.lines.clear();
		if (line) carrier.lines.set(`${ref}x`, { ...line, ref: `${ref}x` });

		await look(carrier);

		expect(await kindsOf(e164)).toEqual(["found_under_another_id"]);
	});

	it("does not count what is being bought just now", async () => {
		const { account, carrier } = await owner();
		carrier.upset("buyLine", { after: timedOut(), times: 1 });
		const [number = ""] = freshNumbers(1);
		await purchaseNumber(account.scope({ carrier }), PurchaseInput.parse({ number }), { key: null, requestHash: "" });

		expect(await look(carrier)).toBe(0);
	});

	it("happens once a day by the cron", async () => {
		const { carrier } = await owner();
		const at = (hours: number) =>
			reconcileLinesDaily(house({ carrier, now: () => Date.now() + 86_400_000 + hours * 3_600_000 }));

		for (const hours of [1, 2, 24, 26]) await at(hours);

		expect(carrier.asked.listLines).toBe(2);
	});

	it("is closed by an administrator who has dealt with it", async () => {
		const { carrier, account } = await owner();
		const administrator = await openAdministrator();
		const [astray = ""] = freshNumbers(1);
		await carrier.buyLine({ e164: astray, operationId: "op_forgotten" });
		await look(carrier);
		const found = (await open()).find(({ ref }) => ref === astray);
		const close = (who: typeof account) =>
			who.call(`/api/admin/differences/${found?.id}/close`, { note: "Given back" });

		const replies = [await close(account), await close(administrator), await close(administrator)];

		expect(replies.map(({ status }) => status)).toEqual([403, 200, 404]);
		expect(await kindsOf(astray)).toEqual([]);
		expect((await knock("/api/admin/differences")).status).toBe(401);
		expect((await account.call("/api/admin/carrier/reconcile", {})).status).toBe(403);
	});
});
