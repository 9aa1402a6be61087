import { ulid } from "ulid";
import { runningCampaignsOfAttempt } from "../campaigns/running/store";
import { spare } from "../campaigns/spare";
import { inOneBatch } from "../db/client";
import { brokenRule } from "../db/guards";
import type { KeyAction } from "../db/tables/campaign-script";
import { voiceAnswer } from "../outside/carrier/twiml";
import { phrase } from "../pure/phrases";
import type { House } from "../scope";
import { noteConnected, notePressed } from "./attempts/store";
import { keepEvent } from "./events/store";
import { SEEN_BEFORE } from "./hear-status";
import type { VoiceForm } from "./inputs";
import { partsIn, partsOf } from "./parts/store";
import { readScript } from "./read-script";
import { noteRequest } from "./requests/store";
import { actionOf, follow, offersTransfer } from "./script";
import { takerOf } from "./transfer/target";

/**
 * Takes in a key. 1 connects to the transfer number, 9 removes the number for ever before this answers, in the database and in
 * every dialer of the account. A repeated callback gets the same answer and changes nothing.
 */
export async function pressKey(house: House, attemptId: string, form: VoiceForm, again: number): Promise<string> {
	const digits = form.Digits ?? "";
	const script = await readScript(house.db, attemptId, form.CallSid);
	const transfer = digits === "1" && script !== undefined && offersTransfer(script);
	const request = script && requestOf(actionOf(script, digits));
	await note(house, attemptId, form, { digits, transfer, again, request });
	if (!script) return hangUp(house, attemptId, digits);
	const taker = transfer ? await takerOf(house, script, form.CallSid) : null;
	// Nobody reports how long a pretended assistant talks: it does until the call is over.
	if (taker && "says" in taker)
		await noteConnected(house.db, { attemptId, carrierRef: form.CallSid, now: house.now() });
	return follow(house, script, { digits, again, taker });
}

const requestOf = (action: KeyAction | undefined) =>
	action?.do === "callback" ? ("callback" as const) : action?.do === "record" ? ("recording" as const) : undefined;

/** What a call hears that must not go on: a 9 is confirmed all the same. */
async function hangUp({ db }: House, attemptId: string, digits: string): Promise<string> {
	if (digits !== "9") return voiceAnswer().hangup().toXml();
	const [parts] = await partsOf(db, attemptId);
	const { language } = partsIn(parts).script;
	return voiceAnswer()
		.say(...phrase("removed", language))
		.hangup()
		.toXml();
}

interface Pressed {
	digits: string;
	transfer: boolean;
	again: number;
	/** What the key asks for, to be noted. */
	request: "callback" | "recording" | undefined;
}

async function note(
	house: House,
	attemptId: string,
	form: VoiceForm,
	{ digits, transfer, again, request }: Pressed,
): Promise<void> {
	const { db } = house;
	const optOut = digits === "9";
	const now = house.now();
	const key = `${form.CallSid}:keys:${again}:${digits}`;
	try {
		const [, [noted], running] = await inOneBatch(db, [
			keepEvent(db, { key, attemptId, kind: "keys", payload: form, now }),
			notePressed(db, { attemptId, carrierRef: form.CallSid, digits, transfer, optOut, now }),
			runningCampaignsOfAttempt(db, attemptId),
			...(request ? [noteRequest(db, attemptId, { id: `req_${ulid(now)}`, kind: request, now })] : []),
		]);
		if (optOut && noted) await spare(house, running, [noted.e164]);
	} catch (error) {
		if (brokenRule(error) !== SEEN_BEFORE) throw error;
	}
}
