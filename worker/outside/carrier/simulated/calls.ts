import { isOver } from "../../../pure/call-state";
import type { CallReport, PlaceCall } from "../carrier";
import { callWith, clearAgenda, newRef, plan, wake } from "./agenda";
import type { Exchange } from "./exchange";
import { IN_HAND, isHeld } from "./in-hand";
import { secondNow, withdraw } from "./legs";
import { owns } from "./lines";
import { leaveRoom } from "./meetings";
import { partedCall } from "./parting";
import { type Person, personAt } from "./people";
import { done, type Reply, refused } from "./reply";
import type { CallRow } from "./tables";

const ADDRESS = /^(\+[1-9]\d{6,14}|sips?:\S+|client:\S+)$/;
/** Who sits at a browser that calls somebody. */
export const AT_BROWSER: Person = {
	outcome: "human",
	answersAfter: 0,
	keys: [],
	reactsAfter: 1,
	hangsUpAfter: null,
	talksFor: 60,
};

/** Takes an order for a call. What becomes of it is decided by who is at the other end. */
export async function placeCall(exchange: Exchange, request: PlaceCall): Promise<Reply<{ ref: string }>> {
	const { to, from } = request;
	if (!ADDRESS.test(to)) return refused("invalid_to", "21211", `${to} is not a number that can be called.`);
	if (!owns(exchange, from)) return refused("invalid_from", "21210", `${from} is not a line of this installation.`);
	const { live } = exchange.sql
		.exec<{ live: number }>(
			"SELECT count(*) AS live FROM calls WHERE ended_at IS NULL AND direction <> 'outbound-dial'",
		)
		.one();
	if (live >= exchange.settings.MAX_CONCURRENT_CALLS)
		return { kind: "busy", message: "All lines of this account are in use." };
	const ref = newRef("CA");
	exchange.storage.transactionSync(() => {
		addCall(exchange, {
			ref,
			direction: "outbound-api",
			to,
			from,
			status: "queued",
			person: personFor(exchange, from, to),
			answer_url: request.answerUrl,
			status_url: request.statusUrl,
			detection: request.machineDetection ?? "off",
			detection_url: request.machineDetectionUrl ?? null,
			ring_seconds: request.ringSeconds,
			max_seconds: request.maxSeconds,
		});
		plan(exchange, ref, 0, [{ kind: "initiated", after: 0 }]);
	});
	await wake(exchange);
	return done({ ref });
}

function personFor(exchange: Exchange, line: string, to: string): Person {
	if (to.startsWith("client:")) return AT_BROWSER;
	return isHeld(exchange, line, to) ? IN_HAND : personAt(to);
}

export type NewCall = Pick<
	CallRow,
	"ref" | "direction" | "to" | "from" | "status" | "answer_url" | "status_url" | "detection" | "detection_url"
> &
	Pick<CallRow, "ring_seconds" | "max_seconds"> & { person: Person };

export function addCall({ sql }: Exchange, call: NewCall): void {
	const now = Date.now();
	const row = { ...call, person: JSON.stringify(call.person), created_at: now, touched_at: now };
	const names = Object.keys(row).map((name) => `"${name}"`);
	sql.exec(`INSERT INTO calls (${names}) VALUES (${names.map(() => "?")})`, ...Object.values(row));
}

export function findCalls(
	{ sql }: Exchange,
	{ to, from, since }: { to: string; from: string; since: number },
): CallReport[] {
	return sql
		.exec<CallRow>(
			'SELECT * FROM calls WHERE "to" = ? AND "from" = ? AND created_at >= ? ORDER BY created_at',
			to,
			from,
			since,
		)
		.toArray()
		.map(reportOf);
}

export function findCall(exchange: Exchange, ref: string): CallReport | null {
	const call = callWith(exchange, ref);
	return call ? reportOf(call) : null;
}

/** Ends a call now: whatever it was about to do does not happen any more. */
export async function endCall(exchange: Exchange, ref: string): Promise<Reply<null>> {
	const call = callWith(exchange, ref) ?? (await partedCall(exchange, ref, ""));
	if (!call) return refused("not_found", "20404", `There is no call ${ref}.`);
	if (isOver(call.status)) return done(null);
	const since = ((Date.now() - call.touched_at) * exchange.settings.SIMULATION_SPEED) / 1000;
	const status = call.answered_second === null ? "canceled" : "completed";
	exchange.storage.transactionSync(() => {
		clearAgenda(exchange, ref);
		plan(exchange, ref, Math.min(call.second + since, lastSecondOf(call)), [
			{ kind: "over", after: 0, detail: { status } },
		]);
	});
	await wake(exchange);
	return done(null);
}

/** The telephone second beyond which the call cannot have lasted, however slow the real clock's callbacks were. */
function lastSecondOf({ answered_second, second, ring_seconds, max_seconds }: CallRow): number {
	return answered_second === null ? second + ring_seconds : answered_second + max_seconds;
}

// The carrier's own resource knows no "initiated": that word is for callbacks only.
function reportOf({ ref, to, from, status, started_at: startedAt, duration: durationSeconds }: CallRow): CallReport {
	return { ref, to, from, status: status === "initiated" ? "queued" : status, startedAt, durationSeconds };
}

/** Has a call that goes on do something else from now on: whatever it was about to do does not happen any more. */
export async function redirectCall(exchange: Exchange, ref: string, url: string): Promise<Reply<null>> {
	const call = callWith(exchange, ref) ?? (await partedCall(exchange, ref, url));
	if (!call) return refused("not_found", "20404", `There is no call ${ref}.`);
	if (isOver(call.status) || call.status !== "in-progress")
		return refused("other", "21220", "The call is not in progress.");
	const left = exchange.sql
		.exec<{ second: number }>("SELECT second FROM agenda WHERE ref = ? AND kind = 'over'", ref)
		.toArray();
	const second = secondNow(exchange, call);
	exchange.storage.transactionSync(() => {
		exchange.sql.exec("UPDATE calls SET answer_url = ? WHERE ref = ?", url, ref);
		clearAgenda(exchange, ref);
		plan(exchange, ref, second, [{ kind: "instructed", after: 0 }]);
		for (const { second: at } of left)
			plan(exchange, ref, second, [{ kind: "over", after: Math.max(0, at - second), detail: { status: "completed" } }]);
	});
	if (!call.to.startsWith("client:")) await withdraw(exchange, call, "cancelled");
	await leaveRoom(exchange, ref);
	await wake(exchange);
	return done(null);
}
