import { abandon, dueAt, type Ending, nextDue } from "./agenda";
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
/** Callbacks that are answered at about the same time are written down together. */
const GATHER_MS = 3;
/** A round that took longer than this had to share the machine: it is followed by as long a rest, up to the second figure. */
const CALM_MS = 20;
const LONGEST_REST_MS = 250;
/** When the next thing is so near, waiting for it is cheaper than another alarm. */
const NEAR_MS = 50;
/** A thing that breaks the exchange every time must not stay on the agenda for ever. */
const MOST_TRIES = 10;

/**
 * Works off everything that is due, and what becomes due meanwhile, many calls at a time. It writes in rounds: nothing
 * leaves the object before its writes are on disk, and one write for all is as slow as one for each.
 */
export async function workOff(exchange: Exchange): Promise<void> {
	const running = new Set<Promise<void>>();
	const finished: Finished[] = [];
	for (const end = Date.now() + SHIFT_MS; Date.now() < end; ) {
		const began = Date.now();
		writeDown(exchange, finished.splice(0));
		for (const row of nextDue(exchange, HANDS - running.size)) {
			const job = perform(exchange, row, finished).finally(() => running.delete(job));
			running.add(job);
		}
		if (running.size > 0) await Promise.race([...running, scheduler.wait(GLANCE_MS)]);
		else if ((dueAt(exchange) ?? Number.POSITIVE_INFINITY) > Date.now() + NEAR_MS) return;
		await scheduler.wait(GATHER_MS);
		await rest(Date.now() - began);
	}
	await Promise.all(running);
	writeDown(exchange, finished);
}

/**
 * Callbacks inside one process need no socket, so a fast simulation could keep the process busy without a gap, and people
 * who knock from outside would never be heard.
 */
async function rest(took: number): Promise<void> {
	if (took > CALM_MS) await scheduler.wait(Math.min(took, LONGEST_REST_MS));
}

interface Finished {
	ref: string;
	ending: Ending;
}

async function perform(exchange: Exchange, row: AgendaRow, finished: Finished[]): Promise<void> {
	exchange.busy.add(row.ref);
	let ending: Ending = () => {};
	try {
		exchange.sql.exec("UPDATE agenda SET tries = tries + 1 WHERE id = ?", row.id);
		const step = row.kind === "message" || row.kind === "received" ? performMessageStep : performCallStep;
		ending = row.tries < MOST_TRIES ? await step(exchange, row) : () => abandon(exchange, row.ref);
	} catch (error) {
		complain(row.kind, error);
	}
	finished.push({ ref: row.ref, ending });
}

function writeDown({ storage, busy }: Exchange, finished: Finished[]): void {
	try {
		storage.transactionSync(() => {
			for (const { ending } of finished) ending();
		});
	} catch (error) {
		complain("writing", error); // all of it is still on the agenda, and will be done again
	}
	for (const { ref } of finished) busy.delete(ref);
}

function complain(what: string, error: unknown): void {
	console.error(JSON.stringify({ level: "error", simulated: what, error: String(error) }));
}
