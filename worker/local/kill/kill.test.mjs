import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startLoopbackCarrier } from "../../test/loopback-carrier/server.ts";
import { fireCron } from "../cron.mjs";
import { startInstance } from "../instance.mjs";
import { freePort } from "../ports.mjs";
import { armFaults, buy, chanceFrom, furnish, settingsFor } from "./world.mjs";

const KILLS = 10;
const PEOPLE = 400;
const SETTLE_WITHIN_MS = 300_000;
const SEED = Number(process.env.KILL_SEED ?? Date.now() % 100_000);
const CALLBACKS = { duplicate: 0.2, reorder: 0.3, lose: 0.05 };
const chance = chanceFrom(SEED);

let folder;
let running;
let carrier;
let instance;
let client;
let campaignId;
const bought = [];
/** Calls that were under way at the carrier at each kill. */
const cutOff = [];

/** One run for all the tests below: the product is killed ten times at work, then left alone until everything is settled. */
before(
	async () => {
		console.log(`# KILL_SEED=${SEED}`);
		folder = mkdtempSync(join(tmpdir(), "trunkline-kill-"));
		running = await startLoopbackCarrier({ ...CALLBACKS, chance, speed: 40 });
		({ carrier } = running);
		armFaults(carrier);
		const port = await freePort();
		const start = async () => {
			instance = await startInstance({ folder, port, settings: settingsFor(running.url) });
		};
		await start();
		({ client, campaignId } = await furnish(instance.origin, PEOPLE));
		await client.post(`/api/campaigns/${campaignId}/start`);
		for (let kill = 0; kill < KILLS; kill++) {
			fireCron(instance.origin).catch(() => {}); // it may be cut off too
			await busy(300 + chance() * 2_500);
			cutOff.push([...carrier.calls.values()].filter(({ isOver }) => !isOver).length);
			await instance.crash();
			await start();
		}
		await settle();
		await running.quiet();
		console.log(`# calls under way at the kills: ${cutOff.join(" ")}; purchases answered: ${bought.length}`);
	},
	{ timeout: 900_000 },
);

after(async () => {
	await instance?.stop();
	await running?.stop();
	rmSync(folder, { recursive: true, force: true });
});

/** Buys numbers for so long, while the campaign dials; what was cut off is nobody's to know yet. */
async function busy(milliseconds) {
	const until = Date.now() + milliseconds;
	while (Date.now() < until) {
		const purchase = buy(client).then(
			({ status, phoneNumber }) => status === "active" && bought.push(phoneNumber),
			() => {},
		);
		await Promise.race([purchase, sleep(until - Date.now())]);
		await sleep(100);
	}
}

/** Fires the cron until nothing is open any more: what a few quiet minutes would bring. */
async function settle() {
	const until = Date.now() + SETTLE_WITHIN_MS;
	for (;;) {
		await fireCron(instance.origin);
		const { status } = await client.get(`/api/campaigns/${campaignId}`);
		const { held } = await client.get("/api/wallet");
		if (status === "completed" && held.amountMicros === 0) return;
		if (Date.now() > until) assert.fail(`still ${status} with ${held.amountMicros} held: ${await openStories()}`);
		await sleep(1_000);
	}
}

/** How the attempts stand that have no end yet, for whoever has to find out why. */
async function openStories() {
	const attempts = await client.all(`/api/campaigns/${campaignId}/attempts`);
	const open = attempts.filter(({ state }) => state !== "ended" && state !== "dropped");
	return JSON.stringify(open.map(({ id, state, callStatus, dialedAt }) => [id, state, callStatus, dialedAt]));
}

test("the kills come while calls and purchases are under way", () => {
	assert.equal(cutOff.length, KILLS);
	assert.ok(cutOff.filter((calls) => calls > 0).length >= KILLS / 2, cutOff.join(" "));
	assert.ok(bought.length > 0);
});

test("nobody is called twice for one attempt", () => {
	const calls = [...carrier.calls.values()];
	const perAttempt = new Set(calls.map(({ attempt }) => attempt));
	const perPerson = new Set(calls.map(({ to }) => to));

	assert.equal(perAttempt.size, calls.length);
	assert.equal(perPerson.size, calls.length);
	assert.ok(calls.length > PEOPLE * 0.9, `only ${calls.length} calls`);
});

test("everybody's story has an end", async () => {
	const recipients = await client.all(`/api/campaigns/${campaignId}/recipients`);
	const attempts = await client.all(`/api/campaigns/${campaignId}/attempts`);
	const { byOutcome } = await client.get(`/api/campaigns/${campaignId}/report`);
	console.log(`# ${byOutcome.map(({ outcome, count }) => `${outcome} ${count}`).join(", ")}`);

	assert.equal(recipients.length, PEOPLE);
	assert.deepEqual(
		recipients.filter(({ state }) => state !== "done" && state !== "skipped"),
		[],
	);
	assert.deepEqual(
		attempts.filter(({ state }) => state !== "ended" && state !== "dropped"),
		[],
	);
});

test("the report tells what happened at the carrier", async () => {
	const attempts = await client.all(`/api/campaigns/${campaignId}/attempts`);
	const told = new Map(attempts.filter(({ dialedAt }) => dialedAt).map(({ to, disposition }) => [to, disposition]));
	const untold = [...carrier.calls.values()].filter(({ to }) => !told.has(to));
	const saidStop = [...carrier.calls.values()].filter(({ saidStop }) => saidStop).map(({ to }) => to);
	const doNotCall = new Set((await client.all("/api/do-not-call")).map(({ phoneNumber }) => phoneNumber));

	assert.deepEqual(untold, []);
	assert.deepEqual(
		saidStop.filter((to) => !doNotCall.has(to)),
		[],
	);
});

test("the numbers here are the numbers there", async () => {
	const here = (await client.get("/api/phone-numbers")).map(({ number }) => number).sort();
	const there = [...carrier.lines.keys()].sort();

	assert.deepEqual(here, there);
	assert.deepEqual(
		bought.filter((number) => !here.includes(number)),
		[],
	);
});

test("the books hold", async () => {
	const invariants = await client.get("/api/admin/invariants");
	const wallet = await client.get("/api/wallet");
	const entries = await client.all("/api/wallet/entries");

	assert.equal(invariants.ok, true, JSON.stringify(invariants));
	assert.equal(
		entries.reduce((sum, { change }) => sum + change.amountMicros, 0),
		wallet.balance.amountMicros,
	);
});

test("every request held against the carrier's own description of its API", () => {
	const { requests, violations, unauthorised } = carrier.report();

	assert.deepEqual(violations, []);
	assert.equal(unauthorised, 0);
	assert.ok(requests > PEOPLE);
});
