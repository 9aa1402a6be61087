// `npm exec -- node bench/requests.mjs [--requests 3000] [--rounds 5] [--peers FOLDER]`: the CPU of a list and of a signed webhook.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Pool } from "undici";
import { freePort } from "../worker/local/ports.mjs";
import { killTree } from "../worker/local/processes.mjs";
import { sign } from "../worker/outside/carrier/twilio/signature.ts";
import { startDirect } from "./direct.mjs";
import { workerdOf } from "./processes.mjs";

const { values } = parseArgs({
	options: {
		requests: { type: "string", default: "3000" },
		rounds: { type: "string", default: "5" },
		peers: { type: "string" },
	},
});
const REQUESTS = Number(values.requests);
const ROUNDS = Number(values.rounds);
const AT_ONCE = 16;
const CROWD = 100_000;
const OWN = 60;
const JWT_SECRET = "a secret of this bench, longer than thirty-two bytes";

const folder = mkdtempSync(join(tmpdir(), "trunkline-requests-"));
const instance = await startDirect({ script: "bench/stubbed.ts", settings: { JWT_SECRET, RATE_LIMIT_SCALE: "1000" } });
const peers = [];
try {
	const { token, account } = await furnish(instance.origin);
	const worker = workerdOf(process.pid);
	const bearer = { authorization: `Bearer ${token}` };
	const stub = { "x-bench": "stub" };
	const list = { path: "/api/contacts?limit=50", headers: bearer };
	const cases = {
		hello: { path: "/bench/hello" },
		posted: { path: "/bench/hello", method: "POST", headers: FORM(), body: "a=1" },
		one: { path: "/api/contacts?search=%2B14155552000", headers: { ...bearer, ...stub } },
		list: { ...list, headers: { ...bearer, ...stub } },
		webhook: await callback(instance.origin, token, stub),
		select: { path: "/bench/select" },
		whole: list,
	};
	const spent = await inTurn(
		Object.entries(cases).map(([name, request]) => ({ name, origin: instance.origin, pid: worker, request })),
		[...(await startPeers(account, bearer))],
	);
	tell(spent);
} finally {
	for (const peer of peers) killTree(peer.pid);
	await instance.stop();
	rmSync(folder, { recursive: true, force: true });
}

function FORM() {
	return { "content-type": "application/x-www-form-urlencoded" };
}

/** An account with a few contacts of its own among a crowd's. */
async function furnish(origin) {
	const { session } = await post(origin, "/api/auth/signup", { email: "bench@example.com", password: "correct horse" });
	const other = await post(origin, "/api/auth/signup", { email: "crowd@example.com", password: "correct horse" });
	const { access_token: token, user } = session;
	for (let from = 0; from < CROWD; from += 20_000)
		await fetch(`${origin}/bench/crowd?from=${from}&account=${other.session.user.id}`, { method: "POST" });
	for (let n = 0; n < OWN; n++)
		await post(
			origin,
			"/api/contacts",
			{ phoneNumber: `+1415555${2000 + n}`, firstName: "Ada", lastName: `Number ${n}`, email: `ada${n}@example.com` },
			token,
		);
	return { token, account: user.id };
}

/** What the carrier posts when a text of ours has been delivered. */
async function callback(origin, token, headers) {
	await post(origin, "/api/wallet/top-up", { amountMicros: 50_000_000 }, token);
	const { phoneNumber: from } = await post(
		origin,
		"/api/channels/generate-phone-number",
		{ country: "US", type: "sms" },
		token,
	);
	const { id } = await post(origin, "/api/messages", { from, to: "+14155552671", body: "Hello" }, token);
	const { url, token: key } = await (await fetch(`${origin}/bench/callback?message=${id}`)).json();
	const form = { MessageSid: `SM${"0".repeat(32)}`, MessageStatus: "delivered", AccountSid: `AC${"0".repeat(32)}` };
	const { pathname, search } = new URL(url);
	const signature = sign(key, url, Object.entries(form));
	return {
		path: pathname + search,
		method: "POST",
		headers: { ...FORM(), ...headers, "x-twilio-signature": signature },
		body: new URLSearchParams(form).toString(),
	};
}

