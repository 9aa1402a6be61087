import type { AboutCall, AssistantCallStatus, AssistantSpec, CallReport, Turn } from "../../pure/assistant-call";

export type { AboutCall, AssistantCallStatus, AssistantSpec, CallReport, Turn };

/**
 * What the house asks of a provider of voice assistants. `vapi/` speaks to the real one, `simulated/` stands in for it on one machine.
 * A request ends in an answer, {@link AssistantRefusal} (definitely not done), {@link AssistantBusy} (definitely not done, try later)
 * or {@link AssistantUnclear} (perhaps done; look before you act again). All that change something may be repeated once somebody has looked.
 */
export interface Assistants {
	readonly name: "vapi" | "simulated";
	/** Makes an assistant that carries our id, so that {@link Assistants.find} can tell which one it is. */
	create(assistantId: string, spec: AssistantSpec): Promise<{ ref: string }>;
	update(ref: string, assistantId: string, spec: AssistantSpec): Promise<void>;
	/** One that is gone already counts as removed. */
	remove(ref: string): Promise<void>;
	/** The assistant that was made for this id of ours at about a moment (Unix milliseconds). */
	find(assistantId: string, createdAt: number): Promise<{ ref: string } | null>;
	/** Has the provider answer this line with an assistant. Only its voice: texts go on coming to us. */
	importNumber(line: { e164: string; name: string; assistantRef: string }): Promise<{ ref: string }>;
	findNumber(e164: string): Promise<{ ref: string } | null>;
	/** Has a line that is imported answered by another assistant. Throws a refusal with the reason `not_found` when it is not. */
	pointNumber(ref: string, assistantRef: string): Promise<void>;
	/** Lets go of a line; the carrier must be told again where its calls go. One that is gone counts as let go. */
	forgetNumber(ref: string): Promise<void>;
	/** An address that a call can be handed to so that this assistant takes it; null when there is none (simulation). */
	openAddress(assistantId: string, assistantRef: string): Promise<string | null>;
	/** How a call went, as a report would tell; null when it is not over or not known. */
	findCall(call: KnownCall): Promise<CallReport | null>;
	/** Calls that began since a moment and are over. */
	callsSince(moment: number): Promise<CallReport[]>;
	/** The recording of a call, from the provider's own address for it. Null when there is none (yet). */
	recordingOf(call: { ref: string; seconds: number }): Promise<Recording | null>;
	/** Has the provider forget a call with its recording. One that is gone already counts as forgotten. */
	forgetCall(callRef: string): Promise<void>;
	/** True when the provider sent exactly this, lately. Looks at the raw body and at nothing in it. */
	isGenuine(sent: { rawBody: string; headers: Headers; now: number }): Promise<boolean>;
	/** What a genuine body says. Throws {@link UnreadableEvent} for what is no event. */
	readEvent(rawBody: string): AssistantEvent;
	/** The words in which the provider expects an answer to what it asked. */
	replyTo(answer: AssistantAnswer): object;
}

export type AssistantEvent =
	| (AboutCall & { type: "status"; status: AssistantCallStatus; at: number | null })
	| CallReport
	/** A call came in on a line that no assistant is set for: answer which. */
	| (AboutCall & { type: "which_assistant" })
	/** The assistant wants to hand the call over: answer to whom. */
	| (AboutCall & { type: "which_destination" })
	| (AboutCall & { type: "transferred"; to: string })
	| (AboutCall & { type: "hang" })
	| { type: "other"; name: string };

/** What we answer to an event; null where nothing is expected. */
export type AssistantAnswer = { assistantRef: string } | { destination: string } | { error: string } | null;

export interface KnownCall {
	ref: string;
	startedAt: number;
	/** When the carrier says it was over; null while nobody says so. */
	endedAt: number | null;
	spec: AssistantSpec | null;
	about: AboutCall;
	now: number;
}

export interface Recording {
	body: ReadableStream<Uint8Array>;
	bytes: number;
	mediaType: string;
}

/** Definitely not done, and asking again will not help. */
export class AssistantRefusal extends Error {
	override readonly name = "AssistantRefusal";
	readonly reason: "credentials" | "not_found" | "other";

	constructor(reason: AssistantRefusal["reason"], message: string, options?: ErrorOptions) {
		super(message, options);
		this.reason = reason;
	}
}

/** Definitely not done because the provider has too much to do. */
export class AssistantBusy extends Error {
	override readonly name = "AssistantBusy";
	readonly retryAfterSeconds: number;

	constructor(retryAfterSeconds: number, message: string, options?: ErrorOptions) {
		super(message, options);
		this.retryAfterSeconds = retryAfterSeconds;
	}
}

/** Perhaps done: a timeout, a cut connection, a 5xx or an answer that cannot be read. */
export class AssistantUnclear extends Error {
	override readonly name = "AssistantUnclear";
}

/** Signed, but nothing that can be read as an event. */
export class UnreadableEvent extends Error {
	override readonly name = "UnreadableEvent";
}
