import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sign } from "../../outside/carrier/twilio/signature.ts";
import { ACCOUNT_SID, AUTH_TOKEN } from "../../test/loopback-carrier/options.ts";
import { startLoopbackCarrier } from "../../test/loopback-carrier/server.ts";
import { Client } from "../demo/client.mjs";
import { startInstance } from "../instance.mjs";
import { freePort } from "../ports.mjs";
import { chanceFrom, EMAIL, settingsFor } from "./world.mjs";

const MESSAGES = 200;
const KILLS = Number(process.env.KILLS ?? 6);
const HANDS = 6;
const PATIENCE_MS = 5_000;
const SEED = Number(process.env.KILL_SEED ?? Date.now() % 100_000);
const chance = chanceFrom(SEED);

let folder;
let running;
let instance;
let client;
let door;
let number;
/** References of the messages that the product said it has. */
const acknowledged = [];
let redelivered = 0;
/** How many were taken when each kill came. */
const takenAtKills = [];

/** One run for the tests below: 200 people write while the product is killed again and again, and the carrier repeats what was not taken. */
before(
	async () => {
		console.log(`# KILL_SEED=${SEED}`);
		folder = mkdtempSync(join(tmpdir(), "trunkline-kill-messages-"));
		running = await startLoopbackCarrier({});
		const port = await freePort();
		const start = async () => {
			instance = await startInstance({ folder, port, settings: settingsFor(running.url) });
		};
		await start();
		client = new Client(instance.origin, EMAIL);
		await client.signUp();
		await client.post("/api/wallet/top-up", { amountMicros: 50_000_000 });
		({ phoneNumber: number } = await client.post("/api/channels/generate-phone-number", {
			country: "US",
			type: "sms",
		}));
		door = running.carrier.lines.get(number).form.get("SmsUrl").replace(/#.*$/s, "");
		const waiting = Array.from({ length: MESSAGES }, (_, n) => n);
		const hands = Array.from({ length: HANDS }, () => writeAll(waiting));
		for (let kill = 0; kill < KILLS; kill++) {
			await sleep(100 + chance() * 700);
			takenAtKills.push(acknowledged.length);
			await instance.crash();
			await start();
		}
		await Promise.all(hands);
		console.log(`# taken at the kills: ${takenAtKills.join(" ")}`);
		console.log(`# delivered again: ${redelivered}`);
	},
	{ timeout: 900_000 },
);

after(async () => {
	await instance?.stop();
	await running?.stop();
	rmSync(folder, { recursive: true, force: true });
});

async function writeAll(waiting) {
	for (let n = waiting.shift(); n !== undefined; n = waiting.shift()) {
		await handOver(n);
		await sleep(80 + chance() * 80);
	}
}

/** Hands a message over until it is taken, as the carrier does: the same reference, the same words. */
async function handOver(n) {
	const MessageSid = `SM${n.toString(16).padStart(32, "0")}`;
	const From = `+1415${String(4_000_000 + (n % 20))}`;
	const fields = { MessageSid, AccountSid: ACCOUNT_SID, From, To: number, Body: `message ${n}`, NumMedia: "0" };
	for (;;)
		try {
			const reply = await fetch(door, {
				method: "POST",
				headers: { "x-twilio-signature": sign(AUTH_TOKEN, door, Object.entries(fields)) },
				body: new URLSearchParams(fields),
				signal: AbortSignal.timeout(PATIENCE_MS),
			});
			await reply.body?.cancel();
			if (reply.ok) return acknowledged.push(`message ${n}`);
			if (reply.status < 500) assert.fail(`message ${n} was answered ${reply.status}`);
			redelivered++;
		} catch (error) {
			if (error instanceof assert.AssertionError) throw error;
			redelivered++;
			await sleep(100);
		}
}

test("some messages were cut off and delivered again", () => {
	assert.equal(acknowledged.length, MESSAGES);
	assert.ok(redelivered > 0);
	assert.ok(takenAtKills.some((taken) => taken > 0 && taken < MESSAGES));
});

test("every message that was acknowledged is there exactly once", async () => {
	const conversations = await client.all("/api/conversations");
	const pages = await Promise.all(conversations.map(({ id }) => client.all(`/api/conversations/${id}/messages`)));
	const bodies = pages.flat().map(({ body }) => body);

	assert.equal(conversations.length, 20);
	assert.deepEqual(bodies.toSorted(), acknowledged.toSorted());
	assert.equal(
		conversations.reduce((sum, { unread }) => sum + unread, 0),
		MESSAGES,
	);
});
