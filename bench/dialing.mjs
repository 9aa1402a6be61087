// `npm exec -- node bench/dialing.mjs [--calls 2000] [--rounds 3] [--rates 1,5,50,200]`
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Client } from "../worker/local/demo/client.mjs";
import { chimes } from "../worker/local/demo/greeting.mjs";
import { ACCOUNT_SID, AUTH_TOKEN } from "../worker/test/loopback-carrier/options.ts";
import { startDirect } from "./direct.mjs";
import { loopback } from "./loopback.mjs";
import { bareLoop } from "./peers.mjs";
import { cpuOf, workerdOf } from "./processes.mjs";

const LATENCY_MS = 20;
const MOST_LIVE = 1_000;
const LANES = 6; // simultaneous connections of one invocation on Cloudflare
const PACED_SECONDS = 15;
const { values } = parseArgs({
	options: {
		calls: { type: "string", default: "2000" },
		rounds: { type: "string", default: "3" },
		rates: { type: "string", default: "1,5,50,200" },
	},
});
const calls = Number(values.calls);

const carrier = await loopback(LATENCY_MS);
const email = "bench@example.com";
const instance = await startDirect({
	script: "bench/counted.ts",
	inMemory: true,
	settings: {
		TWILIO_ACCOUNT_SID: ACCOUNT_SID,
		TWILIO_AUTH_TOKEN: AUTH_TOKEN,
		TWILIO_API_BASE_URL: carrier.origin,
		CALLS_PER_SECOND: "10000",
		MAX_CONCURRENT_CALLS: String(MOST_LIVE),
		RATE_LIMIT_SCALE: "1000",
		ADMIN_EMAILS: email,
	},
});
try {
	const client = new Client(instance.origin, email);
	const desk = await furnish(client);
	await dial(client, desk, calls, { callsPerSecond: null }); // warms up, as the compiler has its share in the first seconds
	await fullSpeed(client, desk, Number(values.rounds));
	for (const rate of values.rates.split(",").filter(Boolean).map(Number)) await paced(client, desk, rate);
} finally {
	await instance.stop();
	carrier.close();
}

/** What every campaign of this bench shares. */
async function furnish(client) {
	await client.signUp();
	const allDay = { start: "00:00", end: "24:00" };
	await client.patch("/api/admin/settings", { legalHours: allDay });
	await client.post("/api/wallet/top-up", { amountMicros: 10_000_000_000 });
	const { phoneNumber } = await client.post("/api/channels/generate-phone-number", { country: "US", type: "voice" });
	const form = new FormData();
	form.set("file", new File([chimes()], "chimes.wav"));
	const greeting = await client.upload("/api/greeting-files", form);
	return { caller: phoneNumber, greetingFileId: greeting.id, window: allDay };
}

/** Rounds in which all take turns. The machine is shared: what others do to one of them in one round they do not do in every. */
async function fullSpeed(client, desk, rounds) {
	const seen = [];
	for (let round = 0; round < rounds; round++) {
		const six = await bareLoop(carrier.origin, LANES, calls);
		const before = await bareLoop(carrier.origin, 50, calls);
		const dialed = await dial(client, desk, calls, { callsPerSecond: null });
		const fifty = (before + (await bareLoop(carrier.origin, 50, calls))) / 2;
		seen.push({ ...dialed, six, fifty, ours: rateOf(dialed.starts) });
	}
	const best = (figures, digits) =>
		`${Math.max(...figures).toFixed(digits)} (${figures.map((n) => n.toFixed(digits)).join(", ")})`;
	const share = (name) =>
		best(
			seen.map((one) => one.ours / one[name]),
			3,
		);
	const all = (name) => seen.map((one) => one[name]);
	const per100 = (name) => ((Math.max(...all(name)) / calls) * 100).toFixed(2);
	const least = (Math.min(...all("cpu")) / calls) * 1000;
	console.log(
		`${calls} calls at a carrier with ${LATENCY_MS} ms latency, one callback each; the best of ${rounds} rounds`,
	);
	console.log(
		`  Trunkline, one campaign      ${best(all("ours"), 0)} calls/s, at most ${Math.max(...all("mostInFlight"))} requests at once`,
	);
	console.log(`  bare loop, ${LANES} connections     ${best(all("six"), 0)} calls/s: ratio ${share("six")}`);
	console.log(`  undici, pool of 50           ${best(all("fifty"), 0)} calls/s: ratio ${share("fifty")}`);
	console.log(`  D1 round trips of the dialer ${per100("trips")} per 100 calls (at most 3)`);
	console.log(`  D1 round trips for callbacks ${per100("writes")} per 100 callbacks (at most 100)`);
	console.log(`  CPU of workerd, D1 and callbacks and all ${least.toFixed(2)} ms per call`);
	console.log(`  requests against the carrier's OpenAPI file ${all("violations").flat().length} (0)`);
	console.log(`  dialed twice                 ${all("starts").reduce((sum, starts) => sum + twice(starts), 0)} (0)`);
}

