import { inOneBatch } from "../../db/client";
import { publish } from "../../live/store";
import { tell } from "../../live/tell";
import { type VoiceAnswer, voiceAnswer } from "../../outside/carrier/twiml";
import type { House } from "../../scope";
import { callbackUrl, type Place } from "../callback-url";
import { type CallContext, contextIn, readingContext } from "../context/store";
import type { CarrierForm } from "../inputs";
import { instruct } from "../instruct";
import { moveLine, roomUrl } from "./lines";
import { accountOfConsult } from "./reading/store";
import { joinedAnyAccount, leftRoomAnyAccount, pickedUpAnyAccount } from "./store";

/** A line that was put out of so many rooms is not put into another one. */
const MOST_ROOMS = 6;
/** Whoever has handed a call over hears nothing for so long, and is let go unless the other one was gone by then. */
const UNTIL_SURE = 2;

/**
 * What a line of a consult is to do: who is asked has picked up, somebody was sent here, or has come out of a room because the other one
 * has left it. In the first room two talk about the customer, who hears music; in the second the customer is with one of them. One trip.
 */
export async function enterRoom(house: House, place: Required<Place>, form: CarrierForm): Promise<string> {
	const { db } = house;
	const now = house.now();
	const { callId, about: id, step: left } = place;
	const ref = form.CallSid;
	const [picked, failed, completed] = [
		pickedUpAnyAccount(db, left === 0 ? id : "", ref, now),
		...leftRoomAnyAccount(db, left > 0 ? id : "", ref, now),
	];
	const [, gone, taken, , told, ...read] = await inOneBatch(db, [
		picked,
		failed,
		completed,
		joinedAnyAccount(db, id, ref, now),
		publish(db, accountOfConsult(id, ref), "call", { callId }, now),
		...readingContext(db, { id: callId }, now),
	]);
	tell(house, told);
	const [turned] = [...gone, ...taken];
	if (turned) house.defer(moveLine(house, turned, turned.customerRef).catch(() => false)); // who waits asks again by itself, too
	const call = contextIn(read);
	return (await whereTo(house, call, ref, call?.consult?.id === id ? left : 0)).toXml();
}

/** Where a line belongs, by how the last consult of its call stands. */
export async function whereTo(house: House, call: CallContext | null, ref: string, left: number): Promise<VoiceAnswer> {
	const answer = voiceAnswer();
	const consult = call?.consult;
	if (!call || !consult || call.endedAt !== null || left > MOST_ROOMS) return answer.hangup();
	const { state, agentRef, customerRef, targetRef } = consult;
	const who = ref === agentRef ? "agent" : ref === customerRef ? "customer" : ref === targetRef ? "target" : null;
	const together = { customer: true, agent: state !== "completed", target: state === "completed" };
	switch (who && state) {
		case "ringing":
		case "talking":
			if (who === "customer") return onHold(house, consult, call, left);
			return inRoom(house, call, { room: 0, left, isCustomer: false });
		case "completed":
		case "taken_back":
		case "failed":
			if (who && together[who]) return inRoom(house, call, { room: 1, left, isCustomer: who === "customer" });
			// Who was asked may be gone after all: then this one has the customer again.
			if (who === "agent" && left < 3) return answer.pause(UNTIL_SURE).redirect(roomUrl(house, consult, 3));
			return answer.hangup();
		case "dropped":
			if (who === "customer" && call.direction === "inbound") return instruct(house, call, "aside", 0);
			return answer.hangup();
		default:
			return answer.hangup();
	}
}

type Consult = NonNullable<CallContext["consult"]>;

function onHold(house: House, consult: Consult, call: CallContext, left: number): VoiceAnswer {
	const answer = voiceAnswer();
	if (secondsPaid(house, call) === 0) return answer.hangup();
	const music = new URL("/media/hold-music", house.settings.PUBLIC_BASE_URL).href;
	return answer.play(music).redirect(roomUrl(house, consult, left));
}

function inRoom(
	house: House,
	call: CallContext,
	{ room, left, isCustomer }: { room: 0 | 1; left: number; isCustomer: boolean },
): VoiceAnswer {
	const { settings } = house;
	const { consult } = call;
	if (!consult) return voiceAnswer().hangup();
	const limit = isCustomer ? secondsPaid(house, call) : undefined;
	if (limit === 0) return voiceAnswer().hangup();
	const isRecorded = room === 1 && call.recordCalls;
	return voiceAnswer().conference(`${consult.id}.${room}`, {
		actionUrl: roomUrl(house, consult, left + 1),
		// Who is left alone in the first room is told where to go. The second ends with its lines, each of which is ended by us.
		endsForAll: room === 0,
		recordedUrl: isRecorded ? callbackUrl(settings, "recorded", { callId: call.id, about: "call" }) : undefined,
		...(limit === undefined ? {} : { timeLimitSeconds: limit }),
	});
}

/** How long the customer's own line may still last; undefined when nobody pays for it. */
function secondsPaid({ now }: House, { direction, minutesHeld, answeredAt }: CallContext): number | undefined {
	if (direction !== "outbound" || minutesHeld === null) return undefined;
	return Math.max(0, Math.floor(minutesHeld * 60 - (now() - (answeredAt ?? now())) / 1000));
}
