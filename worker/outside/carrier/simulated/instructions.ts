import { newRef, type Plan } from "./agenda";
import { deliver } from "./delivery";
import { startDial } from "./dialing";
import type { Exchange } from "./exchange";
import { callFields, type Fields, legFields, ownLegFields } from "./forms";
import { noteScript, paceOf, ringsInHand } from "./in-hand";
import { legNews } from "./legs";
import { joinRoom } from "./meetings";
import { secondsOfRecording } from "./recordings";
import { type Happening, rehearse } from "./rehearsal";
import type { AgendaRow, CallRow } from "./tables";
import { keepTape } from "./tapes";
import { type Step, stepsOf } from "./twiml-reader";

/** A call that asks and asks, as one that redirects in a circle does, is cut off. */
const MOST_ASKED = 50;
/** How long the voice takes that says sorry for an application that does not answer. */
const APOLOGY_SECONDS = 3;

/** What is kept of a happening until it is due, so that it happens the same when it is done again. */
interface Planned {
	happening: Happening;
	keysUsed: number;
	legRef: string;
}

/** Asks `url` what to do with the call, and plans what comes of it. */
export async function follow(
	exchange: Exchange,
	call: CallRow,
	row: AgendaRow,
	url: string,
	fields: Fields,
	isWaiting = false,
): Promise<Plan[]> {
	if (!isWaiting) exchange.sql.exec("UPDATE calls SET asked = asked + 1 WHERE ref = ?", call.ref);
	const answer = call.asked < MOST_ASKED ? await deliver(exchange, url, fields, row.token) : null;
	const steps = answer === null ? null : await readSteps(exchange, answer, url);
	if (!steps) return [over(APOLOGY_SECONDS)];
	return inRealTime(exchange, url, continueWith(exchange, call, row, steps));
}

/** Whoever hears something over and over waits for people, who live in real time whatever the simulation's speed. */
function inRealTime({ settings }: Exchange, url: string, plans: Plan[]): Plan[] {
	return plans.map((plan) => {
		const happening = plan.detail && "happening" in plan.detail ? (plan.detail as Planned).happening : null;
		const isWaiting = happening?.kind === "redirect" && withoutHash(happening.url) === withoutHash(url);
		return isWaiting ? { ...plan, after: plan.after * settings.SIMULATION_SPEED } : plan;
	});
}

const withoutHash = (url: string) => url.replace(/#.*$/s, "");

/** Does what was rehearsed: presses the keys, or tells how putting the call through went. */
export async function happen(exchange: Exchange, call: CallRow, row: AgendaRow): Promise<Plan[]> {
	const planned: Planned = JSON.parse(row.detail);
	const { happening, keysUsed, legRef } = planned;
	const fields = callFields(call);
	switch (happening.kind) {
		case "keys": {
			exchange.sql.exec("UPDATE calls SET keys_used = ? WHERE ref = ?", keysUsed + 1, call.ref);
			const pressed = { ...fields, Digits: happening.digits, FinishedOnKey: "", msg: "Gather End" };
			return follow(exchange, { ...call, keys_used: keysUsed + 1 }, row, happening.url, pressed);
		}
		case "redirect":
			return follow(exchange, call, row, happening.url, fields, happening.after > 0);
		case "meeting":
			return joinRoom(exchange, call, row, happening.step);
		case "dialing":
			return startDial(exchange, call, row, happening);
		case "recorded":
			return follow(exchange, call, row, happening.step.actionUrl, await leftMessage(exchange, call, planned));
		case "connected":
			await endDesk(exchange, call, row, planned);
			if (happening.url === null) return continueWith(exchange, call, row, happening.rest);
			return follow(exchange, call, row, happening.url, { ...fields, ...legFields(happening.leg, legRef) });
		case "over":
			return [over(0, happening.status)];
	}
}

/** Tells that the line which talked with the caller is through, and what was recorded of that. */
async function endDesk(
	exchange: Exchange,
	call: CallRow,
	row: AgendaRow,
	{ happening, legRef }: Planned,
): Promise<void> {
	if (happening.kind !== "connected" || happening.leg.status !== "completed") return;
	const { statusUrl, recordedUrl, seconds, target } = happening.leg;
	const ended = ownLegFields(call, { leg_ref: legRef, identity: target }, "completed", seconds);
	if (statusUrl) await deliver(exchange, statusUrl, ended, row.token);
	if (recordedUrl) await keepTape(exchange, call, recordedUrl, legRef, seconds);
}

async function leftMessage(exchange: Exchange, call: CallRow, { happening, legRef }: Planned): Promise<Fields> {
	if (happening.kind !== "recorded") return callFields(call);
	const { step, seconds } = happening;
	const told = await keepTape(exchange, call, step.recordedUrl, legRef, seconds);
	const transcript = { ...told, TranscriptionStatus: "completed", TranscriptionText: "Hello, please call me back." };
	if (step.transcribedUrl) await deliver(exchange, step.transcribedUrl, transcript, `${legRef}:transcript`);
	return { ...callFields(call), ...told, Digits: "hangup" };
}

export function continueWith(exchange: Exchange, call: CallRow, row: AgendaRow, steps: Step[]): Plan[] {
	const refuses = call.answered_second === null && steps[0]?.verb === "reject";
	if (refuses) return [over(0, "busy")];
	const answered = call.answered_second ?? row.second;
	if (call.answered_second === null)
		exchange.sql.exec(
			"UPDATE calls SET status = 'in-progress', answered_second = ?, started_at = ? WHERE ref = ?",
			row.second,
			Date.now(),
			call.ref,
		);
	noteScript(exchange, call, steps, row.second);
	const pace = paceOf(exchange, call);
	const happening = rehearse(steps, {
		person: JSON.parse(call.person),
		keysUsed: call.keys_used,
		elapsed: row.second - answered,
		limit: call.max_seconds,
		inHand: (address) => ringsInHand(exchange, call, address),
	});
	if (happening.kind === "over") return [over(happening.after * pace, happening.status)];
	const planned: Planned = { happening, keysUsed: call.keys_used, legRef: newRef("CA") };
	return [...answersFirst(call, planned, pace), { kind: "happened", after: happening.after * pace, detail: planned }];
}

function answersFirst(call: CallRow, { happening, legRef }: Planned, pace: number): Plan[] {
	if (happening.kind !== "connected" || !happening.leg.statusUrl) return [];
	const { statusUrl, target, seconds } = happening.leg;
	const news = legNews(statusUrl, ownLegFields(call, { leg_ref: legRef, identity: target }, "in-progress", null));
	return [{ ...news, after: (happening.after - seconds) * pace }];
}

function over(after: number, status: string = "completed"): Plan {
	return { kind: "over", after, detail: { status } };
}

/** The steps with the length of every recording in them; null when the answer cannot be followed. */
async function readSteps(exchange: Exchange, answer: string, url: string): Promise<Step[] | null> {
	try {
		return answer.trim() === "" ? [] : await measured(exchange, stepsOf(answer, url));
	} catch (error) {
		console.warn(JSON.stringify({ level: "warn", simulated: "answer", error: String(error) }));
		return null;
	}
}

function measured(exchange: Exchange, steps: Step[]): Promise<Step[]> {
	return Promise.all(
		steps.map(async (step) => {
			if (step.verb === "play") return { ...step, seconds: await secondsOfRecording(exchange, step.url) };
			return step.verb === "gather" ? { ...step, prompt: await measured(exchange, step.prompt) } : step;
		}),
	);
}
