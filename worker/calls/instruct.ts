import { mediaUrl } from "../greetings/media-url";
import { type DialTarget, type VoiceAnswer, voiceAnswer } from "../outside/carrier/twiml";
import { isOpenAt } from "../pure/business-hours";
import { phrase } from "../pure/phrases";
import type { RouteStep } from "../routing/inputs";
import type { House } from "../scope";
import { openPassword } from "../sip/password";
import { askAssistant } from "./ask-assistant";
import { type Branch, callbackUrl } from "./callback-url";
import type { CallContext } from "./context/store";
import { payForLeg } from "./leg-money";
import { languageOf, stepsOf } from "./steps";

const HEAR_FOR_MS = 4 * 3_600_000;

/** What a call in this place of its route is told to do. Every text in it is escaped by the writer. */
export async function instruct(house: House, call: CallContext, branch: Branch, from: number): Promise<VoiceAnswer> {
	const answer = voiceAnswer();
	if (from === 0 && branch !== "moved" && call.recordCalls && call.announcement)
		answer.say(call.announcement, languageOf(call));
	const steps = stepsOf(call, branch);
	for (let n = from; n < steps.length; n++) {
		const step = steps[n];
		if (step && (await followed({ house, call, branch, n, answer }, step))) return answer;
	}
	return answer.say(...phrase("nobodyFree", languageOf(call))).hangup();
}

/** On which of its line's routes a call goes. */
export function branchOf({ routing, fromAddress, isKnown }: CallContext, now: number): Branch | "reject" {
	if (!routing) return "open";
	if (routing.blocked.includes(fromAddress)) return "reject";
	const manner = fromAddress === "" ? routing.anonymous : isKnown ? "ring" : routing.unknown;
	if (manner !== "ring") return manner === "reject" ? "reject" : "aside";
	return routing.hours && !isOpenAt(routing.hours, now) ? "closed" : "open";
}

interface At {
	house: House;
	call: CallContext;
	branch: Branch;
	n: number;
	answer: VoiceAnswer;
}

/** Writes one step into the answer. False when there is nobody to be asked, or something follows at once. */
async function followed(at: At, step: RouteStep): Promise<boolean> {
	const { house, call, answer } = at;
	switch (step.kind) {
		case "say":
			answer.say(step.text, languageOf(call));
			return false;
		case "play":
			answer.play(await heard(house, step.greetingFileId));
			return false;
		case "hangup":
			answer.hangup();
			return true;
		case "ring": {
			const people = (step.userIds.length > 0 ? step.userIds : [call.userId]).flatMap((userId) => {
				const person = call.people.get(userId);
				return person ? [{ client: person.identity, about: { call: call.id }, statusUrl: legUrl(at, userId) }] : [];
			});
			return people.length > 0 && dial(at, people, step.seconds);
		}
		case "group":
			return false; // its people stand in its place by now
		case "forward":
			return forwarded(at, step);
		case "sip":
			return handedToSip(at, step);
		case "assistant":
			return askAssistant(house, call, step.assistantId, answer, {
				step: at.n,
				nextUrl: callbackUrl(house.settings, "next", next(at)),
			});
		case "queue":
			answer.redirect(callbackUrl(house.settings, "wait", { ...next(at), about: step.queueId }));
			return true;
		case "voicemail":
			if (step.greetingFileId) answer.play(await heard(house, step.greetingFileId));
			else
				answer.say(...(step.say ? ([step.say, languageOf(call)] as const) : phrase("leaveMessage", languageOf(call))));
			leaveMessage(at, step.maxSeconds);
			return true;
	}
}

function leaveMessage({ house: { settings }, call, answer }: At, maxSeconds: number): void {
	const url = (kind: "recorded" | "transcribed") =>
		callbackUrl(settings, kind, { callId: call.id, about: "voicemail" });
	answer.record({
		actionUrl: callbackUrl(settings, "voicemail", { callId: call.id, about: languageOf(call) ?? "" }),
		recordedUrl: url("recorded"),
		transcribedUrl: call.transcribe ? url("transcribed") : undefined,
		maxSeconds,
	});
}

const next = ({ call, branch, n }: At) => ({ callId: call.id, branch, step: n + 1 });
const legUrl = ({ house, call, branch, n }: At, about: string) =>
	callbackUrl(house.settings, "leg", { callId: call.id, branch, step: n, about });
const heard = ({ settings, now }: House, greetingFileId: string) =>
	mediaUrl(settings, greetingFileId, now() + HEAR_FOR_MS);

function dial(at: At, targets: DialTarget[], ringSeconds: number, more: { callerId?: string; limit?: number } = {}) {
	const { house, call, answer } = at;
	const { callerId = call.fromAddress || undefined, limit } = more;
	answer.dial(targets, {
		...(callerId ? { callerId } : {}),
		...(limit === undefined ? {} : { timeLimitSeconds: limit }),
		actionUrl: callbackUrl(house.settings, "next", next(at)),
		ringSeconds,
		recordedUrl: call.recordCalls
			? callbackUrl(house.settings, "recorded", { callId: call.id, about: "call" })
			: undefined,
	});
	return true;
}

/** Puts the call through to a number, for as many minutes as there is money; without any, to nobody. */
async function forwarded(at: At, step: RouteStep & { kind: "forward" }): Promise<boolean> {
	const { call, house } = at;
	const number = step.number ?? call.transferNumbers.get(step.transferNumberId ?? "");
	const limit = number && number !== call.own ? await payForLeg(house, call, number, at.n) : null;
	if (!number || limit === null) return false;
	const about = step.transferNumberId ?? "forward";
	const callerId = step.shows === "line" ? call.own : call.fromAddress || call.own;
	return dial(at, [{ number, statusUrl: legUrl(at, about) }], step.seconds, { callerId, limit });
}

async function handedToSip(at: At, step: RouteStep & { kind: "sip" }): Promise<boolean> {
	const { call, house } = at;
	const provider = call.providers.get(step.providerId);
	if (!provider) return false;
	const password = await openPassword(house.settings, provider).catch(() => undefined);
	const target: DialTarget = {
		sip: `sip:${step.user ?? call.own}@${provider.host}:${provider.port}`,
		...(provider.username ? { username: provider.username } : {}),
		...(password === undefined ? {} : { password }),
		statusUrl: legUrl(at, "forward"),
	};
	return dial(at, [target], step.seconds);
}
