import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { flushOutbox } from "../live/tell";
import { beatCron, readInvariants } from "../operations/invariants";
import { type FakeCarrier, fakeCarrier, type Mishap, timedOut } from "../test/fake-carrier";
import { dyingAt } from "../test/fault-db";
import { house, openAccount } from "../test/house";
import { generateNumber } from "./generate";
import { activeNumbers } from "./held/store";
import { GenerateInput, PurchaseInput } from "./inputs";
import { purchaseNumber } from "./purchase";
import { releaseNumber } from "./release";
import { settlePurchases } from "./settle-purchases";

const ROUNDS = 60;
const ONCE = { key: null, requestHash: "" };

/** Numbers that look random and are the same every time. */
function dice(seed: number) {
	let state = seed;
	return (sides: number) => {
		state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
		return Math.floor((state / 2_147_483_648) * sides);
	};
}

const MISHAPS: (Mishap | null)[] = [
	null,
	null,
	{ before: timedOut(), times: 1 },
	{ after: timedOut(), times: 1 },
	{ after: new Error("500"), times: 1 },
];

/** Buys, generates or releases in a process that may die at any of its steps, at a carrier that may fail before or after the effect. */
async function round(
	account: Awaited<ReturnType<typeof openAccount>>,
	carrier: FakeCarrier,
	roll: ReturnType<typeof dice>,
) {
	const alive = account.scope({ carrier });
	const scope = roll(2) ? { ...alive, db: dyingAt(alive.db, 1 + roll(3), roll(2) ? "before" : "after") } : alive;
	for (const verb of ["buyLine", "releaseLine"] as const) carrier.upset(verb, MISHAPS[roll(MISHAPS.length)] ?? null);
	const [owned] = await activeNumbers(alive.db, account.accountId, null);
	if (owned && roll(3) === 0) return releaseNumber(scope, owned.id);
	if (roll(2)) return generateNumber(scope, GenerateInput.parse({ country: "US", count: 1 + roll(2) }), ONCE);
	const [offer] = await carrier.search({ country: "US", type: "local", limit: 1 });
	return purchaseNumber(scope, PurchaseInput.parse({ number: offer?.e164 }), ONCE);
}

it(`through ${ROUNDS} rounds of deaths and failures the books balance, and numbers here are numbers there`, async () => {
	const account = await openAccount({ balanceMicros: 500_000_000 });
	const carrier = fakeCarrier();
	const roll = dice(20_261_121);
	const hour = 3_600_000;

	for (let n = 0; n < ROUNDS; n++) {
		await round(account, carrier, roll).catch(() => undefined);
		if (n % 5 === 4) await settlePurchases(house({ carrier, now: () => Date.now() + hour }));
	}
	for (const verb of ["buyLine", "releaseLine"] as const) carrier.upset(verb, null);
	for (let tick = 0; tick < 3; tick++) await settlePurchases(house({ carrier, now: () => Date.now() + hour }));

	const here = await activeNumbers(house().db, account.accountId, null);
	expect(here.map(({ e164 }) => e164).sort()).toEqual([...carrier.lines.values()].map(({ e164 }) => e164).sort());
	const charged = await env.DB.prepare(
		"SELECT count(*) AS n FROM ledger WHERE account_id = ? AND kind = 'number_charge'",
	)
		.bind(account.accountId)
		.first<{ n: number }>();
	expect(charged?.n).toBeGreaterThan(here.length);
	expect(await account.balance()).toEqual({ available: 500_000_000 - 1_150_000 * (charged?.n ?? 0), held: 0 });
	await beatCron(house());
	await flushOutbox(house({ now: () => Date.now() + hour }));
	const { checks } = await readInvariants(house({ now: () => Date.now() + hour }));
	expect(checks.filter(({ ok, name }) => !ok && name !== "cron_is_alive")).toEqual([]);
});
