import { callWith, plan, wake } from "./agenda";
import { AT_BROWSER, addCall } from "./calls";
import type { Exchange } from "./exchange";
import { IN_HAND } from "./in-hand";
import { type LegRow, secondNow, secondsOf } from "./legs";
import { deskAt, type Person } from "./people";
import type { Leg } from "./rehearsal";
import type { AgendaRow, CallRow } from "./tables";

const LONGEST = 14_400;

/**
 * A line that was dialed for a call and is joined to it is a call of its own from now on, because it is to do something else; the one
 * that dialed it asks what follows on that. Undefined when there is no such line, or nobody talks on it.
 */
export async function partedCall(exchange: Exchange, ref: string, url: string): Promise<CallRow | undefined> {
	const made = fromBrowser(exchange, ref, url) ?? fromDesk(exchange, ref, url);
	if (made) await wake(exchange);
	return made;
}

function fromBrowser(exchange: Exchange, ref: string, url: string): CallRow | undefined {
	const { sql, storage } = exchange;
	const [leg] = sql.exec<LegRow>("SELECT * FROM legs WHERE leg_ref = ? AND state = 'answered'", ref).toArray();
	const parent = leg && callWith(exchange, leg.ref);
	if (!leg || !parent || parent.ended_at !== null) return undefined;
	return storage.transactionSync(() => {
		const inHand = leg.identity.startsWith("+");
		const to = inHand ? leg.identity : `client:${leg.identity}`;
		const line = {
			ref,
			to,
			person: inHand ? IN_HAND : AT_BROWSER,
			url,
			statusUrl: leg.status_url,
			seconds: secondsOf(exchange, leg),
		};
		const made = add(exchange, parent, line);
		sql.exec("UPDATE legs SET ref = ?, role = 'caller', status_url = NULL WHERE id = ?", ref, leg.id);
		sql.exec("DELETE FROM agenda WHERE ref = ? AND kind = 'parted'", parent.ref);
		plan(exchange, parent.ref, secondNow(exchange, parent), [{ kind: "parted", after: 0, detail: { leg: leg.id } }]);
		return made;
	});
}

interface Talk {
	happening: { kind: string; leg: Leg };
	legRef: string;
}

function fromDesk(exchange: Exchange, ref: string, url: string): CallRow | undefined {
	const { sql, storage, settings } = exchange;
	const [row] = sql
		.exec<AgendaRow>("SELECT * FROM agenda WHERE kind = 'happened' AND detail ->> 'legRef' = ?", ref)
		.toArray();
	const parent = row && callWith(exchange, row.ref);
	const talk: Talk | null = row ? JSON.parse(row.detail) : null;
	if (!row || !parent || talk?.happening.kind !== "connected") return undefined;
	const { leg } = talk.happening;
	const seconds = leg.seconds - ((row.due_at - Date.now()) * settings.SIMULATION_SPEED) / 1000;
	if (seconds < 0) return undefined;
	return storage.transactionSync(() => {
		const person: Person = { ...deskAt(leg.target), outcome: "human", hangsUpAfter: null };
		const made = add(exchange, parent, { ref, to: leg.target, person, url, statusUrl: leg.statusUrl, seconds });
		sql.exec("DELETE FROM agenda WHERE id = ?", row.id);
		const happening = { ...talk.happening, leg: { ...leg, seconds: Math.round(seconds), statusUrl: null } };
		plan(exchange, parent.ref, secondNow(exchange, parent), [
			{ kind: "happened", after: 0, detail: { ...talk, happening } },
		]);
		return made;
	});
}

interface Line {
	ref: string;
	to: string;
	person: Person;
	url: string;
	statusUrl: string | null;
	/** How long it has talked. */
	seconds: number;
}

function add(exchange: Exchange, parent: CallRow, { ref, to, person, url, statusUrl, seconds }: Line): CallRow {
	addCall(exchange, {
		ref,
		direction: "outbound-dial",
		to,
		from: parent.from,
		status: "in-progress",
		person,
		answer_url: url,
		status_url: statusUrl ?? "",
		detection: "off",
		detection_url: null,
		ring_seconds: 0,
		max_seconds: LONGEST,
	});
	exchange.sql.exec(
		"UPDATE calls SET answered_second = 0, second = ?, started_at = ? WHERE ref = ?",
		seconds,
		Date.now() - (seconds * 1000) / exchange.settings.SIMULATION_SPEED,
		ref,
	);
	return callWith(exchange, ref) as CallRow;
}
