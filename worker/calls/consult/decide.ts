import { inOneBatch } from "../../db/client";
import { Fault, notFound } from "../../errors";
import { publish } from "../../live/store";
import { tell } from "../../live/tell";
import type { Scope } from "../../scope";
import { endLine, moveLine, moveLines } from "./lines";
import { type ConsultRow, type ConsultState, consultWith, LIVE, turnAnyAccount, turnOwn } from "./store";

interface Which {
	callId: string;
	consultId: string;
}

/** Has the customer go on with who was asked. When they have hung up in that moment, the customer is with the one who asked again. */
export async function connectConsult(scope: Scope, which: Which): Promise<void> {
	const consult = await decide(scope, which, ["talking"], "completed");
	const isThere = consult.targetRef !== null && (await moveLine(scope, consult, consult.targetRef).catch(() => true));
	if (!isThere) {
		const turn = { from: ["completed"] as ConsultState[], to: "failed" as const, reason: "hung_up", now: scope.now() };
		const [back] = await turnAnyAccount(scope.db, consult.id, turn);
		if (back) await moveLines(scope, back);
		throw new Fault("conflict", "They have just hung up. You are with the caller again.");
	}
	await moveLine(scope, consult, consult.customerRef).catch(() => false);
	await endLine(scope, consult.agentRef);
}

/** Lets go of who is asked: the one who asks is with the customer again. */
export async function takeBackConsult(scope: Scope, which: Which): Promise<void> {
	await moveLines(scope, await decide(scope, which, LIVE, "taken_back"));
}

async function decide(
	scope: Scope,
	{ callId, consultId: id }: Which,
	from: ConsultState[],
	to: ConsultState,
): Promise<ConsultRow> {
	const { db, accountId, userId } = scope;
	const now = scope.now();
	const [[turned], told, [found]] = await inOneBatch(db, [
		turnOwn(db, accountId, { id, callId, userId }, { from, to, now }),
		publish(db, accountId, "call", { callId }, now),
		consultWith(db, accountId, callId, id),
	]);
	if (turned) {
		tell(scope, told);
		return turned;
	}
	if (found?.userId !== userId) throw notFound("Consult");
	throw new Fault(
		"conflict",
		found.state === "ringing" ? "They have not answered yet" : "Nobody is asked about this call any more",
	);
}
