import { abandon, dueAt, nextDue } from "./agenda";
import { performCallStep } from "./call-steps";
import type { Exchange } from "./exchange";
import { performMessageStep } from "./message-steps";
import type { AgendaRow } from "./tables";

/** Callbacks in flight at once. */
const HANDS = 20;
/** An alarm may run for minutes, but what is due should not depend on that. */
const SHIFT_MS = 20_000;
/** While work is under way, new work is noticed this fast: an alarm that is set now goes off only after this one. */
const GLANCE_MS = 10;
/** When the next thing is so near, waiting for it is cheaper than another alarm. */
const NEAR_MS = 50;
/** A thing that breaks the exchange every time must not stay on the agenda for ever. */
const MOST_TRIES = 10;

/** Works off everything that is due, and what becomes due meanwhile, many calls at a time. */
export async function workOff(exchange: Exchange): Promise<void> {
	const running = new Set<Promise<void>>();
	for (const end = Date.now() + SHIFT_MS; Date.now() < end; ) {
		const row = running.size < HANDS ? nextDue(exchange) : undefined;
		if (row) {
			const job = perform(exchange, row).finally(() => running.delete(job));
			running.add(job);
			continue;
		}
		if (running.size === 0 && (dueAt(exchange) ?? Number.POSITIVE_INFINITY) > Date.now() + NEAR_MS) return;
		await Promise.race([...running, scheduler.wait(GLANCE_MS)]);
	}
	await Promise.all(running);
}

async function perform(exchange: Exchange, row: AgendaRow): Promise<void> {
	exchange.busy.add(row.ref);
	try {
		if (row.tries >= MOST_TRIES) return abandon(exchange, row.ref);
		exchange.sql.exec("UPDATE agenda SET tries = tries + 1 WHERE id = ?", row.id);
		const step = row.kind === "message" || row.kind === "received" ? performMessageStep : performCallStep;
		await step(exchange, row);
	} catch (error) {
		console.error(JSON.stringify({ level: "error", simulated: row.kind, error: String(error) }));
	} finally {
		exchange.busy.delete(row.ref);
	}
}
