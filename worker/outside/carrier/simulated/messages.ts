import { segmentsOf } from "../../../pure/segments";
import type { MessageReport, SendMessage } from "../carrier";
import { newRef, plan, wake } from "./agenda";
import type { Exchange } from "./exchange";
import { owns } from "./lines";
import { isReachable } from "./people";
import { done, type Reply, refused } from "./reply";
import type { MessageRow } from "./tables";

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

export function findMessages(
	{ sql }: Exchange,
	{ to, from, since }: { to: string; from: string; since: number },
): MessageReport[] {
	return sql
		.exec<MessageRow>(
			'SELECT * FROM messages WHERE "to" = ? AND "from" = ? AND created_at >= ? ORDER BY created_at',
			to,
			from,
			since,
		)
		.toArray()
		.map(reportOf);
}

export function receivedMessages({ sql }: Exchange, since: number): MessageReport[] {
	return sql
		.exec<MessageRow>("SELECT * FROM messages WHERE status = 'received' AND created_at >= ? ORDER BY created_at", since)
		.toArray()
		.map(reportOf);
}

/** What a line and a person have written to each other, oldest first; for the pretend phone. */
export function messagesBetween(
	{ sql }: Exchange,
	line: string,
	peer: string,
): (MessageReport & { mediaUrls: string[] })[] {
	return sql
		.exec<MessageRow>(
			`SELECT * FROM (SELECT * FROM messages WHERE ("to" = ?1 AND "from" = ?2) OR ("to" = ?2 AND "from" = ?1)
				ORDER BY created_at DESC LIMIT 200) ORDER BY created_at`,
			line,
			peer,
		)
		.toArray()
		.map((row) => ({ ...reportOf(row), mediaUrls: mediaOf(row) }));
}

/** The addresses of the files that came with a message; none for one that nobody knows. */
export function mediaUrlsOf({ sql }: Exchange, ref: string): string[] {
	const [row] = sql.exec<MessageRow>("SELECT * FROM messages WHERE ref = ?", ref).toArray();
	return row ? mediaOf(row) : [];
}

const mediaOf = ({ media_urls }: MessageRow): string[] => JSON.parse(media_urls);

function reportOf(row: MessageRow): MessageReport {
	const { ref, to, from, body, status, created_at: createdAt } = row;
	const direction = status === "received" ? "inbound" : "outbound";
	return {
		ref,
		to,
		from,
		body,
		direction,
		status,
		segments: segmentsOf(body),
		mediaCount: mediaOf(row).length,
		createdAt,
	};
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
