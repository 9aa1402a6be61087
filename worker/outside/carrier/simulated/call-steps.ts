import { isOver } from "../../../pure/call-state";
import { callWith, type Ending, type Plan, plan, tickOff } from "./agenda";
import { deliver } from "./delivery";
import { deskTakes, part, unanswered } from "./dialing";
import type { Exchange } from "./exchange";
import { callFields, statusFields } from "./forms";
import { paceOf, personOf } from "./in-hand";
import { follow, happen } from "./instructions";
import { ringBrowsers, withdraw } from "./legs";
import { comeOut, leaveRoom } from "./meetings";
import type { AgendaRow, CallRow } from "./tables";

const BROWSER = "client:";
const DETECTS_AFTER = 4;
const BEEPS_AFTER = 9;

type Step = (exchange: Exchange, call: CallRow, row: AgendaRow) => Promise<Plan[]>;

/** One step of a call: tells our webhooks, and plans the next. A step that was cut off is done again, with the same words. */
export async function performCallStep(exchange: Exchange, row: AgendaRow): Promise<Ending> {
	const call = callWith(exchange, row.ref);
	const step = STEPS[row.kind];
	const plans = call && step ? await step(exchange, call, row) : [];
	return () => {
		if (tickOff(exchange, row)) plan(exchange, row.ref, row.second, plans);
	};
}

const STEPS: Partial<Record<AgendaRow["kind"], Step>> = {
	async initiated(exchange, call, row) {
		await tell(exchange, row, "initiated");
		const { outcome } = personOf(call);
		if (outcome === "busy" || outcome === "failed") return [{ kind: "over", after: 2, detail: { status: outcome } }];
		return [{ kind: "ringing", after: 1 }];
	},

	async ringing(exchange, call, row) {
		await tell(exchange, row, "ringing");
		if (call.to.startsWith(BROWSER)) return browserRings(exchange, call, row);
		const { outcome, answersAfter, inHand } = personOf(call);
		if (inHand)
			return [{ kind: "over", after: call.ring_seconds * paceOf(exchange, call), detail: { status: "no-answer" } }];
		if (outcome === "no-answer" || answersAfter > call.ring_seconds)
			return [{ kind: "over", after: call.ring_seconds, detail: { status: "no-answer" } }];
		return [{ kind: "answered", after: answersAfter }];
	},

	async answered(exchange, call, row) {
		await tell(exchange, row, "in-progress");
		if (call.detection === "off") return [{ kind: "instructed", after: 0 }];
		const heardAfter = call.detection === "wait_for_beep" && isMachine(call) ? BEEPS_AFTER : DETECTS_AFTER;
		if (call.detection_url)
			return [
				{ kind: "instructed", after: 0 },
				{ kind: "detected", after: heardAfter },
			];
		recognise(exchange, call);
		return [{ kind: "instructed", after: heardAfter }];
	},

	/** Somebody called us: what our answer says decides whether the call is taken at all. */
	incoming: async (exchange, call, row) => follow(exchange, call, row, call.answer_url, callFields(call)),

	instructed: async (exchange, call, row) => follow(exchange, call, row, call.answer_url, callFields(call)),

	async detected(exchange, call, row) {
		if (call.detection_url && !isOver(call.status)) {
			const told = recognise(exchange, call);
			const fields = { ...callFields(told), MachineDetectionDuration: String(DETECTS_AFTER * 1000) };
			await deliver(exchange, call.detection_url, fields, row.token);
		}
		return [];
	},

	happened: (exchange, call, row) => happen(exchange, call, row),

	unanswered,
	desk: deskTakes,
	parted: part,
	left: comeOut,

	async leg(exchange, _call, row) {
		const { url, fields }: { url: string; fields: Record<string, string> } = JSON.parse(row.detail);
		await deliver(exchange, url, fields, row.token);
		return [];
	},

	async over(exchange, call, row) {
		const { status }: { status: string } = JSON.parse(row.detail);
		await withdraw(exchange, call, "cancelled");
		await leaveRoom(exchange, call.ref);
		await tell(exchange, row, status);
		return [];
	},
};

/** The call goes to a browser: whoever sits there says how it goes on. */
async function browserRings(exchange: Exchange, call: CallRow, row: AgendaRow): Promise<Plan[]> {
	const lines = [{ identity: call.to.slice(BROWSER.length), statusUrl: null }];
	const [reply] = await ringBrowsers(exchange, call, row.token, "caller", lines, null);
	if (reply !== "ringing")
		return [{ kind: "over", after: 1, detail: { status: reply === "busy" ? "busy" : "no-answer" } }];
	const after = call.ring_seconds * exchange.settings.SIMULATION_SPEED;
	return [{ kind: "over", after, detail: { status: "no-answer" } }];
}

/** Moves the call on, before anybody is told, and tells the status URL. */
async function tell(exchange: Exchange, row: AgendaRow, status: string): Promise<void> {
	const { call, news } = moveOn(exchange, row, status);
	const wanted = call.direction === "outbound-api" || isOver(status);
	if (call.status_url && wanted) await deliver(exchange, call.status_url, statusFields(call, news), row.token);
}

interface News {
	sequence: number;
	at: number;
}

/** The number and time of the news are kept with the step, so that it says the same when it has to be done again. */
function moveOn(exchange: Exchange, row: AgendaRow, status: string): { call: CallRow; news: News } {
	const { sql, storage } = exchange;
	return storage.transactionSync(() => {
		const detail: { news?: News } = JSON.parse(row.detail);
		if (detail.news)
			return { call: sql.exec<CallRow>("SELECT * FROM calls WHERE ref = ?", row.ref).one(), news: detail.news };
		const now = Date.now();
		const answers = status === "in-progress" ? row.second : null;
		const over = isOver(status);
		const call = sql
			.exec<CallRow>(
				`UPDATE calls SET status = ?1, sequence = sequence + 1, second = ?2, touched_at = ?3,
					started_at = coalesce(started_at, iif(?1 = 'initiated', ?3, NULL)),
					answered_second = coalesce(answered_second, ?4),
					ended_at = iif(?5, ?3, NULL),
					duration = iif(?5, coalesce(CAST(round(?2 - answered_second) AS INTEGER), 0), NULL)
				WHERE ref = ?6 RETURNING *`,
				status,
				row.second,
				now,
				answers,
				over ? 1 : 0,
				row.ref,
			)
			.one();
		const news = { sequence: call.sequence - 1, at: now };
		if (over) sql.exec("DELETE FROM agenda WHERE ref = ? AND id <> ?", row.ref, row.id);
		sql.exec("UPDATE agenda SET detail = ? WHERE id = ?", JSON.stringify({ ...detail, news }), row.id);
		return { call, news };
	});
}

/** Notes who the carrier believes to have answered. */
function recognise({ sql }: Exchange, call: CallRow): CallRow {
	const machine = call.detection === "wait_for_beep" ? "machine_end_beep" : "machine_start";
	const answeredBy = isMachine(call) ? machine : "human";
	return sql.exec<CallRow>("UPDATE calls SET answered_by = ? WHERE ref = ? RETURNING *", answeredBy, call.ref).one();
}

function isMachine(call: CallRow): boolean {
	return personOf(call).outcome === "machine";
}
