/**
 * What the house asks of a telephone carrier. `twilio/` speaks to the real one, `simulated/` stands in for it on one machine.
 * Every request may end in four ways, and callers must tell them apart: an answer, {@link CarrierRefusal} (definitely not done),
 * {@link CarrierBusy} (definitely not done, try later) and {@link CarrierUnclear} (perhaps done; look before you act again).
 */
export interface Carrier {
	readonly name: "twilio" | "simulated";
	/** Numbers for sale now. An empty list when there are none. */
	search(query: StockQuery): Promise<Offer[]>;
	/** Buys exactly this number and points it at our webhooks. `operationId` is stored with it, so {@link Carrier.findLine} can tell whose purchase it was. */
	buyLine(request: BuyLine): Promise<Line>;
	/** The line with this number if the installation owns it. */
	findLine(e164: string): Promise<Line | null>;
	/** Gives the line back. A line that is already gone counts as released. */
	releaseLine(ref: string): Promise<void>;
	/** Every line that the installation owns, whoever uses it, each with what it is set to. */
	listLines(): Promise<OwnedLine[]>;
	/** Points a line that is owned already at our webhooks and stores the operation with it, as if we had bought it. */
	adoptLine(request: AdoptLine): Promise<Line>;
	/** Sets a line to what it was before we adopted it. A line that is gone counts as detached. */
	detachLine(ref: string, before: LineSettings): Promise<void>;
	/**
	 * Places one call. Exactly one request; never repeated by the carrier client itself. `deadline` is when its answer is waited for no
	 * longer: calls that leave together share one, since a timer for each is dear. By default, one of its own.
	 */
	placeCall(request: PlaceCall, deadline?: AbortSignal): Promise<{ ref: string }>;
	/** Calls placed to a number since a moment, for finding out what became of an unclear {@link Carrier.placeCall}. */
	findCalls(query: { to: string; from: string; since: number }): Promise<CallReport[]>;
	/** The calls that a call has been put through to, whoever did it (at most the newest hundred). */
	findLegs(ref: string): Promise<CallReport[]>;
	/** How a call stands. Null when the carrier does not know it. */
	findCall(ref: string): Promise<CallReport | null>;
	/** Ends a call in whatever state it is. A call that is over already counts as ended. */
	endCall(ref: string): Promise<void>;
	/** Has a call that is in progress ask `url` what to do from now on. Refused with `not_found` or `other` when it is over. */
	redirectCall(ref: string, url: string): Promise<void>;
	/** A recording by the carrier's own name for it, never by an address that somebody sent. Null when it is not there (yet). */
	fetchRecording(ref: string): Promise<RecordingBytes | null>;
	/** Removes a recording at the carrier. One that is gone already counts as removed. */
	dropRecording(ref: string): Promise<void>;
	/** Sends one message. Exactly one request; never repeated by the carrier client itself. */
	sendMessage(request: SendMessage): Promise<{ ref: string; segments: number }>;
	/** Messages to a number since a moment, for finding out what became of an unclear {@link Carrier.sendMessage}. */
	findMessages(query: { to: string; from: string; whatsapp: boolean; since: number }): Promise<MessageReport[]>;
	/** Every message that came in since a moment, on whatever line, for finding those of which we were not told. */
	receivedMessages(query: { since: number }): Promise<MessageReport[]>;
	/** The files that came with a message, in order. */
	listMedia(messageRef: string): Promise<{ ref: string; mediaType: string }[]>;
	/** The bytes of one of them. */
	fetchMedia(messageRef: string, mediaRef: string): Promise<ReadableStream<Uint8Array>>;
	/** True when the carrier itself answers people who write HELP. */
	readonly answersHelp: boolean;
	/** True when this request was signed by the carrier for `publicUrl` (path and query as sent). `form` is the decoded body; null for JSON and GET. */
	isFromCarrier(request: SignedRequest): Promise<boolean>;
}

export type LineType = "local" | "mobile" | "tollfree";

export interface Capabilities {
	voice: boolean;
	sms: boolean;
	mms: boolean;
}

export interface StockQuery {
	/** ISO 3166-1 alpha-2. */
	country: string;
	type: LineType;
	areaCode?: string | undefined;
	/** Digits or letters that the number must contain; `*` stands for one digit. */
	contains?: string | undefined;
	capabilities?: Partial<Capabilities> | undefined;
	/** At most; 1 to 100. */
	limit: number;
}

