import { isOver } from "../../pure/call-state";
import type { House } from "../../scope";
import { targetOver } from "./hear-asked";
import { letGo } from "./lines";
import { overdueConsultsAnyAccount } from "./reading/store";
import { type ConsultRow, lookAgainAfter, noteAsked } from "./store";

const PAGE = 50;
/** After so many times the completer's age a line that the carrier does not know of was never there. */
const PATIENCE = 6;
/** Clocks of ours and the carrier's may differ by so much. */
const SKEW_MS = 60_000;

/** Finds out at the carrier how the lines of those who are asked stand, and lets go of whoever is left of calls that are over. */
export async function lookAfterConsults(house: House): Promise<void> {
	for (const { consult, own } of await overdueConsultsAnyAccount(house.db, house.now(), PAGE)) {
		await lookAgainAfter(house.db, consult.id, house.now() + house.settings.COMPLETER_AGE_SECONDS * 1000);
		await lookAfter(house, consult, own).catch((error: unknown) =>
			console.error(JSON.stringify({ level: "error", consult: consult.id, error: String(error) })),
		);
	}
}

async function lookAfter(house: House, consult: ConsultRow, own: string): Promise<void> {
	const { id, callId, accountId, askedAt } = consult;
	if (consult.endedAt !== null) await letGo(house, consult);
	const report = await find(house, consult, own);
	if (report && consult.targetRef === null) await noteAsked(house.db, accountId, id, { targetRef: report.ref });
	const isForgotten = house.now() - askedAt > PATIENCE * house.settings.COMPLETER_AGE_SECONDS * 1000;
	if (report && isOver(report.status))
		await targetOver(house, {
			id,
			callId,
			ref: report.ref,
			status: report.status,
			seconds: report.durationSeconds ?? 0,
		});
	else if (!report && isForgotten)
		await targetOver(house, { id, callId, ref: consult.targetRef ?? `none:${id}`, status: "failed", seconds: 0 });
}

async function find({ carrier }: House, { targetRef, address, askedAt }: ConsultRow, own: string) {
	if (targetRef !== null) return carrier.findCall(targetRef);
	const found = await carrier.findCalls({ to: address, from: own, since: askedAt - SKEW_MS });
	return found[0] ?? null;
}
