import type { AssistantSpec } from "../assistant";

/** Where the provider reports, and with what it proves that it is it. */
export interface Door {
	url: string;
	secret: string;
}

/** Without a plan the provider does not repeat what we missed. */
const REPEAT = { type: "exponential", maxRetries: 8, baseDelaySeconds: 2 };
const REPORTS = [
	"status-update",
	"end-of-call-report",
	"hang",
	"transfer-update",
	"transfer-destination-request",
] as const;

export function serverOf({ url, secret }: Door) {
	return { url, timeoutSeconds: 20, headers: { "X-Vapi-Secret": secret }, backoffPlan: REPEAT };
}

/** An assistant in the provider's words, with our id in it and the door at which it reports. */
export function assistantBody(assistantId: string, spec: AssistantSpec, door: Door) {
	const { firstMessage, voicemailMessage, endCallMessage, transferTo } = spec;
	return {
		name: spec.name,
		firstMessage,
		firstMessageMode: firstMessage ? "assistant-speaks-first" : "assistant-waits-for-user",
		model: {
			provider: "openai",
			model: spec.model,
			messages: [{ role: "system", content: spec.instructions }],
			tools: [{ type: "endCall" }, ...(transferTo ? [ASKS_WHERE_TO] : [])],
		},
		voice: { provider: "vapi", voiceId: spec.voice, language: spec.language },
		transcriber: { provider: "deepgram", model: "nova-2", language: spec.language.replace(/^(es|fr)-.*/, "$1") },
		voicemailDetection: voicemailMessage ? { provider: "vapi" } : "off",
		voicemailMessage,
		endCallMessage,
		maxDurationSeconds: spec.maxDurationSeconds,
		artifactPlan: { recordingEnabled: spec.recordCalls, recordingFormat: "mp3" },
		analysisPlan: { summaryPlan: { enabled: true } },
		serverMessages: REPORTS,
		server: serverOf(door),
		metadata: { trunklineId: assistantId },
	};
}

/** Without destinations the provider asks us at that moment: a call is handed on only while there is money for it. */
const ASKS_WHERE_TO = { type: "transferCall", destinations: [] };