async function post(origin, path, body, token) {
	const headers = { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) };
	const reply = await fetch(origin + path, { method: "POST", headers, body: JSON.stringify(body) });
	if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`);
	return reply.json();
}

/** The peers with as large a table of their own. */
async function startPeers(account, headers) {
	const modules = values.peers ?? installPeers();
	const file = join(folder, "peer.sqlite");
	const db = new DatabaseSync(file);
	db.exec(`CREATE TABLE contacts (id TEXT PRIMARY KEY, account_id TEXT NOT NULL, e164 TEXT NOT NULL, country TEXT, zones TEXT,
		first_name TEXT, last_name TEXT, email TEXT, notes TEXT, custom_fields TEXT, tags TEXT, created_at INTEGER, updated_at INTEGER);
		CREATE INDEX contacts_of_account ON contacts (account_id, id)`);
	const add = db.prepare("INSERT INTO contacts VALUES (?, ?, ?, 'US', '', 'Ada', ?, ?, '', '{}', '[]', 1, 1)");
	db.exec("BEGIN");
	for (let n = 0; n < CROWD + OWN; n++)
		add.run(
			`con_${String(n).padStart(26, "0")}`,
			n < OWN ? account : "crowd",
			`+1${2e9 + n}`,
			`Number ${n}`,
			`a${n}@example.com`,
		);
	db.exec("COMMIT");
	db.close();
	const request = { path: "/contacts", headers };
	const started = ["express", "fastify"].map(async (name) => {
		const port = await freePort();
		const child = spawn(
			process.execPath,
			[join(import.meta.dirname, "list-peer.mjs"), name, port, modules, file, JWT_SECRET],
			{
				stdio: "inherit",
				env: { ...process.env, NODE_ENV: "production" },
			},
		);
		peers.push(child);
		return { name, origin: `http://127.0.0.1:${port}`, pid: child.pid, request };
	});
	return Promise.all(started);
}

/** Into a folder of the moment: the product needs none of them. */
function installPeers() {
	console.log("Installing express, fastify and better-sqlite3 into a temporary folder (--peers FOLDER saves it) ...");
	const names = ["express", "fastify", "better-sqlite3", "jsonwebtoken", "@fastify/jwt"];
	execFileSync("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--prefix", folder, ...names], {
		stdio: "inherit",
	});
	return folder;
}

/** Microseconds of CPU per request of each, the least of some rounds that go through all of them in turn. */
async function inTurn(ours, theirs) {
	const all = [...ours, ...theirs];
	const spent = new Map(all.map(({ name }) => [name, []]));
	for (const each of all) await send(each, 500);
	for (let round = 0; round < ROUNDS; round++)
		for (const each of all) {
			const before = nanosecondsOf(each.pid);
			await send(each, REQUESTS);
			await sleep(50);
			spent.get(each.name).push((nanosecondsOf(each.pid) - before) / 1_000 / REQUESTS);
		}
	return Object.fromEntries([...spent].map(([name, rounds]) => [name, Math.min(...rounds)]));
}

async function send({ origin, request }, count) {
	const pool = new Pool(origin, { connections: AT_ONCE, pipelining: 1 });
	let left = count;
	async function one() {
		while (left-- > 0) {
			const reply = await untilUp(() => pool.request({ method: "GET", ...request }));
			if (reply.statusCode >= 300)
				throw new Error(`${request.path} answered ${reply.statusCode}: ${await reply.body.text()}`);
			await reply.body.dump({ limit: 1e6 });
		}
	}
	await Promise.all(Array.from({ length: AT_ONCE }, one));
	await pool.close();
}

/** A peer that has just been started is asked again. */
async function untilUp(ask, tries = 100) {
	try {
		return await ask();
	} catch (error) {
		if (error.code !== "ECONNREFUSED" || tries === 0) throw error;
		await sleep(100);
		return untilUp(ask, tries - 1);
	}
}

function nanosecondsOf(pid) {
	const threads = readdirSync(`/proc/${pid}/task`);
	return threads.reduce(
		(sum, id) => sum + Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, "utf8").split(" ")[0]),
		0,
	);
}

function tell({ hello, posted, one, list, webhook, select, whole, express, fastify }) {
	const line = (name, microseconds, ...ratios) =>
		console.log(`  ${name.padEnd(44)} ${microseconds.toFixed(0).padStart(5)} us  ${ratios.join("   ")}`);
	const ratio = (a, b, of, goal) => `${(a / b).toFixed(2)} x ${of}${goal ? ` (goal ${goal})` : ""}`;
	console.log(`CPU per request, least of ${ROUNDS} rounds of ${REQUESTS} in turn, ${AT_ONCE} connections`);
	line("bare Hono hello", hello);
	line("bare Hono that reads a form", posted, ratio(posted, hello, "hello"));
	line("list of 1, database stubbed", one, ratio(one, hello, "hello"));
	line("list of 50, database stubbed", list, ratio(list, hello, "hello", 1.25));
	line(
		"signed webhook, database stubbed",
		webhook,
		ratio(webhook, hello, "hello", 1.3),
		ratio(webhook, posted, "form"),
	);
	line("SELECT 1 by local D1", select);
	line(
		"list of 50 among 100,000, whole",
		whole,
		ratio(whole, select, "SELECT 1", 1.5),
		ratio(whole, express, "Express", 0.75),
	);
	line("Express, better-sqlite3, jsonwebtoken", express);
	line("Fastify, better-sqlite3, its jwt and schema", fastify, ratio(whole, fastify, "Fastify is ours"));
}
