// `npm exec -- node bench/requests.mjs [--requests 3000] [--rounds 5] [--peers FOLDER]`: the CPU of a list and of a signed webhook.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Pool } from "undici";
import { killTree } from "../worker/local/processes.mjs";
import { sign } from "../worker/outside/carrier/twilio/signature.ts";
import { startDirect } from "./direct.mjs";
import { startPeers } from "./list-peers.mjs";
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
	const calls = { path: "/api/calls?limit=50", headers: bearer };
	const stubbed = { headers: { ...bearer, ...stub } };
	const cases = {
		hello: { path: "/bench/hello" },
		posted: { path: "/bench/hello", method: "POST", headers: FORM(), body: "a=1" },
		one: { path: "/api/contacts?search=%2B14155552000", ...stubbed },
		list: { ...list, ...stubbed },
		calls: { ...calls, ...stubbed },
		conversations: { path: "/api/conversations", ...stubbed },
		messageCallback: await messageCallback(instance.origin, token, stub),
		callCallback: await callCallback(instance.origin, stub),
		select: { path: "/bench/select" },
		whole: list,
		wholeCalls: calls,
	};
	const spent = await inTurn(
		Object.entries(cases).map(([name, request]) => ({ name, origin: instance.origin, pid: worker, request })),
		await startPeers(
			{ folder, modules: values.peers, secret: JWT_SECRET, account, own: OWN, crowd: CROWD },
			bearer,
			peers,
		),
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
	await fetch(`${origin}/bench/calls?account=${user.id}`, { method: "POST" });
	return { token, account: user.id };
}

/** What the carrier posts when a text of ours has been delivered. */
async function messageCallback(origin, token, headers) {
	await post(origin, "/api/wallet/top-up", { amountMicros: 50_000_000 }, token);
	const { phoneNumber: from } = await post(
		origin,
		"/api/channels/generate-phone-number",
		{ country: "US", type: "sms" },
		token,
	);
	const { id } = await post(origin, "/api/messages", { from, to: "+14155552671", body: "Hello" }, token);
	const form = { MessageSid: `SM${"0".repeat(32)}`, MessageStatus: "delivered" };
	return signed(`${origin}/bench/callback?message=${id}`, form, headers);
}

/** What it posts when a call rings: the database says each time that it has moved, and whom to tell. */
function callCallback(origin, headers) {
	const form = { CallSid: `CA${"0".repeat(32)}`, CallStatus: "ringing", SequenceNumber: "1" };
	const call = `call_${"0".repeat(24)}61`;
	return signed(`${origin}/bench/callback?call=${call}`, form, headers);
}

async function signed(told, fields, headers) {
	const { url, token: key } = await (await fetch(told)).json();
	const form = { ...fields, AccountSid: `AC${"0".repeat(32)}` };
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

function tell(spent) {
	const { hello, posted, select, whole, express, fastify } = spent;
	const line = (name, microseconds, ...ratios) =>
		console.log(`  ${name.padEnd(44)} ${microseconds.toFixed(0).padStart(5)} us  ${ratios.join("   ")}`);
	const ratio = (a, b, of, goal) => `${(a / b).toFixed(2)} x ${of}${goal ? ` (goal ${goal})` : ""}`;
	console.log(`CPU per request, least of ${ROUNDS} rounds of ${REQUESTS} in turn, ${AT_ONCE} connections`);
	line("bare Hono hello", hello);
	line("bare Hono that reads a form", posted, ratio(posted, hello, "hello"));
	const stubbed = (name, microseconds, goal) =>
		line(`${name}, database stubbed`, microseconds, ratio(microseconds, hello, "hello", goal));
	stubbed("list of 1 contact", spent.one);
	stubbed("list of 50 contacts", spent.list, 1.25);
	stubbed("list of 50 calls", spent.calls, 1.25);
	stubbed("list of 1 conversation", spent.conversations);
	for (const [name, microseconds] of [
		["signed webhook of a message", spent.messageCallback],
		["signed webhook of a call", spent.callCallback],
	])
		line(
			`${name}, database stubbed`,
			microseconds,
			ratio(microseconds, hello, "hello", 1.3),
			ratio(microseconds, posted, "form"),
		);
	line("SELECT 1 by local D1", select);
	line(
		"list of 50 contacts among 100,000, whole",
		whole,
		ratio(whole, select, "SELECT 1", 1.5),
		ratio(whole, express, "Express", 0.75),
	);
	line("list of 50 calls, whole", spent.wholeCalls, ratio(spent.wholeCalls, select, "SELECT 1", 1.5));
	const beside = (name, microseconds) =>
		line(name, microseconds, ratio(whole, microseconds, "it is our list of contacts"));
	beside("Express, better-sqlite3, jsonwebtoken", express);
	beside("Express, with its rows as they stand", spent.expressRows);
	beside("Fastify, better-sqlite3, its jwt and schema", fastify);
	beside("Fastify, with its rows as they stand", spent.fastifyRows);
}
