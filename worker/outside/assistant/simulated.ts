import { hkdfSync } from "node:crypto";
import type { Settings } from "../../env";
import { wavOf } from "../../pure/wav";
import type { AssistantSpec, Assistants, CallReport, KnownCall, Recording, Turn } from "./assistant";
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
		recordingOf: async ({ seconds }) => pretendedRecording(seconds),
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
	const turn = (text: string, n: number): Turn => ({
		by: n % 2 === 0 ? "assistant" : "caller",
		text,
		at: beginOf(n, seconds),
	});
	return said.map(turn);
}

const TURNS = 5;
const beginOf = (turn: number, seconds: number) => Math.round((turn * seconds * 10) / TURNS) / 10;

const RATE = 8_000;
const LONGEST_SECONDS = 600;
/** How much of a turn is spoken; the rest of it is a pause. */
const SPOKEN = 0.8;

/** A tone for each turn of a pretended conversation, lower for the assistant than for the caller. */
function pretendedRecording(seconds: number): Recording {
	const length = Math.max(1, Math.round(Math.min(seconds, LONGEST_SECONDS) * RATE));
	const wav = wavOf(
		Float32Array.from({ length }, (_, n) => {
			const turn = (n * TURNS) / length;
			const pitch = Math.floor(turn) % 2 === 0 ? 220 : 330;
			return turn % 1 < SPOKEN ? 0.09 * Math.sin((n * 2 * Math.PI * pitch) / RATE) : 0;
		}),
		RATE,
	);
	return { body: new Blob([wav]).stream(), bytes: wav.byteLength, mediaType: "audio/wav" };
}
