import { createServer } from "node:http";
import { Pool } from "undici";
import { ACCOUNT_SID, AUTH_TOKEN } from "../worker/test/loopback-carrier/options.ts";

const ROOT = `/2010-04-01/Accounts/${ACCOUNT_SID}`;
const LINE = "+14152000000";
const HEADERS = {
	authorization: `Basic ${btoa(`${ACCOUNT_SID}:${AUTH_TOKEN}`)}`,
	"content-type": "application/x-www-form-urlencoded",
};

/** Calls per second of a bare loop over so many connections: no database, no pacing, one callback per call taken and dropped. */
export async function bareLoop(carrierOrigin, connections, calls) {
	const ears = createServer((request, reply) => {
		request.resume();
		reply.writeHead(204).end();
	}).listen(0, "127.0.0.1");
	await new Promise((resolve) => ears.once("listening", resolve));
	const here = `http://127.0.0.1:${ears.address().port}`;
	const pool = new Pool(carrierOrigin, { connections, pipelining: 1 });
	await post(pool, "IncomingPhoneNumbers", { PhoneNumber: LINE }); // refused the second time: it has it then
	let next = 0;
	const started = performance.now();
	await Promise.all(
		Array.from({ length: connections }, async () => {
			while (next < calls) await placeOne(pool, here, next++);
		}),
	);
	const seconds = (performance.now() - started) / 1000;
	await pool.close();
	ears.close();
	return calls / seconds;
}

async function placeOne(pool, here, number) {
	const answer = await post(pool, "Calls", {
		To: `+1415${2_000_000 + number}`,
		From: LINE,
		Url: `${here}/answer`,
		StatusCallback: `${here}/status?a=${number}`,
		StatusCallbackEvent: "completed",
	});
	if (!answer.sid) throw new Error(`the loop's call was refused: ${JSON.stringify(answer)}`);
}

async function post(pool, resource, fields) {
	const body = new URLSearchParams(fields).toString();
	const reply = await pool.request({ method: "POST", path: `${ROOT}/${resource}.json`, headers: HEADERS, body });
	return reply.body.json();
}
