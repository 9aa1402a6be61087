import { inOneBatch, type Statement } from "../../db/client";
import { type OutboxRow, publish } from "../../live/store";
import { tell, tellWallet } from "../../live/tell";
import { isOver } from "../../pure/call-state";
import type { House } from "../../scope";
import type { Place } from "../callback-url";
import type { CarrierForm } from "../inputs";
import { settling } from "../leg-money";
import { endLine, moveLines, partnerOf } from "./lines";
import { accountOfConsult } from "./reading/store";
import {
	agentLeftAnyAccount,
	type ConsultRow,
	closeConsult,
	LIVE,
	pickedUpAnyAccount,
	targetOverAnyAccount,
	turnAnyAccount,
} from "./store";

const WHY: Record<string, string> = { busy: "busy", "no-answer": "no_answer", completed: "hung_up" };

/** What the line of who is asked tells. Repeats and late arrivals change nothing. */
export async function hearAsked(
	house: House,
	{ callId, about: id }: Required<Place>,
	form: CarrierForm,
): Promise<void> {
	const status = form.CallStatus ?? "";
	const now = house.now();
	const ref = form.CallSid;
	if (isOver(status)) return targetOver(house, { id, callId, ref, status, seconds: form.CallDuration ?? 0 });
	if (status !== "in-progress" && status !== "answered") return;
	const { db } = house;
	const [, told] = await inOneBatch(db, [
		pickedUpAnyAccount(db, id, ref, now),
		publish(db, accountOfConsult(id, ref), "call", { callId }, now),
	]);
	tell(house, told);
}

interface Over {
	id: string;
	callId: string;
	ref: string;
	status: string;
	seconds: number;
}

/** Who was asked is gone: the customer is with the one who asked again, or with nobody, or was with them and is let go. */
export async function targetOver(house: House, { id, callId, ref, status, seconds }: Over): Promise<void> {
	const { db } = house;
	const now = house.now();
	const reason = WHY[status] ?? "unreachable";
	const [[closed], failed, dropped, told] = await inOneBatch(db, [
		targetOverAnyAccount(db, id, ref),
		turnAnyAccount(db, id, { from: LIVE, to: "failed", reason, now }, { targetRef: ref }),
		turnAnyAccount(db, id, { from: ["completed"], to: "dropped", reason, now }, { targetRef: ref, notJoined: true }),
		publish(db, accountOfConsult(id, ref), "call", { callId }, now),
	]);
	tell(house, told);
	if (!closed) return;
	const [turned] = [...failed, ...dropped];
	if (turned) await moveLines(house, turned);
	else if (closed.state === "completed" && closed.movedAt !== null) await endLine(house, closed.customerRef);
	await settle(house, closed, status === "completed" ? seconds : 0);
}

async function settle(house: House, consult: ConsultRow, seconds: number): Promise<void> {
	const { db } = house;
	const { id, callId, accountId, usageRef } = consult;
	if (!usageRef) return;
	await inOneBatch<Statement>(db, [
		...settling(db, { id: callId, accountId }, [{ ref: usageRef, seconds }], house.now()),
		closeConsult(db, accountId, id),
	]);
	tellWallet(house, accountId);
}

/** A line is over. When somebody asks about a call on it, they have left: the customer goes on with who was asked, or is not kept waiting. */
export async function agentLeft(house: House, ref: string): Promise<void> {
	const { db } = house;
	const [[completed], [dropped], [last]] = await inOneBatch(db, agentLeftAnyAccount(db, ref, house.now()));
	return afterAgentLeft(house, completed ?? dropped, last);
}

export async function afterAgentLeft(
	house: House,
	turned: ConsultRow | undefined,
	last: ConsultRow | undefined,
): Promise<void> {
	if (turned) {
		const { accountId, callId } = turned;
		const told = await publish(house.db, accountId, "call", { callId }, house.now());
		tell(house, told as OutboxRow[]);
		return moveLines(house, turned);
	}
	const wasBack = last?.state === "taken_back" || last?.state === "failed";
	if (last && wasBack && last.movedAt !== null && partnerOf(last) === last.agentRef)
		await endLine(house, last.customerRef);
}
