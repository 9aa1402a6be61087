// `npm exec -- node bench/import.mjs [--rows 50000] [--rounds 3]`: a CSV import beside the same in Node.
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { getCountries, getExampleNumber, parsePhoneNumberFromString } from "libphonenumber-js/max";
import examples from "libphonenumber-js/mobile/examples";
import { startDirect } from "./direct.mjs";
import { importInNode } from "./import-peer.mjs";
import { cpuOf, peakOf, workerdOf } from "./processes.mjs";

const { values } = parseArgs({
	options: { rows: { type: "string", default: "50000" }, rounds: { type: "string", default: "3" } },
});
const rows = Number(values.rows);
const BAD_EVERY = 97;

const file = csvOf(rows);
console.log(`${rows} rows, ${(file.length / 1e6).toFixed(1)} MB, numbers of ${countries().length} countries`);
const instance = await startDirect({
	script: "worker/index.ts",
	settings: { RATE_LIMIT_SCALE: "1000" },
	inspected: true,
});
const worker = workerdOf(process.pid);
try {
	const idle = peakOf(worker);
	const ours = [];
	const theirs = [];
	for (let round = 0; round < Number(values.rounds); round++) {
		ours.push(await importHere(instance.origin, round));
		theirs.push(importInNode(file));
		await sleep(200); // the peer holds this thread; let it see that idle connections are gone
	}
	const heap = await instance.watchHeap();
	await importHere(instance.origin, "heap");
	const heapMb = heap.most();
	const { report, trips } = ours[0];
	const [here, there] = [median(ours), median(theirs)];
	console.log(
		`  Trunkline                     ${perSecond(here)} rows/s, ${report.rowsAdded} added, ${report.rowsBad} bad`,
	);
	console.log(`  Node, papaparse, node:sqlite  ${perSecond(there)} rows/s, ${theirs[0].bad} bad`);
	console.log(`  ratio                         ${(there / here).toFixed(2)} by the clock (at least 3)`);
	console.log(
		`  ratio                         ${(leastCpu(theirs) / leastCpu(ours)).toFixed(2)} by CPU time, which others disturb less: ${leastCpu(theirs).toFixed(2)} s and ${leastCpu(ours).toFixed(2)} s`,
	);
	console.log(`  D1 round trips                ${trips}, one per ${Math.round(rows / trips)} rows (at least 5,000)`);
	console.log(`  the Worker's heap at its peak ${heapMb} MB, garbage and all (below 64)`);
	console.log(`  workerd's memory at its peak  ${peakOf(worker)} MB, database and all; ${idle} MB before`);
	if (report.rowsBad !== theirs[0].bad) throw new Error("the two do not agree on what is bad");
} finally {
	await instance.stop();
}

/** Each round is an account of its own: what is known already is quick. */
async function openList(origin, round) {
	const post = async (path, body, headers = {}) => {
		const reply = await fetch(origin + path, {
			method: "POST",
			headers: { "content-type": "application/json", ...headers },
			body: JSON.stringify(body),
		});
		return reply.json();
	};
	const { session } = await post("/api/auth/signup", {
		email: `bench${round}@example.com`,
		password: "a long sentence for it",
	});
	const authorization = `Bearer ${session.access_token}`;
	const { id } = await post("/api/contact-lists", { name: "bench" }, { authorization });
	return { path: `${origin}/api/contact-lists/${id}/import`, authorization };
}

async function importHere(origin, round) {
	const { path, authorization } = await openList(origin, round);
	const began = performance.now();
	const cpuBefore = cpuOf(worker);
	const headers = { authorization, "content-type": "text/csv" };
	const reply = await fetch(path, { method: "POST", headers, body: file });
	const report = await reply.json();
	if (reply.status !== 201) throw new Error(JSON.stringify(report));
	const trips = Number(/(\d+) round trips/.exec(reply.headers.get("server-timing"))?.[1]);
	const cpu = cpuOf(worker) - cpuBefore;
	return { report, trips, seconds: (performance.now() - began) / 1_000, cpu };
}

/** Valid numbers of every country, made from its example by other last digits; one row in 97 is bad. */
function csvOf(count) {
	const ranges = countries();
	const lines = ["phone,name,email"];
	for (let n = 0; lines.length <= count; n++) {
		const { start, width } = ranges[n % ranges.length];
		const number = `${start}${String(Math.floor(n / ranges.length) % 10 ** width).padStart(width, "0")}`;
		lines.push(n % BAD_EVERY === 0 ? `12${n},Bad ${n},bad@example.com` : `${number},Ann ${n},ann${n}@example.com`);
	}
	return `${lines.join("\n")}\n`;
}

/** The countries with enough valid numbers in a row to make a large file from. */
function countries() {
	return getCountries().flatMap((country) => {
		const example = getExampleNumber(country, examples)?.number;
		if (!example) return [];
		const width = 4;
		const start = example.slice(0, -width);
		const all = ["0000", "2345", "5555", "9999"].every((end) => parsePhoneNumberFromString(start + end)?.isValid());
		return all ? [{ start, width }] : [];
	});
}

function median(runs) {
	return runs.map(({ seconds }) => seconds).sort((a, b) => a - b)[Math.floor(runs.length / 2)];
}
function perSecond(seconds) {
	return Math.round(rows / seconds).toLocaleString("en");
}

function leastCpu(runs) {
	return Math.min(...runs.map(({ cpu }) => cpu));
}
