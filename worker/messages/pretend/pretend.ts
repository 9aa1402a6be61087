import type * as z from "zod";
import { Fault, notFound } from "../../errors";
import { activeNumbers } from "../../numbers/held/store";
import { reachOf } from "../../numbers/reach";
import type { PretendPhone } from "../../outside/carrier/simulated/pretend-phone";
import type { Scope } from "../../scope";
import type { PretendCall, PretendDeed, PretendHand, PretendMessage, PretendNow, PretendThread, Taken } from "./inputs";

/** Writes to one of the caller's numbers, as somebody outside would: everything after that is the real path. */
export async function write(
	scope: Scope,
	phone: PretendPhone,
	message: PretendMessage,
): Promise<z.output<typeof Taken>> {
	await mustReachOwn(scope, message.to);
	if (message.body === "" && message.mediaUrls.length === 0) throw new Fault("invalid_input", "body: say something");
	return phone.write(message);
}

/** Calls one of the caller's numbers. */
export async function ring(scope: Scope, phone: PretendPhone, call: PretendCall): Promise<z.output<typeof Taken>> {
	await mustReachOwn(scope, call.to);
	return phone.ring(call);
}

/** Takes a phone into the hand for the next minute: calls between it and the number wait for whoever holds it. */
export async function holdPhone(scope: Scope, phone: PretendPhone, { number, peer }: PretendHand): Promise<PretendNow> {
	await mustReachOwn(scope, number);
	return { call: await phone.hold({ line: number, peer }) };
}

/** Calls, answers, presses or hangs up. */
export async function usePhone(scope: Scope, phone: PretendPhone, deed: PretendDeed): Promise<PretendNow> {
	await mustReachOwn(scope, deed.number);
	const reply = await phone.use({ line: deed.number, peer: deed.peer }, deed);
	if (reply.kind !== "done") throw new Fault("conflict", reply.message);
	return { call: reply.value };
}

/** What a pretend phone and one of the caller's numbers have written to each other, oldest first: as the phone shows it. */
export async function readPhone(
	scope: Scope,
	phone: PretendPhone,
	number: string,
	peer: string,
): Promise<PretendThread> {
	await mustReachOwn(scope, number);
	const messages = await phone.thread(number, peer);
	return {
		items: messages.map(({ ref, direction, body, status, mediaUrls, createdAt }) => ({
			ref,
			direction: direction === "inbound" ? "sent" : "received",
			body,
			status,
			mediaUrls,
			createdAt: new Date(createdAt).toISOString(),
		})),
	};
}

async function mustReachOwn(scope: Scope, e164: string): Promise<void> {
	const own = await activeNumbers(scope.db, scope.accountId, reachOf(scope));
	if (!own.some((number) => number.e164 === e164)) throw notFound("Number");
}
