import { createServer } from "node:http";
import { Pool } from "undici";
import { ACCOUNT } from "../worker/local/carrier/account.mjs";

const PATH = `/2010-04-01/Accounts/${ACCOUNT.TWILIO_ACCOUNT_SID}/Calls.json`;
const HEADERS = {
	authorization: `Basic ${btoa(`${ACCOUNT.TWILIO_ACCOUNT_SID}:${ACCOUNT.TWILIO_AUTH_TOKEN}`)}`,
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
	const body = new URLSearchParams({
		To: `+1415${2_000_000 + number}`,
		From: "+14152000000",
		Url: `${here}/answer`,
		StatusCallback: `${here}/status?a=${number}`,
	}).toString();
	const reply = await pool.request({ method: "POST", path: PATH, headers: HEADERS, body });
	await reply.body.json();
}
