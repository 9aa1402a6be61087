import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startLoopbackCarrier } from "../../test/loopback-carrier/server.ts";
import { fireCron } from "../cron.mjs";
import { Client } from "../demo/client.mjs";
import { startInstance } from "../instance.mjs";
import { freePort } from "../ports.mjs";
import { Shopper } from "./shopper.mjs";
import { armPurchaseFaults, chanceFrom, EMAIL, settingsFor } from "./world.mjs";

const KILLS = Number(process.env.KILLS ?? 30);
const SETTLE_WITHIN_MS = 300_000;
const SEED = Number(process.env.KILL_SEED ?? Date.now() % 100_000);
const PAID_IN = 900_000_000;
const chance = chanceFrom(SEED);

let folder;
let running;
let carrier;
let instance;
let client;
let shopper;
/** Purchases and releases that were under way at each kill. */
const cutOff = [];
/** The longest that money was still set aside when everything had been settled after a kill. */
let heldAfterSettling = 0;

/** One run for all the tests below: the product is killed again and again while it buys and releases, then left alone. */
before(
	async () => {
		console.log(`# KILL_SEED=${SEED}`);
		folder = mkdtempSync(join(tmpdir(), "trunkline-kill-purchases-"));
		running = await startLoopbackCarrier({ chance, latencyMs: 40 });
		({ carrier } = running);
		const port = await freePort();
		const start = async () => {
			instance = await startInstance({ folder, port, settings: settingsFor(running.url) });
		};
		await start();
		client = new Client(instance.origin, EMAIL);
		await client.signUp();
		await client.post("/api/wallet/top-up", { amountMicros: PAID_IN });
		shopper = new Shopper(client, chance);
		for (let kill = 0; kill < KILLS; kill++) {
			carrier.faults.clear();
			armPurchaseFaults(carrier);
			fireCron(instance.origin).catch(() => {}); // the completers are cut off too
			await shopper.shop(60 + chance() * 900);
			cutOff.push(shopper.underWay);
			await instance.crash();
			await start();
		}
		await settle();
	},
	{ timeout: 1_200_000 },
);

after(async () => {
	await instance?.stop();
	await running?.stop();
	rmSync(folder, { recursive: true, force: true });
});

/** What a few quiet minutes bring: the carrier is well again, and the cron comes until nothing is set aside. */
async function settle() {
	carrier.faults.clear();
	const until = Date.now() + SETTLE_WITHIN_MS;
	do {
		await fireCron(instance.origin);
		heldAfterSettling = (await client.get("/api/wallet")).held.amountMicros;
		if (heldAfterSettling === 0 && (await numbersHere()).every(({ status }) => status === "active")) return;
		await sleep(500);
	} while (Date.now() < until);
}

const numbersHere = () => client.get("/api/phone-numbers");

test("the kills come while purchases and releases are under way", () => {
	console.log(`# under way at the kills: ${cutOff.join(" ")}; ${shopper.words}`);
	assert.equal(cutOff.length, KILLS);
	assert.ok(cutOff.filter((some) => some > 0).length > KILLS / 2, cutOff.join(" "));
	assert.ok(carrier.lines.size > 0);
});

test("the numbers here are the numbers there", async () => {
	const here = (await numbersHere()).map(({ number }) => number).sort();

	assert.deepEqual(here, [...carrier.lines.keys()].sort());
});

test("what was answered as bought is there, what was answered as released is gone", async () => {
	const here = new Set((await numbersHere()).map(({ id }) => id));

	assert.deepEqual(
		[...shopper.bought].filter((id) => !here.has(id) && !shopper.givenUp.has(id)),
		[],
	);
	assert.deepEqual(
		[...shopper.released].filter((id) => here.has(id)),
		[],
	);
});

test("each number was charged once for each time that it was bought, and what failed costs nothing", async () => {
	const entries = await client.all("/api/wallet/entries");
	const of = (kind) => entries.filter((entry) => entry.kind === kind);
	const refs = (kind) => of(kind).map(({ ref }) => ref);
	const holds = refs("number_hold");

	assert.equal(heldAfterSettling, 0);
	assert.equal(new Set(refs("number_charge")).size, refs("number_charge").length);
	assert.deepEqual([...refs("number_charge"), ...refs("number_release")].sort(), holds.sort());
	assert.ok(of("number_charge").length >= (await numbersHere()).length);
});

test("the wallet is what its ledger says, and every rule of the books holds", async () => {
	const wallet = await client.get("/api/wallet");
	const entries = await client.all("/api/wallet/entries");
	const invariants = await client.get("/api/admin/invariants");

	assert.equal(
		entries.reduce((sum, { change }) => sum + change.amountMicros, 0),
		wallet.balance.amountMicros,
	);
	assert.equal(invariants.ok, true, JSON.stringify(invariants.checks.filter(({ ok }) => !ok)));
});

test("an Idempotency-Key that was cut off is answered as it ended, and bought once", async () => {
	const again = await shopper.askAgain();

	assert.ok(again.length > 0);
	assert.deepEqual(
		again.filter(({ status }) => ![200, 201, 402, 404, 409, 422, 502, 503].includes(status)),
		[],
	);
	assert.deepEqual(
		(await numbersHere()).map(({ number }) => number).sort(),
		[...carrier.lines.keys()].sort(),
		"asking again bought something more",
	);
});

test("every request held against the carrier's own description of its API", () => {
	const { violations, unauthorised } = carrier.report();

	assert.deepEqual(violations, []);
	assert.equal(unauthorised, 0);
});
