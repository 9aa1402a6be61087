import type { Invitation, InviteReply } from "../../../signaling/leg";
import { type Plan, plan, wake } from "./agenda";
import { deliver } from "./delivery";
import type { Exchange } from "./exchange";
import { ownLegFields } from "./forms";
import type { CallRow } from "./tables";
import type { DialStep, Step } from "./twiml-reader";

/** What browsers' rooms and the exchange tell each other of a call, as far as it matters without sound. */
export type RoomFrame = { type: string; call: string; reason?: string };

/** The rooms behind call identities, wherever they run. */
export interface Rooms {
	invite(identity: string, invitation: Invitation): Promise<InviteReply>;
	/** Tells a room that a call is over for it. */
	end(
		identity: string,
		from: string,
		call: string,
		reason: "hung_up" | "cancelled" | "answered_elsewhere",
	): Promise<unknown>;
}

/** A browser that rings or talks for a call. */
export type LegRow = {
	id: string;
	ref: string;
	leg_ref: string;
	token: string;
	/** `caller`: the browser that the call itself goes to. */
	role: "dial" | "caller";
	identity: string;
	status_url: string | null;
	state: "ringing" | "answered" | "over";
	since: number | null;
	dial: string;
};

/** What was being dialed, and what follows on it. */
export interface Dial {
	step: DialStep;
	rest: Step[];
}

// A session description without a line of sound that could be opened: the pretend network carries none.
const NO_SOUND = `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 0 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\na=inactive\r\na=mid:0\r\n`;

/** A pretend phone in somebody's hand rings without a room. */
const isTelephone = (identity: string) => identity.startsWith("+");

/** As whom a pretend telephone stands in a room. */
const addressOf = (call: Pick<CallRow, "from" | "to" | "direction">, role: LegRow["role"]) =>
	(role === "caller" ? call.from : call.from) || "anonymous";

/** Makes browsers ring, once however often it is asked; says how each did. */
export async function ringBrowsers(
	exchange: Exchange,
	call: CallRow,
	token: string,
	role: LegRow["role"],
	lines: { identity: string; statusUrl: string | null }[],
	dial: Dial | null,
): Promise<InviteReply[]> {
	const { sql, rooms } = exchange;
	const known = sql.exec<LegRow>("SELECT * FROM legs WHERE token = ?", token).toArray();
	if (known.length === 0)
		for (const { identity, statusUrl } of lines)
			sql.exec(
				"INSERT INTO legs (id, ref, leg_ref, token, role, identity, status_url, state, dial) VALUES (?, ?, ?, ?, ?, ?, ?, 'ringing', ?)",
				crypto.randomUUID(),
				call.ref,
				`CA${crypto.randomUUID().replaceAll("-", "")}`,
				token,
				role,
				identity,
				statusUrl,
				JSON.stringify(dial),
			);
	const legs = sql.exec<LegRow>("SELECT * FROM legs WHERE token = ? AND state = 'ringing'", token).toArray();
	const number = addressOf(call, role);
	const from = { identity: number, name: "", number: number === "anonymous" ? "" : number };
	return Promise.all(
		legs.map(async ({ id, identity }) => {
			if (isTelephone(identity)) return "ringing";
			const reply = await rooms.invite(identity, { call: id, from, sdp: NO_SOUND }).catch(() => "unavailable" as const);
			if (reply !== "ringing") sql.exec("UPDATE legs SET state = 'over' WHERE id = ? AND state = 'ringing'", id);
			return reply;
		}),
	);
}

/** Ends whatever browsers still have of a call. */
export async function withdraw(
	exchange: Exchange,
	call: CallRow,
	reason: "cancelled" | "answered_elsewhere",
): Promise<void> {
	const legs = exchange.sql
		.exec<LegRow>("SELECT * FROM legs WHERE ref = ? AND state <> 'over'", call.ref)
		.toArray()
		.filter(({ state }) => reason === "cancelled" || state === "ringing");
	for (const leg of legs) await endLeg(exchange, call, leg, leg.state === "answered" ? "hung_up" : reason);
}

async function endLeg(
	exchange: Exchange,
	call: CallRow,
	leg: LegRow,
	reason: "hung_up" | "cancelled" | "answered_elsewhere",
): Promise<void> {
	exchange.sql.exec("UPDATE legs SET state = 'over' WHERE id = ?", leg.id);
	if (!isTelephone(leg.identity))
		await exchange.rooms.end(leg.identity, addressOf(call, leg.role), leg.id, reason).catch(() => false);
	if (leg.state === "answered" && leg.status_url)
		await deliver(exchange, leg.status_url, ownLegFields(call, leg, "completed", secondsOf(exchange, leg)), leg.id);
}

