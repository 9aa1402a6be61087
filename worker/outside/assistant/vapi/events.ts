import * as z from "zod";
import {
	type AboutCall,
	type AssistantAnswer,
	type AssistantCallStatus,
	type AssistantEvent,
	type CallReport,
	type Turn,
	UnreadableEvent,
} from "../assistant";

const STATUSES = ["scheduled", "queued", "ringing", "in-progress", "forwarding", "ended"] as const;
const LONGEST_TEXT = 200_000;
const LONGEST_TURN = 4_000;
const MOST_MESSAGES = 5_000;

const maybe = z.string().nullish().catch(null);
const text = maybe.transform((given) => (given ?? "").slice(0, LONGEST_TEXT));
const moment = z
	.union([z.string(), z.number()])
	.nullish()
	.catch(null)
	.transform((given) => {
		const at = typeof given === "number" ? given : Date.parse(given ?? "");
		return Number.isFinite(at) && at > 0 ? Math.floor(at) : null;
	});
const amount = z.number().min(0).max(1_000_000).nullish().catch(null);
const named = z.object({ number: maybe }).nullish().catch(null);

const Analysis = z.object({ summary: text }).nullish().catch(null);
const Spoken = z
	.object({
		role: z.string(),
		message: z.string(),
		secondsFromStart: z.number().min(0).max(86_400).nullish().catch(null),
	})
	.nullable()
	.catch(null);
const Artifact = z
	.object({
		transcript: text,
		messages: z.array(Spoken).max(MOST_MESSAGES).nullish().catch(null),
		recordingUrl: maybe,
		recording: z.object({}).loose().nullish().catch(null),
	})
	.nullish()
	.catch(null);

/** A call as the provider's answers and its events carry it; whatever is missing or odd in it counts as not said. */
export const Call = z.object({
	id: z.string().min(1).max(100),
	type: maybe,
	status: maybe,
	phoneCallProviderId: maybe,
	assistantId: maybe,
	phoneNumberId: maybe,
	phoneNumber: named,
	customer: named,
	startedAt: moment,
	endedAt: moment,
	endedReason: maybe,
	cost: amount,
	analysis: Analysis,
	artifact: Artifact,
});
type Call = z.output<typeof Call>;

const Message = z.object({
	type: z.string().max(100),
	timestamp: moment,
	call: Call.nullish().catch(null),
	phoneNumber: named,
	customer: named,
	status: maybe,
	startedAt: moment,
	endedAt: moment,
	endedReason: maybe,
	cost: amount,
	analysis: Analysis,
	artifact: Artifact,
	destination: named,
});
const Envelope = z.object({ message: Message });

/** What a webhook's body says to the house. */
export function eventOf(rawBody: string): AssistantEvent {
	const { message } = parse(rawBody);
	const { call, type } = message;
	if (!call) return { type: "other", name: type };
	const about = aboutOf(call, message);
	switch (type) {
		case "status-update": {
			const status = STATUSES.find((known) => known === message.status);
			return status ? statusOf(about, status, message.timestamp) : { type: "other", name: `${type} ${message.status}` };
		}
		case "end-of-call-report":
			return reportOf({
				...call,
				startedAt: message.startedAt ?? call.startedAt,
				endedAt: message.endedAt ?? call.endedAt ?? message.timestamp,
				endedReason: message.endedReason ?? call.endedReason,
				cost: message.cost ?? call.cost,
				analysis: message.analysis ?? call.analysis,
				artifact: message.artifact ?? call.artifact,
				phoneNumber: message.phoneNumber ?? call.phoneNumber,
				customer: message.customer ?? call.customer,
			});
		case "assistant-request":
			return { ...about, type: "which_assistant" };
		case "transfer-destination-request":
			return { ...about, type: "which_destination" };
		case "transfer-update":
			return { ...about, type: "transferred", to: message.destination?.number ?? "" };
		case "hang":
			return { ...about, type: "hang" };
		default:
			return { type: "other", name: type };
	}
}

/** A call that is over, as its report would tell. */
export function reportOf(call: Call): CallReport {
	const { artifact } = call;
	return {
		...aboutOf(call, call),
		type: "report",
		startedAt: call.startedAt,
		endedAt: call.endedAt,
		endedReason: (call.endedReason ?? "").slice(0, 200),
		costMicros: typeof call.cost === "number" ? Math.round(call.cost * 1_000_000) : null,
		transcript: artifact?.transcript ?? "",
		turns: turnsOf(artifact?.messages ?? []),
		summary: call.analysis?.summary ?? "",
		hasRecording: Boolean(artifact?.recordingUrl || artifact?.recording),
	};
}

const SPEAKERS: Record<string, Turn["by"]> = { bot: "assistant", assistant: "assistant", user: "caller" };

/** What was said aloud: instructions and tools are nobody's words. */
function turnsOf(messages: readonly z.output<typeof Spoken>[]): Turn[] {
	return messages.flatMap((spoken) => {
		const by = SPEAKERS[spoken?.role ?? ""];
		return spoken && by && spoken.message
			? [{ by, text: spoken.message.slice(0, LONGEST_TURN), at: spoken.secondsFromStart ?? null }]
			: [];
	});
}

export function wordsOf(answer: AssistantAnswer): object {
	if (answer === null) return { received: true };
	if ("assistantRef" in answer) return { assistantId: answer.assistantRef };
	if ("destination" in answer) return { destination: { type: "number", number: answer.destination } };
	return { error: answer.error };
}

function parse(rawBody: string): z.output<typeof Envelope> {
	try {
		return Envelope.parse(JSON.parse(rawBody));
	} catch (cause) {
		throw new UnreadableEvent("Not an event", { cause });
	}
}

function statusOf(about: AboutCall, status: AssistantCallStatus, at: number | null): AssistantEvent {
	return { ...about, type: "status", status, at };
}

type Named = z.output<typeof named>;

function aboutOf(call: Call, { phoneNumber, customer }: { phoneNumber?: Named; customer?: Named }): AboutCall {
	return {
		callRef: call.id,
		carrierRef: call.phoneCallProviderId ?? null,
		assistantRef: call.assistantId ?? null,
		numberRef: call.phoneNumberId ?? null,
		ownNumber: phoneNumber?.number ?? call.phoneNumber?.number ?? null,
		customer: customer?.number ?? call.customer?.number ?? null,
		direction: call.type === "outboundPhoneCall" ? "outbound" : "inbound",
	};
}
