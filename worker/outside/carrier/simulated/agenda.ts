import type { Exchange } from "./exchange";
import type { AgendaRow, CallRow, Kind } from "./tables";

/** What is to happen, and how many telephone seconds from now. */
export interface Plan {
	kind: Kind;
	after: number;
	detail?: object;
}

/** What a step leaves to be written once our webhooks were told. */
export type Ending = () => void;

/** How long calls and messages that are over can still be asked for. */
const REMEMBERED_MS = 7 * 24 * 3600 * 1000;

/** A reference as the real carrier writes it. */
export function newRef(prefix: "CA" | "PN" | "SM" | "MM"): string {
	return prefix + crypto.randomUUID().replaceAll("-", "");
}

/** Puts plans on the agenda of a call that has come to `second`. */
export function plan({ sql, settings }: Exchange, ref: string, second: number, plans: Plan[]): void {
	const now = Date.now();
	for (const { kind, after, detail = {} } of plans)
		sql.exec(
			"INSERT INTO agenda (ref, kind, due_at, second, token, detail) VALUES (?, ?, ?, ?, ?, ?)",
			ref,
			kind,
			Math.round(now + (after * 1000) / settings.SIMULATION_SPEED),
			second + after,
			crypto.randomUUID(),
			JSON.stringify(detail),
		);
}

/** When the next thing is due; null when there is none. */
export function dueAt({ sql }: Exchange): number | null {
	return sql.exec<{ at: number | null }>("SELECT min(due_at) AS at FROM agenda").one().at;
}

/** Sees to it that an alarm goes off in time for the next thing. */
export async function wake(exchange: Exchange): Promise<void> {
	const due = dueAt(exchange);
	if (due === null) return;
	const set = await exchange.storage.getAlarm();
	if (set === null || set > due) await exchange.storage.setAlarm(due);
}

/** Up to `most` things that are due and nobody works on: one for each call, in order. */
export function nextDue({ sql, busy }: Exchange, most: number): AgendaRow[] {
	if (most <= 0) return [];
	const limit = 2 * (busy.size + most); // a call has at most two things on its agenda
	const due = sql.exec<AgendaRow>(
		"SELECT * FROM agenda WHERE due_at <= ? ORDER BY due_at, id LIMIT ?",
		Date.now(),
		limit,
	);
	const first = new Map<string, AgendaRow>();
	for (const row of due) if (!busy.has(row.ref) && !first.has(row.ref)) first.set(row.ref, row);
	return [...first.values()].slice(0, most);
}

/** Takes a thing off the agenda. False when it was taken off meanwhile, because the call was ended. */
export function tickOff({ sql }: Exchange, { id }: AgendaRow): boolean {
	return sql.exec("DELETE FROM agenda WHERE id = ? RETURNING id", id).toArray().length > 0;
}

/** Strikes everything about a call or message off the agenda. */
export function clearAgenda({ sql }: Exchange, ref: string): void {
	sql.exec("DELETE FROM agenda WHERE ref = ?", ref);
}

/** Gives up on a call or message that the exchange itself cannot handle. */
export function abandon(exchange: Exchange, ref: string): void {
	clearAgenda(exchange, ref);
	exchange.sql.exec(
		"UPDATE calls SET status = 'failed', ended_at = ? WHERE ref = ? AND ended_at IS NULL",
		Date.now(),
		ref,
	);
}

export function callWith({ sql }: Exchange, ref: string): CallRow | undefined {
	return sql.exec<CallRow>("SELECT * FROM calls WHERE ref = ?", ref).toArray()[0];
}

export function forgetOld({ sql }: Exchange): void {
	const before = Date.now() - REMEMBERED_MS;
	sql.exec("DELETE FROM members WHERE since < ?", before);
	sql.exec("DELETE FROM legs WHERE ref IN (SELECT ref FROM calls WHERE ended_at < ?)", before);
	sql.exec("DELETE FROM scripts WHERE ref IN (SELECT ref FROM calls WHERE ended_at < ?)", before);
	sql.exec("DELETE FROM hands WHERE until < ?", before);
	sql.exec("DELETE FROM tapes WHERE made_at < ?", before);
	sql.exec("DELETE FROM calls WHERE ended_at < ?", before);
	sql.exec("DELETE FROM messages WHERE created_at < ?", before);
}
