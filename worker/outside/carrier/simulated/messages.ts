import type { SendMessage } from "../carrier";
import { newRef, plan, wake } from "./agenda";
import type { Exchange } from "./exchange";
import { owns } from "./lines";
import { isReachable } from "./people";
import { done, type Reply, refused } from "./reply";
import { segmentsOf } from "./segments";

const PHONE = /^\+[1-9]\d{6,14}$/;
const LONGEST_BODY = 1600;
const STOP = new Set(["STOP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", "REVOKE", "OPTOUT", "CANCEL"]);
const START = new Set(["START", "UNSTOP", "YES"]);

/** Takes a message for sending. It is sent, and then delivered or not, by number. */
export async function sendMessage(
	exchange: Exchange,
	request: SendMessage,
): Promise<Reply<{ ref: string; segments: number }>> {
	const { to, from, body, mediaUrls, statusUrl } = request;
	if (!PHONE.test(to)) return refused("invalid_to", "21211", `${to} is not a number that can be written to.`);
	if (!owns(exchange, from)) return refused("invalid_from", "21606", `${from} is not a line of this installation.`);
	if (body.length > LONGEST_BODY) return refused("other", "21617", "The message is longer than 1600 characters.");
	if (!body && mediaUrls.length === 0) return refused("other", "21602", "The message says nothing.");
	if (hasOptedOut(exchange, from, to)) return refused("opted_out", "21610", `${to} wants no messages from ${from}.`);
	const ref = newRef(mediaUrls.length > 0 ? "MM" : "SM");
	exchange.storage.transactionSync(() => {
		addMessage(exchange, { ref, to, from, body, mediaUrls, status: "queued", statusUrl });
		plan(exchange, ref, 0, [{ kind: "message", after: 1, detail: { status: "sent" } }]);
	});
	await wake(exchange);
	return done({ ref, segments: segmentsOf(body) });
}

export interface NewMessage {
	ref: string;
	to: string;
	from: string;
	body: string;
	mediaUrls: string[];
	status: string;
	statusUrl: string;
}

export function addMessage({ sql }: Exchange, message: NewMessage): void {
	const { ref, to, from, body, mediaUrls, status, statusUrl } = message;
	const media = JSON.stringify(mediaUrls);
	sql.exec(
		"INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		ref,
		to,
		from,
		body,
		media,
		status,
		statusUrl,
		Date.now(),
	);
}

/** What becomes of a message that was sent. */
export function endingFor(e164: string): string {
	return isReachable(e164) ? "delivered" : "undelivered";
}

/** Keeps the list of those who wrote STOP to a line, and have not written START since. */
export function noteOptOut(
	{ sql }: Exchange,
	{ line, peer, body }: { line: string; peer: string; body: string },
): void {
	const word = body.trim().toUpperCase();
	if (STOP.has(word)) sql.exec("INSERT OR IGNORE INTO opt_outs (line, peer) VALUES (?, ?)", line, peer);
	if (START.has(word)) sql.exec("DELETE FROM opt_outs WHERE line = ? AND peer = ?", line, peer);
}

function hasOptedOut({ sql }: Exchange, line: string, peer: string): boolean {
	return sql.exec("SELECT 1 FROM opt_outs WHERE line = ? AND peer = ?", line, peer).toArray().length > 0;
}
