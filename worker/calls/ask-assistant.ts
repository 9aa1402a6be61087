import type { VoiceAnswer } from "../outside/carrier/twiml";
import type { House } from "../scope";
import type { CallContext } from "./context/store";

/** Hands a call to a voice assistant, if it can be reached right now. */
export type AssistantDoor = (
	house: House,
	asked: { accountId: string; assistantId: string; callId: string },
) => Promise<{ sip: string } | null>;

let door: AssistantDoor | null = null;

/** The room of the assistants says here how a call reaches one; without it the route goes on with its next step. */
export function openAssistantDoor(opened: AssistantDoor): void {
	door = opened;
}

/** True when the assistant takes the call; whoever comes next is asked at `nextUrl` when it is through. */
export async function askAssistant(
	house: House,
	call: CallContext,
	assistantId: string,
	answer: VoiceAnswer,
	nextUrl: string,
): Promise<boolean> {
	const reached = await door?.(house, { accountId: call.accountId, assistantId, callId: call.id });
	if (!reached) return false;
	answer.dial([{ sip: reached.sip }], { actionUrl: nextUrl });
	return true;
}