export interface Offer {
	e164: string;
	country: string;
	type: LineType;
	city: string;
	region: string;
	capabilities: Capabilities;
}

export interface BuyLine {
	e164: string;
	operationId: string;
}

export interface Line {
	/** The carrier's id for the line (Twilio: PN…). */
	ref: string;
	e164: string;
	/** The operation that bought it, "" when it was not bought by us. */
	operationId: string;
	capabilities: Capabilities;
}

/** What a line is set to, in the carrier's own words. Only the carrier that said it reads it again. */
export type LineSettings = Record<string, string>;

export interface OwnedLine extends Line {
	settings: LineSettings;
}

export interface AdoptLine {
	ref: string;
	operationId: string;
	/** What {@link Carrier.listLines} said of it: some of it stands in our way. */
	before: LineSettings;
}

/** Milliseconds: longer than the carrier takes to answer, shorter than anybody waits for it. */
const ANSWERS_WITHIN_MS = 10_000;

/** When a request that leaves now is given up. */
export const usualDeadline = (): AbortSignal => AbortSignal.timeout(ANSWERS_WITHIN_MS);

export interface PlaceCall {
	to: string;
	from: string;
	/** Absolute URL that answers with TwiML once the call is picked up. */
	answerUrl: string;
	/** Absolute URL told of initiated, ringing, answered and completed. */
	statusUrl: string;
	/** Seconds to let it ring. */
	ringSeconds: number;
	/** Seconds after which the carrier ends the call. */
	maxSeconds: number;
	machineDetection?: "off" | "detect" | "wait_for_beep" | undefined;
	/** Told of the machine detection's result, without holding up the call, when given. */
	machineDetectionUrl?: string | undefined;
	sip?: { username: string; password: string } | undefined;
}

export interface CallReport {
	ref: string;
	to: string;
	from: string;
	/** The carrier's own word; order it with pure/call-state. */
	status: string;
	startedAt: number | null;
	durationSeconds: number | null;
}

export interface RecordingBytes {
	bytes: Uint8Array<ArrayBuffer>;
	mediaType: string;
}

export interface SendMessage {
	to: string;
	from: string;
	body: string;
	mediaUrls: string[];
	statusUrl: string;
	whatsapp: boolean;
}

export interface MessageReport {
	ref: string;
	to: string;
	from: string;
	body: string;
	direction: "inbound" | "outbound";
	/** The carrier's own word; order it with pure/message-state. */
	status: string;
	segments: number;
	mediaCount: number;
	/** Unix milliseconds, to the second. */
	createdAt: number;
}

/** The header that carries the signature of the carrier's webhooks. */
export const SIGNATURE_HEADER = "x-twilio-signature";

export interface SignedRequest {
	method: string;
	/** The URL that the carrier was told to call, from the configured public origin, never from the request's Host. */
	publicUrl: string;
	form: [name: string, value: string][] | null;
	rawBody: string;
	/** Value of X-Twilio-Signature. */
	signature: string;
}

/** Definitely not done, and asking again will not help. `reason` is a stable word of ours; `code` is the carrier's number. */
export class CarrierRefusal extends Error {
	override readonly name = "CarrierRefusal";
	readonly reason: RefusalReason;
	readonly code: string;

	constructor(reason: RefusalReason, code: string, message: string, options?: ErrorOptions) {
		super(message, options);
		this.reason = reason;
		this.code = code;
	}
}

export type RefusalReason =
	| "credentials" // the carrier does not accept our account
	| "not_available" // the number is not for sale (any more)
	| "invalid_to"
	| "invalid_from"
	| "blocked" // destination not permitted, region not enabled, carrier's own block
	| "opted_out" // the carrier knows that the person said stop
	| "needs_documents" // address, bundle or identity wanted by law
	| "not_found"
	| "other";

/** Definitely not done because the carrier has too much to do (HTTP 429, error 20429 or 10004). The same request may be repeated later. */
export class CarrierBusy extends Error {
	override readonly name = "CarrierBusy";
	readonly retryAfterSeconds: number;

	constructor(retryAfterSeconds: number, message: string, options?: ErrorOptions) {
		super(message, options);
		this.retryAfterSeconds = retryAfterSeconds;
	}
}

/** Perhaps done: a timeout, a cut connection, a 5xx or an answer that cannot be read. Never repeat; find out. */
export class CarrierUnclear extends Error {
	override readonly name = "CarrierUnclear";
}
