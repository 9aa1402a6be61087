import { isMessageOver } from "../../../pure/message-state";
import { segmentsOf } from "../../../pure/segments";
import { type Ending, newRef, type Plan, plan, tickOff } from "./agenda";
import { deliver } from "./delivery";
import type { Exchange } from "./exchange";
import { messageFields, receivedFields } from "./forms";
import { addMessage, endingFor } from "./messages";
import type { AgendaRow, MessageRow } from "./tables";
import { stepsOf } from "./twiml-reader";

/** One step of a message's way: tells our webhooks, and plans the next. */
export async function performMessageStep(exchange: Exchange, row: AgendaRow): Promise<Ending> {
	const [message] = exchange.sql.exec<MessageRow>("SELECT * FROM messages WHERE ref = ?", row.ref).toArray();
	if (!message) return () => tickOff(exchange, row);
	return row.kind === "received" ? handOver(exchange, message, row) : report(exchange, message, row);
}

async function report(exchange: Exchange, message: MessageRow, row: AgendaRow): Promise<Ending> {
	const { status }: { status: string } = JSON.parse(row.detail);
	exchange.sql.exec("UPDATE messages SET status = ? WHERE ref = ?", status, message.ref);
	if (message.status_url) await deliver(exchange, message.status_url, messageFields({ ...message, status }), row.token);
	const next: Plan[] = isMessageOver(status)
		? []
		: [{ kind: "message", after: 2, detail: { status: endingFor(message.to) } }];
	return () => {
		if (tickOff(exchange, row)) plan(exchange, row.ref, row.second, next);
	};
}

/** Tells us of a message from outside; what we answer with goes back as a message. */
async function handOver(exchange: Exchange, message: MessageRow, row: AgendaRow): Promise<Ending> {
	const { to: line, from: peer, body, media_urls, status_url: url } = message;
	const mediaUrls: string[] = JSON.parse(media_urls);
	const answer = await deliver(exchange, url, receivedFields(message, mediaUrls, segmentsOf(body)), row.token);
	return () => {
		if (!tickOff(exchange, row)) return;
		for (const reply of answer ? repliesIn(answer, url) : []) {
			const ref = newRef("SM");
			addMessage(exchange, { ref, to: peer, from: line, ...reply, status: "queued", statusUrl: "" });
			plan(exchange, ref, 0, [{ kind: "message", after: 1, detail: { status: "sent" } }]);
		}
	};
}

function repliesIn(answer: string, url: string): { body: string; mediaUrls: string[] }[] {
	try {
		return stepsOf(answer, url).flatMap((step) =>
			step.verb === "message" ? [{ body: step.body, mediaUrls: step.mediaUrls }] : [],
		);
	} catch {
		return []; // an empty answer, or one in plain words, replies nothing
	}
}
