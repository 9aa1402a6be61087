import {
	type BuyLine,
	type CallReport,
	type Capabilities,
	type Carrier,
	CarrierRefusal,
	CarrierUnclear,
	type Line,
	type MessageReport,
	type Offer,
	type PlaceCall,
	type SendMessage,
	type StockQuery,
} from "../outside/carrier/carrier";

/** What a test can make one verb of the carrier do: fail before it has any effect, or after it has had all of it. */
export interface Mishap {
	before?: Error;
	after?: Error;
	/** How many of the next requests it happens to; for ever when absent. */
	times?: number;
	/** Runs between the carrier's effect and its answer: what else happens in the world meanwhile. */
	meanwhile?: () => Promise<unknown>;
}

export type CarrierVerb = Exclude<keyof Carrier, "name" | "answersHelp">;

/** A PNG, as far as its first bytes tell. */
const PIXEL = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);

/** A carrier in memory: deterministic, nothing goes wrong but what a test asks for, and everything that it was asked is on record. */
export interface FakeCarrier extends Carrier {
	readonly lines: Map<string, Line>;
	readonly calls: Map<string, CallReport>;
	/** What each call was put through to past us. */
	readonly legs: Map<string, CallReport[]>;
	readonly placed: PlaceCall[];
	readonly sent: SendMessage[];
	/** Calls that were sent elsewhere. */
	readonly redirected: { ref: string; url: string }[];
	/** Recordings that were removed. */
	readonly dropped: string[];
	/** Every message that it has, sent and received. A test may add to it. */
	readonly messages: MessageReport[];
	/** How often each verb was asked. */
	readonly asked: Record<string, number>;
	/** From now on this happens to the verb; null puts it right again. */
	upset(verb: CarrierVerb, mishap: Mishap | null): void;
	/** These numbers are not for sale. */
	readonly soldElsewhere: Set<string>;
}

/** A timeout, as the carrier's clients report it. */
export const timedOut = () => new CarrierUnclear("The carrier did not answer in time");

const ALL: Capabilities = { voice: true, sms: true, mms: true };
let counter = 0;

