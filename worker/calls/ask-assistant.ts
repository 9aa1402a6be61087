import { dialTarget } from "../assistants/dial-target";
import { inOneBatch } from "../db/client";
import type { VoiceAnswer } from "../outside/carrier/twiml";
import { phrase } from "../pure/phrases";
import type { House } from "../scope";
import { callbackUrl } from "./callback-url";
import type { CallContext } from "./context/store";
import { ASSISTANT } from "./hear-leg";
import { payForAssistant, settling } from "./leg-money";
import { languageOf } from "./steps";
import { answerCallAnyAccount, noteFacts } from "./store";

/** So long a pretended assistant listens before it says goodbye. */
const LISTENS_SECONDS = 5;

/** True when the assistant takes the call, for as long as there is money; whoever comes next is asked at `nextUrl` when it is through. */
export async function askAssistant(
	house: House,
	call: CallContext,
	assistantId: string,
	answer: VoiceAnswer,
	{ step, nextUrl }: { step: number; nextUrl: string },
): Promise<boolean> {
	const { accountId, carrierRef, id, fromAddress: from, own: to } = call;
	const paid = await payForAssistant(house, call, step);
	if (!paid) return false;
	const target = await dialTarget(house, accountId, { assistantId, carrierRef: carrierRef ?? id, from, to });
	if (!target) {
		await inOneBatch(house.db, settling(house.db, call, [{ ref: paid.ref, seconds: 0 }], house.now()));
		return false;
	}
	const takes = [noteFacts(house.db, accountId, id, { assistantId })];
	if (target.kind === "pretend")
		takes.push(answerCallAnyAccount(house.db, id, { by: ASSISTANT, userId: null, now: house.now() }));
	await inOneBatch(house.db, takes);
	const statusUrl = callbackUrl(house.settings, "leg", { callId: id, about: ASSISTANT });
	if (target.kind === "sip")
		answer.dial([{ sip: target.uri, statusUrl }], { actionUrl: nextUrl, timeLimitSeconds: paid.seconds });
	else
		answer
			.say(target.says)
			.pause(LISTENS_SECONDS)
			.say(...phrase("thanks", languageOf(call)))
			.hangup();
	return true;
}
