import { dialTarget } from "../assistants/dial-target";
import { inOneBatch } from "../db/client";
import type { VoiceAnswer } from "../outside/carrier/twiml";
import type { House } from "../scope";
import { callbackUrl } from "./callback-url";
import type { CallContext } from "./context/store";
import { ASSISTANT } from "./hear-leg";
import { answerCallAnyAccount, noteFacts } from "./store";

/** So long a pretended assistant listens before it says goodbye. */
const LISTENS_SECONDS = 5;

/** True when the assistant takes the call; whoever comes next is asked at `nextUrl` when it is through. */
export async function askAssistant(
	house: House,
	call: CallContext,
	assistantId: string,
	answer: VoiceAnswer,
	nextUrl: string,
): Promise<boolean> {
	const { accountId, carrierRef, id, fromAddress: from, own: to } = call;
	const target = await dialTarget(house, accountId, { assistantId, carrierRef: carrierRef ?? id, from, to });
	if (!target) return false;
	const takes = [noteFacts(house.db, accountId, id, { assistantId })];
	if (target.kind === "pretend")
		takes.push(answerCallAnyAccount(house.db, id, { by: ASSISTANT, userId: null, now: house.now() }));
	await inOneBatch(house.db, takes);
	const statusUrl = callbackUrl(house.settings, "leg", { callId: id, about: ASSISTANT });
	if (target.kind === "sip") answer.dial([{ sip: target.uri, statusUrl }], { actionUrl: nextUrl });
	else answer.say(target.says).pause(LISTENS_SECONDS).say("Thank you for calling. Goodbye.").hangup();
	return true;
}
