import type { Plan } from "./agenda";
import { deliver } from "./delivery";
import type { Exchange } from "./exchange";
import { callFields, legFields, ownLegFields } from "./forms";
import { ringsInHand } from "./in-hand";
import { continueWith, follow } from "./instructions";
import { type Dial, dialOf, type LegRow, legNews, ringBrowsers, secondsOf, withdraw } from "./legs";
import type { Person } from "./people";
import { deskLeg, type Leg } from "./rehearsal";
import type { AgendaRow, CallRow } from "./tables";
import { keepTape } from "./tapes";

/** Browsers and telephones ring for a call. People at browsers live in real time, whatever the simulation's speed. */
export async function startDial(exchange: Exchange, call: CallRow, row: AgendaRow, dial: Dial): Promise<Plan[]> {
	const { step } = dial;
	const person: Person = JSON.parse(call.person);
	const held = step.lines.filter(({ kind, address }) => kind === "client" || ringsInHand(exchange, call, address));
	const clients = held.map(({ address, statusUrl }) => ({ identity: address, statusUrl }));
	const desks = step.lines.filter((line) => !held.includes(line));
	const replies = await ringBrowsers(exchange, call, row.token, "dial", clients, dial);
	const desk = desks.length > 0 ? deskLeg({ ...step, lines: desks }, person.talksFor) : null;
	const rings = replies.includes("ringing");
	const patience: Plan[] =
		person.hangsUpAfter === null
			? []
			: [{ kind: "over", after: untilHangUp(call, row, person), detail: { status: "completed" } }];
	if (desk?.status === "completed") return [{ kind: "desk", after: desk.rang, detail: { dial, desk } }, ...patience];
	const status = replies.includes("busy") ? "busy" : "no-answer";
	const after = rings ? step.ringSeconds * exchange.settings.SIMULATION_SPEED : 1;
	return [{ kind: "unanswered", after, detail: { dial, status: rings ? "no-answer" : status } }, ...patience];
}

const untilHangUp = (call: CallRow, row: AgendaRow, person: Person) =>
	Math.max(0, (person.hangsUpAfter ?? 0) - (row.second - (call.answered_second ?? row.second)));

/** Nobody took it. */
export async function unanswered(exchange: Exchange, call: CallRow, row: AgendaRow): Promise<Plan[]> {
	const { dial, status }: { dial: Dial; status: Leg["status"] } = JSON.parse(row.detail);
	await withdraw(exchange, call, "cancelled");
	return afterDial(exchange, call, row, dial, { ...none(dial), status }, `CA${row.token.replaceAll("-", "")}`);
}

/** A telephone was faster than the browsers. */
export async function deskTakes(exchange: Exchange, call: CallRow, row: AgendaRow): Promise<Plan[]> {
	const { dial, desk }: { dial: Dial; desk: Leg } = JSON.parse(row.detail);
	await withdraw(exchange, call, "answered_elsewhere");
	const legRef = `CA${row.token.replaceAll("-", "")}`;
	const news = desk.statusUrl
		? [legNews(desk.statusUrl, ownLegFields(call, { leg_ref: legRef, identity: desk.target }, "in-progress", null))]
		: [];
	const happening = { kind: "connected", after: desk.seconds, leg: desk, url: dial.step.actionUrl, rest: dial.rest };
	return [...news, { kind: "happened", after: desk.seconds, detail: { happening, keysUsed: call.keys_used, legRef } }];
}

/** The browser and the caller part: the browser hung up, or the time is over. */
export async function part(exchange: Exchange, call: CallRow, row: AgendaRow): Promise<Plan[]> {
	const { leg: id }: { leg: string } = JSON.parse(row.detail);
	const leg = exchange.sql.exec<LegRow>("SELECT * FROM legs WHERE id = ?", id).toArray()[0];
	if (!leg) return [];
	const seconds = secondsOf(exchange, leg);
	await withdraw(exchange, call, "cancelled");
	if (leg.state === "over" && leg.status_url)
		await deliver(exchange, leg.status_url, ownLegFields(call, leg, "completed", seconds), leg.id);
	const dial = dialOf(leg);
	const done: Leg = { ...none(dial), target: leg.identity, status: "completed", seconds };
	return afterDial(exchange, call, row, dial, done, leg.leg_ref);
}

const none = ({ step }: Dial): Leg => ({
	target: step.target,
	status: "no-answer",
	seconds: 0,
	rang: 0,
	statusUrl: null,
	recordedUrl: step.recordedUrl,
});

async function afterDial(exchange: Exchange, call: CallRow, row: AgendaRow, dial: Dial, leg: Leg, legRef: string) {
	if (leg.status === "completed") await keepTape(exchange, call, leg.recordedUrl, legRef, leg.seconds);
	const url = dial.step.actionUrl;
	if (url === null) return continueWith(exchange, call, row, dial.rest);
	return follow(exchange, call, row, url, { ...callFields(call), ...legFields(leg, legRef) });
}
