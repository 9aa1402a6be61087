// What a room and its provider say to each other about assistants and their calls; stores know no provider.

/** What an assistant is, in our words. */
export interface AssistantSpec {
	name: string;
	/** What it says first; "" waits for the caller to speak. */
	firstMessage: string;
	/** How it is to behave and what it should know. */
	instructions: string;
	model: string;
	voice: string;
	language: string;
	/** What it says before it hangs up; "" nothing. */
	endCallMessage: string;
	/** What it leaves on an answering machine; "" hangs up. */
	voicemailMessage: string;
	/** E.164 of whoever it may hand a call to; null for nobody. */
	transferTo: string | null;
	/** 10 to 43,200. */
	maxDurationSeconds: number;
	recordCalls: boolean;
}

export type AssistantCallStatus = "scheduled" | "queued" | "ringing" | "in-progress" | "forwarding" | "ended";

/** Which call an event is about. Whatever the provider did not say is null. */
export interface AboutCall {
	callRef: string;
	/** The carrier's id of the same call. */
	carrierRef: string | null;
	assistantRef: string | null;
	numberRef: string | null;
	/** Our own number in the call, E.164. */
	ownNumber: string | null;
	customer: string | null;
	direction: "inbound" | "outbound";
}

/** What somebody said without a pause. */
export interface Turn {
	by: "assistant" | "caller";
	text: string;
	/** Seconds from the beginning of the call; null when nobody says. */
	at: number | null;
}

/** How a call went, once it is over. */
export interface CallReport extends AboutCall {
	type: "report";
	startedAt: number | null;
	endedAt: number | null;
	/** The provider's own words; pure/ended-reason sorts them. */
	endedReason: string;
	costMicros: number | null;
	transcript: string;
	/** The same by turns; empty when the provider told no times. */
	turns: Turn[];
	summary: string;
	hasRecording: boolean;
}