/** Opens a carrier of its own for one test. Its US stock is +1 415 555 0100 and on, apart from other tests' by `from`. */
export function fakeCarrier({
	name = "simulated",
	stock,
}: {
	name?: Carrier["name"];
	stock?: string[];
} = {}): FakeCarrier {
	const lines = new Map<string, Line>();
	const calls = new Map<string, CallReport>();
	const mishaps = new Map<CarrierVerb, Mishap>();
	const asked: Record<string, number> = {};
	const placed: PlaceCall[] = [];
	const sent: SendMessage[] = [];
	const messages: MessageReport[] = [];
	const soldElsewhere = new Set<string>();
	const forSale = stock ?? freshNumbers(40);

	/** Does what the carrier does, with the mishap that the test asked for. */
	async function answering<T>(verb: CarrierVerb, effect: () => T): Promise<T> {
		asked[verb] = (asked[verb] ?? 0) + 1;
		const mishap = mishaps.get(verb);
		if (mishap?.times !== undefined && --mishap.times <= 0) mishaps.delete(verb);
		if (mishap?.before) throw mishap.before;
		const answer = effect();
		await mishap?.meanwhile?.();
		if (mishap?.after) throw mishap.after;
		return answer;
	}

	const isFree = (e164: string) => !soldElsewhere.has(e164) && ![...lines.values()].some((line) => line.e164 === e164);
	const redirected: { ref: string; url: string }[] = [];
	const dropped: string[] = [];
	const legs = new Map<string, CallReport[]>();
	const nextRef = (kind: string) => `${kind}${(++counter).toString(16).padStart(32, "0")}`;

	return {
		name,
		lines,
		calls,
		legs,
		placed,
		sent,
		redirected,
		dropped,
		messages,
		asked,
		soldElsewhere,
		upset: (verb, mishap) => void (mishap ? mishaps.set(verb, { ...mishap }) : mishaps.delete(verb)),
		search: (query) =>
			answering("search", () =>
				forSale
					.filter(isFree)
					.flatMap((e164) => offer(e164, query))
					.slice(0, query.limit),
			),
		buyLine: ({ e164, operationId }: BuyLine) =>
			answering("buyLine", () => {
				if (!isFree(e164)) throw new CarrierRefusal("not_available", "21422", "not available");
				const line = { ref: nextRef("PN"), e164, operationId, capabilities: ALL };
				lines.set(line.ref, line);
				return line;
			}),
		findLine: (e164) => answering("findLine", () => [...lines.values()].find((line) => line.e164 === e164) ?? null),
		releaseLine: (ref) => answering("releaseLine", () => void lines.delete(ref)),
		listLines: () =>
			answering("listLines", () =>
				[...lines.values()].map((line) => ({ ...line, settings: { was: line.operationId } })),
			),
		adoptLine: ({ ref, operationId }) =>
			answering("adoptLine", () => {
				const line = lines.get(ref);
				if (!line) throw new CarrierRefusal("not_found", "20404", "not found");
				lines.set(ref, { ...line, operationId });
				return { ...line, operationId };
			}),
		detachLine: (ref, { was = "" }) =>
			answering("detachLine", () => {
				const line = lines.get(ref);
				if (line) lines.set(ref, { ...line, operationId: was });
			}),
		placeCall: (request) =>
			answering("placeCall", () => {
				const ref = nextRef("CA");
				const { to, from } = request;
				placed.push(request);
				calls.set(ref, { ref, to, from, status: "queued", startedAt: Date.now(), durationSeconds: null });
				return { ref };
			}),
		findCalls: ({ to, from, since }) =>
			answering("findCalls", () =>
				[...calls.values()].filter((call) => call.to === to && call.from === from && (call.startedAt ?? 0) >= since),
			),
		findLegs: (ref) => answering("findLegs", () => legs.get(ref) ?? []),
		findCall: (ref) => answering("findCall", () => calls.get(ref) ?? null),
		endCall: (ref) =>
			answering("endCall", () => {
				const call = calls.get(ref);
				if (call) calls.set(ref, { ...call, status: "completed" });
			}),
		redirectCall: (ref, url) => answering("redirectCall", () => void redirected.push({ ref, url })),
		fetchRecording: () =>
			answering("fetchRecording", () => ({
				bytes: Uint8Array.from("RIFF....WAVE", (letter) => letter.charCodeAt(0)),
				mediaType: "audio/wav",
			})),
		dropRecording: (ref) => answering("dropRecording", () => void dropped.push(ref)),
		sendMessage: (message) =>
			answering("sendMessage", () => {
				sent.push(message);
				const { to, from, body } = message;
				const ref = nextRef("SM");
				const segments = Math.max(1, Math.ceil(body.length / 160));
				const mediaCount = message.mediaUrls.length;
				const createdAt = Date.now();
				messages.push({
					ref,
					to,
					from,
					body,
					direction: "outbound",
					status: "queued",
					segments,
					mediaCount,
					createdAt,
				});
				return { ref, segments };
			}),
		findMessages: ({ to, from, since }) =>
			answering("findMessages", () =>
				messages.filter((each) => each.to === to && each.from === from && each.createdAt >= since),
			),
		receivedMessages: ({ since }) =>
			answering("receivedMessages", () =>
				messages.filter(({ direction, createdAt }) => direction === "inbound" && createdAt >= since),
			),
		listMedia: () => answering("listMedia", () => [{ ref: "ME1", mediaType: "image/png" }]),
		fetchMedia: () => answering("fetchMedia", () => new Blob([PIXEL]).stream()),
		answersHelp: false,
		isFromCarrier: ({ signature }) => answering("isFromCarrier", () => signature === "signed"),
	};
}

let sold = 0;

/** US numbers that no other test has seen: valid as libphonenumber judges. */
export function freshNumbers(count: number): string[] {
	return Array.from({ length: count }, () => `+1415${String(2_000_000 + sold++)}`);
}

function offer(e164: string, { country, type, contains, areaCode }: StockQuery): Offer[] {
	const fits =
		country === "US" && type === "local" && e164.includes(contains ?? "") && e164.startsWith(`+1${areaCode ?? ""}`);
	return fits ? [{ e164, country, type, city: "San Francisco", region: "CA", capabilities: ALL }] : [];
}