/** A browser answers, declines or hangs up. False: this leg is not known, or over. */
export async function hearBrowser(exchange: Exchange, identity: string, frame: RoomFrame): Promise<boolean> {
	const leg = exchange.sql
		.exec<LegRow>("SELECT * FROM legs WHERE id = ? AND identity = ?", frame.call, identity)
		.toArray()[0];
	const call = leg && exchange.sql.exec<CallRow>("SELECT * FROM calls WHERE ref = ?", leg.ref).toArray()[0];
	if (!leg || !call || leg.state === "over" || call.ended_at !== null) return false;
	if (frame.type === "answer" && leg.state === "ringing") await answerLeg(exchange, call, leg);
	if (frame.type === "ended") hangUpLeg(exchange, call, leg, frame.reason ?? "");
	await wake(exchange);
	return true;
}

export function knowsLeg({ sql }: Exchange, id: string): boolean {
	return sql.exec("SELECT 1 FROM legs WHERE id = ? AND state <> 'over'", id).toArray().length > 0;
}

export async function answerLeg(exchange: Exchange, call: CallRow, leg: LegRow): Promise<void> {
	const { sql, storage } = exchange;
	storage.transactionSync(() => {
		sql.exec("UPDATE legs SET state = 'answered', since = ? WHERE id = ?", Date.now(), leg.id);
		strike(exchange, call.ref, leg.role === "caller" ? ["over"] : ["unanswered", "desk"]);
		const news: Plan[] =
			leg.role === "caller"
				? [{ kind: "answered", after: 0 }]
				: [
						...(leg.status_url ? [legNews(leg.status_url, ownLegFields(call, leg, "in-progress", null))] : []),
						{ kind: "parted", after: dialOf(leg).step.limitSeconds, detail: { leg: leg.id } },
					];
		plan(exchange, call.ref, secondNow(exchange, call), news);
	});
	await withdraw(exchange, call, "answered_elsewhere");
}

/** A callback about a line that rings for a call. */
export const legNews = (url: string, fields: object): Plan => ({ kind: "leg", after: 0, detail: { url, fields } });

export function hangUpLeg(exchange: Exchange, call: CallRow, leg: LegRow, reason: string): void {
	const { sql, storage } = exchange;
	storage.transactionSync(() => {
		sql.exec("UPDATE legs SET state = 'over' WHERE id = ?", leg.id);
		const second = secondNow(exchange, call);
		if (leg.role === "caller") {
			strike(exchange, call.ref, null);
			const status = leg.state === "answered" ? "completed" : reason === "declined" ? "busy" : "no-answer";
			return plan(exchange, call.ref, second, [{ kind: "over", after: 0, detail: { status } }]);
		}
		if (leg.state === "answered") {
			strike(exchange, call.ref, ["parted"]);
			return plan(exchange, call.ref, second, [{ kind: "parted", after: 0, detail: { leg: leg.id } }]);
		}
		const ringing = sql.exec("SELECT 1 FROM legs WHERE ref = ? AND state = 'ringing'", call.ref).toArray().length > 0;
		const desk = sql.exec("SELECT 1 FROM agenda WHERE ref = ? AND kind = 'desk'", call.ref).toArray().length > 0;
		if (ringing || desk) return;
		strike(exchange, call.ref, ["unanswered"]);
		plan(exchange, call.ref, second, [{ kind: "unanswered", after: 0, detail: { dial: dialOf(leg), status: "busy" } }]);
	});
}

/** Takes plans of these kinds off a call's agenda; all of them with null. */
export function strike({ sql }: Exchange, ref: string, kinds: string[] | null): void {
	if (kinds === null) sql.exec("DELETE FROM agenda WHERE ref = ?", ref);
	else for (const kind of kinds) sql.exec("DELETE FROM agenda WHERE ref = ? AND kind = ?", ref, kind);
}

export const dialOf = (leg: LegRow): Dial => JSON.parse(leg.dial);

/** How long a browser has talked, in telephone seconds. */
export function secondsOf({ settings }: Exchange, leg: LegRow): number {
	return leg.since === null ? 0 : Math.round(((Date.now() - leg.since) * settings.SIMULATION_SPEED) / 1000);
}

/** The telephone second that a call has come to. */
export function secondNow({ settings }: Exchange, call: CallRow): number {
	return call.second + ((Date.now() - call.touched_at) * settings.SIMULATION_SPEED) / 1000;
}
