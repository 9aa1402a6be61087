import { CarrierRefusal } from "../../outside/carrier/carrier";
import type { House } from "../../scope";
import { callbackUrl } from "../callback-url";
import { type ConsultRow, LIVE } from "./store";

/** Where the lines of a consult ask what to do; `left` rooms they have been in before. */
export const roomUrl = ({ settings }: House, { id, callId }: Pick<ConsultRow, "id" | "callId">, left: number) =>
	callbackUrl(settings, "consult", { callId, about: id, step: left });

/** Has a line go where it belongs now. False when it is over; asked once more when the carrier's answer is unclear, for it does no harm. */
export async function moveLine(house: House, consult: ConsultRow, ref: string, left = 1): Promise<boolean> {
	for (const isLast of [false, true])
		try {
			await house.carrier.redirectCall(ref, roomUrl(house, consult, left));
			return true;
		} catch (error) {
			if (error instanceof CarrierRefusal) return false;
			if (isLast) throw error;
		}
	return false;
}

/** Ends a line if it is there. What goes wrong ends by itself: such a line is told to hang up as soon as it asks. */
export async function endLine({ carrier }: House, ref: string | null): Promise<void> {
	if (ref === null) return;
	await carrier.endCall(ref).catch((error: unknown) => complain(ref, error));
}

/** Takes every line where the consult's new state wants it. */
export async function moveLines(house: House, consult: ConsultRow): Promise<void> {
	const { state, reason, talkedAt, agentRef, customerRef, targetRef } = consult;
	const move = (ref: string) => moveLine(house, consult, ref).catch((error: unknown) => complain(ref, error));
	const isBack = state === "taken_back" || state === "failed";
	if (reason === "customer") {
		// Two who talk go on; who only waits for an answer has nobody to ask about any more.
		if (talkedAt === null) for (const ref of [targetRef, agentRef]) await endLine(house, ref);
		return;
	}
	if (state === "taken_back" || state === "dropped") await endLine(house, targetRef);
	if (isBack) await move(agentRef);
	if (!LIVE.includes(state)) await move(customerRef);
}

/** The customer's line is over: whoever it was with is let go. */
export async function letGo(house: House, consult: ConsultRow | undefined): Promise<void> {
	if (!consult) return;
	if (consult.reason === "customer") return moveLines(house, consult);
	if (consult.movedAt !== null) await endLine(house, partnerOf(consult));
}

/** With whom the customer was put together in the end. */
export const partnerOf = ({ state, agentRef, targetRef }: ConsultRow) => (state === "completed" ? targetRef : agentRef);

function complain(ref: string, error: unknown): void {
	console.error(JSON.stringify({ level: "error", line: ref, error: String(error) }));
}