async function paced(client, desk, rate) {
	const { starts, sent } = await dial(client, desk, Math.max(8, Math.round(rate * PACED_SECONDS)), {
		callsPerSecond: rate,
	});
	const asked = sent.map((at) => ({ at }));
	console.log(
		`paced at ${rate}/s: ${(shareOf(asked, rate) * 100).toFixed(1)} % of it (at least 99.5); in any second at most ${most(asked)} sent (at most ${rate}), ${most(starts)} arrived; dialed twice ${twice(starts)}`,
	);
}

/** Runs one campaign over so many people and gives what the carrier saw of it. */
async function dial(client, { caller, greetingFileId, window }, people, pacing) {
	await carrier.forget();
	const list = await client.post("/api/contact-lists", { name: `${people} people` });
	const rows = Array.from({ length: people }, (_, at) => `+1415${3_000_000 + at}`);
	await client.upload(`/api/contact-lists/${list.id}/import`, `phone\n${rows.join("\n")}\n`, "text/csv");
	const campaign = await client.post("/api/campaigns", {
		title: `${people} people`,
		greetingFileId,
		contactListId: list.id,
		callerNumbers: [caller],
		maxCallSeconds: 30,
		pacing,
		schedule: { window, unknownZone: "dial" },
	});
	const before = await client.get("/api/bench/trips");
	const worker = workerdOf(process.pid);
	const cpuBefore = cpuOf(worker);
	await client.post(`/api/campaigns/${campaign.id}/start`);
	for (;;) {
		const { status, counters } = await client.get(`/api/campaigns/${campaign.id}`);
		if (status === "completed") break;
		if (status !== "running") throw new Error(`the campaign is ${status} after ${counters.totalCalls} calls`);
		await sleep(500);
	}
	const after = await client.get("/api/bench/trips");
	return {
		...(await carrier.look()),
		cpu: cpuOf(worker) - cpuBefore,
		sent: after.sent,
		trips: after.dialer - before.dialer,
		writes: after.callbacks - before.callbacks,
	};
}

function rateOf(starts) {
	return (starts.length - 1) / ((starts.at(-1).at - starts[0].at) / 1000);
}

/** Calls that began within the whole seconds after the first, as a share of what the rate allows for them. */
function shareOf(starts, rate) {
	const whole = Math.floor((starts.at(-1).at - starts[0].at) / 1000);
	return starts.filter(({ at }) => at - starts[0].at < whole * 1000).length / (whole * rate);
}

/** The most calls that began within any one second. */
function most(starts) {
	let first = 0;
	let highest = 0;
	starts.forEach(({ at }, last) => {
		while (at - starts[first].at >= 1000) first++;
		highest = Math.max(highest, last - first + 1);
	});
	return highest;
}

function twice(starts) {
	return starts.length - new Set(starts.map(({ to }) => to)).size;
}
