import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { ACCOUNT } from "./account.mjs";
import { Call } from "./calls.mjs";
import { chance } from "./faults.mjs";
import { Lines } from "./lines.mjs";
import { storyOf } from "./story.mjs";

const PATH = new RegExp(`^/2010-04-01/Accounts/${ACCOUNT.TWILIO_ACCOUNT_SID}/(.+)\\.json$`);
const HANG_MS = 12_000;
const AUTHORIZATION = `Basic ${btoa(`${ACCOUNT.TWILIO_ACCOUNT_SID}:${ACCOUNT.TWILIO_AUTH_TOKEN}`)}`;

/**
 * Starts a carrier on loopback that speaks as much of the REST API as calls and numbers need, calls back signed, and goes wrong as
 * `faults` say. Everything that it was asked is on record, for tests that kill the product and for benches.
 */
export async function startCarrier({
	port = 0,
	latencyMs = 0,
	stepMs = 50,
	faults = {},
	seed = 1,
	story = storyOf,
} = {}) {
	const luck = chance(seed, faults);
	const record = { lines: new Lines(), calls: new Map(), starts: [], inFlight: 0, mostInFlight: 0, latencyMs };
	const living = new Set();
	const shared = { record, luck, stepMs, story, living, sids: 0 };
	const server = createServer((request, reply) => serve(shared, request, reply).catch(() => reply.destroy()));
	server.keepAliveTimeout = 60_000;
	await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
	return {
		origin: `http://127.0.0.1:${server.address().port}`,
		record,
		/** Chance from the same seed as the carrier's mishaps. */
		random: luck.random,
		/** Waits until every call has made its last callback. */
		async quiet() {
			while (living.size > 0) await Promise.all(living);
		},
		/** Forgets what it was asked so far, before the next measurement. */
		forget() {
			Object.assign(record, { calls: new Map(), starts: [], mostInFlight: 0 });
		},
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}

async function serve(shared, request, reply) {
	const { record, luck } = shared;
	const { pathname, searchParams } = new URL(request.url, "http://carrier");
	const resource = PATH.exec(pathname)?.[1];
	if (request.headers.authorization !== AUTHORIZATION)
		return answer(reply, 401, { code: 20003, message: "Authenticate" });
	if (!resource) return answer(reply, 404, { code: 20404, message: "Not found" });
	const form = request.method === "POST" ? Object.fromEntries(new URLSearchParams(await textOf(request))) : {};
	const changes = request.method === "POST" && !resource.includes("/");
	const early = changes ? luck.before() : null;
	if (early === "refuse")
		return answer(reply, 429, { code: 20429, message: "Too many requests" }, { "retry-after": "1" });
	if (early === "lose") return reply.destroy();
	record.mostInFlight = Math.max(record.mostInFlight, ++record.inFlight);
	try {
		if (record.latencyMs) await sleep(record.latencyMs);
		const [status, body] = act(shared, request.method, resource, form, searchParams);
		await late(changes && status < 300 ? luck.after() : null, () => answer(reply, status, body), reply);
	} finally {
		record.inFlight--;
	}
}

/** Answers, or does what goes wrong once the effect is there. */
async function late(mishap, asUsual, reply) {
	if (mishap === "fail") return answer(reply, 500, { code: 20500, message: "Internal server error" });
	if (mishap === "cut") return reply.destroy();
	if (mishap === "hang") await sleep(HANG_MS);
	asUsual();
}

function act(shared, method, resource, form, query) {
	const { lines, calls } = shared.record;
	const [kind, sid] = resource.split("/");
	if (kind === "AvailablePhoneNumbers") return [200, lines.stock()];
	if (kind === "IncomingPhoneNumbers") {
		if (method === "GET") return [200, lines.find(query.get("PhoneNumber"))];
		if (method === "DELETE")
			return lines.owned.delete(sid) ? [204, null] : [404, { code: 20404, message: "Not found" }];
		if (lines.isOwned(form.PhoneNumber)) return [400, { code: 21422, message: "Not available" }];
		return [201, lines.buy(nextSid(shared, "PN"), form)];
	}
	if (kind !== "Calls") return [404, { code: 20404, message: "Not found" }];
	if (sid) {
		const call = calls.get(sid);
		if (!call) return [404, { code: 20404, message: "Not found" }];
		if (method === "POST") call.hangUp();
		return [200, call];
	}
	if (method === "GET") return [200, { calls: [...calls.values()].filter(({ to }) => to === query.get("To")) }];
	return [201, place(shared, form)];
}

function place(shared, form) {
	const { record, luck, stepMs, living, story } = shared;
	const call = new Call(nextSid(shared, "CA"), form, { chance: luck, stepMs });
	record.calls.set(call.sid, call);
	record.starts.push({ to: call.to, attempt: call.attempt, at: performance.now() });
	const told = story(call.to);
	const life = (told.atOnce ? call.endAtOnce(told.end) : call.live(told)).finally(() => living.delete(life));
	living.add(life);
	return call;
}

function nextSid(shared, prefix) {
	return prefix + (++shared.sids).toString(16).padStart(32, "0");
}

async function textOf(request) {
	let text = "";
	for await (const chunk of request.setEncoding("utf8")) text += chunk;
	return text;
}

function answer(reply, status, body, headers = {}) {
	reply.writeHead(status, { "content-type": "application/json", ...headers });
	reply.end(body === null ? undefined : JSON.stringify(body));
}
