import { hkdfSync } from "node:crypto";
import type { Settings } from "../../env";
import { toneOf } from "../carrier/simulated/tapes";
import type { AssistantSpec, Assistants, CallReport, KnownCall, Turn } from "./assistant";
import { eventOf, wordsOf } from "./vapi/events";
import { isSigned } from "./vapi/signed";

/** How long a pretended conversation takes that nobody ends. */
const PRETENDED_MS = 40_000;
/** What a pretended minute costs: about what a real one does. */
const MINUTE_MICROS = 70_000;

/**
 * Stands in for the provider on one machine: everything succeeds, and a call that an assistant took ends with a report like a real one's.
 * Its events have the real provider's words, and come through the same door with a secret that is derived for this installation.
 */
export function simulatedAssistants({ MEDIA_SECRET, VAPI_WEBHOOK_SECRET, SIMULATION_SPEED }: Settings): Assistants {
	const nothing = async () => {};
	const secret = VAPI_WEBHOOK_SECRET ?? pretendedSecret(MEDIA_SECRET);
	return {
		name: "simulated",
		create: async (assistantId) => ({ ref: `sim_${assistantId}` }),
		update: nothing,
		remove: nothing,
		find: async (assistantId) => ({ ref: `sim_${assistantId}` }),
		importNumber: async ({ e164 }) => ({ ref: `sim_${e164}` }),
		findNumber: async (e164) => ({ ref: `sim_${e164}` }),
		pointNumber: nothing,
		forgetNumber: nothing,
		openAddress: async () => null,
		findCall: async (call) => (isOver(call, PRETENDED_MS / SIMULATION_SPEED) ? reportOf(call) : null),
		callsSince: async () => [],
		async recordingOf({ seconds }) {
			const sound = toneOf(seconds);
			return { body: new Blob([sound]).stream(), bytes: sound.byteLength, mediaType: "audio/wav" };
		},
		forgetCall: nothing,
		isGenuine: (sent) => isSigned(secret, sent),
		readEvent: eventOf,
		replyTo: wordsOf,
	};
}

/** The secret of pretended webhooks: derived, so that there is no default that anybody could know. */
export function pretendedSecret(mediaSecret: string): string {
	return Buffer.from(hkdfSync("sha256", mediaSecret, "", "simulated assistants", 32)).toString("hex");
}

function isOver({ endedAt, startedAt, now }: KnownCall, longest: number): boolean {
	return endedAt !== null || now - startedAt >= longest;
}

function reportOf({ about, spec, startedAt, endedAt }: KnownCall): CallReport {
	const end = endedAt ?? startedAt + PRETENDED_MS;
	const turns = conversation(spec, (end - startedAt) / 1000);
	return {
		...about,
		type: "report",
		startedAt,
		endedAt: end,
		endedReason: "customer-ended-call",
		costMicros: Math.ceil(((end - startedAt) / 60_000) * MINUTE_MICROS),
		transcript: turns.map(({ by, text }) => `${by === "assistant" ? "AI" : "User"}: ${text}`).join("\n"),
		turns,
		summary: `A simulated caller asked when ${spec?.name ?? "the office"} is open, was told, and said thank you.`,
		hasRecording: spec?.recordCalls ?? false,
	};
}

/** What a pretended caller and the assistant say to each other in so many seconds. */
function conversation(spec: AssistantSpec | null, seconds: number): Turn[] {
	const said = [
		spec?.firstMessage || "Hello, how can I help you?",
		"Hi, I would like to know when you are open.",
		"We are open from nine to five, Monday to Friday. Is there anything else?",
		"No, that is all. Thank you!",
		spec?.endCallMessage || "You are welcome. Goodbye!",
	];
	return said.map((text, turn) => ({
		by: turn % 2 === 0 ? "assistant" : "caller",
		text,
		at: Math.round((turn * seconds * 10) / said.length) / 10,
	}));
}
