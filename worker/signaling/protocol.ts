// The small zod: every page of the desk loads this file with the phone.
import * as z from "zod/mini";

/**
 * What browsers and signaling rooms say to each other: one JSON frame per WebSocket message. Setting a call up takes five of them:
 * call, ring, ringing, answer, answered. The room stamps who speaks; a frame has no field in which a sender could claim to be another.
 */
export const VERSION = 1;
/** The WebSocket subprotocol. The ticket goes as the second one offered, so that it stands in no URL. */
export const SUBPROTOCOL = `trunkline.v${VERSION}`;
/** Longest frame, in UTF-16 units. */
export const LONGEST_FRAME = 65_536;
/** Sent and answered as bare text by the platform, so that a sleeping room stays asleep. */
export const PING = "ping";
export const PONG = "pong";
/** A device pings this often; one that is silent for three times as long is dead. */
export const PING_MS = 20_000;
export const DEAD_MS = 3 * PING_MS;

/** A person's call identity. */
export const Identity = z.string().check(z.regex(/^care4w-[0-9A-HJKMNP-TV-Z]{7}$/, "must be a call identity"));
/** Made by the caller, so that a repeated frame is the same call. */
const CallId = z.uuid();
const Token = z.string().check(z.minLength(16), z.maxLength(64));
/** The session description of one side. Relayed as it is; refused when it is not one at all. */
const Sdp = z.string().check(
	z.maxLength(32_768),
	z.startsWith("v=0"),
	// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it keeps out
	z.regex(/^[^\u0000-\u0009\u000b\u000c\u000e-\u001f]*$/, "must be a session description"),
);

export const Candidate = z.strictObject({
	candidate: z.string().check(z.maxLength(1_000)),
	sdpMid: z.nullish(z.string().check(z.maxLength(64))),
	sdpMLineIndex: z.nullish(z.int().check(z.minimum(0), z.maximum(255))),
	usernameFragment: z.nullish(z.string().check(z.maxLength(256))),
});
export type Candidate = z.output<typeof Candidate>;

/** What the two ends of a call tell each other about their connection. Candidates travel in batches. */
export const Signal = z.strictObject({
	description: z.optional(z.strictObject({ type: z.enum(["offer", "answer"]), sdp: Sdp })),
	candidates: z.optional(z.array(Candidate).check(z.maxLength(64))),
});
export type Signal = z.output<typeof Signal>;

/** Why a call is over, as each side is told. */
export const EndReason = z.enum([
	"hung_up",
	"cancelled",
	"declined",
	"busy",
	"unavailable",
	"timeout",
	"answered_elsewhere",
	"lost",
	"gone",
	"handed_on",
]);
export type EndReason = z.output<typeof EndReason>;

/** Who gives way when both ends renegotiate at once. */
export const Role = z.enum(["polite", "impolite"]);
export type Role = z.output<typeof Role>;

const Person = z.strictObject({ identity: z.string(), name: z.string(), number: z.string() });
export type Person = z.output<typeof Person>;

/** A device's call as its room knows it: enough to go on after a dropped socket. */
const Snapshot = z.strictObject({
	call: CallId,
	direction: z.enum(["inbound", "outbound"]),
	state: z.enum(["calling", "ringing", "live"]),
	mine: z.boolean(),
	peer: Person,
	role: Role,
	startedAt: z.number(),
	answeredAt: z.nullable(z.number()),
	sdp: z.nullable(z.string()),
	candidates: z.array(Candidate),
	by: z.optional(Person),
	settles: z.optional(CallId),
});
export type Snapshot = z.output<typeof Snapshot>;

/** All that may be said by a caller who is a guest in the room of the one who was called. */
export const SignalFrame = z.strictObject({ type: z.literal("signal"), call: CallId, signal: Signal });
export type SignalFrame = z.output<typeof SignalFrame>;

export const ClientFrame = z.discriminatedUnion("type", [
	z.strictObject({ type: z.literal("hello"), v: z.literal(VERSION), resume: z.optional(Token) }),
	// `replaces`: the call whose other end has just handed this one on to `to`. `consults`: the call that waits on hold meanwhile.
	z.strictObject({
		type: z.literal("call"),
		call: CallId,
		to: Identity,
		sdp: Sdp,
		replaces: z.optional(CallId),
		consults: z.optional(CallId),
	}),
	z.strictObject({ type: z.literal("answer"), call: CallId, sdp: Sdp }),
	z.strictObject({ type: z.literal("decline"), call: CallId }),
	z.strictObject({ type: z.literal("hangup"), call: CallId }),
	// Hands the other end on to somebody else, who is called by it in place of this call.
	z.strictObject({ type: z.literal("transfer"), call: CallId, to: Identity }),
	// Has the one who waits on hold go on with the other end of this call, which was made to ask.
	z.strictObject({ type: z.literal("connect"), call: CallId }),
	SignalFrame,
	// The caller lost its place in the other room and wants to go there again.
	z.strictObject({ type: z.literal("direct"), call: CallId }),
]);
export type ClientFrame = z.output<typeof ClientFrame>;

export const ErrorCode = z.enum([
	"malformed",
	"hello_first",
	"in_a_call",
	"not_in_this_call",
	"too_many_calls",
	"not_handed_on",
	"rate_limited",
]);
export type ErrorCode = z.output<typeof ErrorCode>;

export const ServerFrame = z.discriminatedUnion("type", [
	z.strictObject({
		type: z.literal("welcome"),
		v: z.literal(VERSION),
		device: z.string(),
		resume: Token,
		current: z.nullable(Snapshot),
		// On hold while `current` was made to ask somebody else.
		waiting: z.optional(Snapshot),
	}),
	// `by`: who handed the caller on. `settles`: the receiver's call that gives way to this one, which is to be answered at once: both
	// called each other, or it was made to ask and now the caller is here.
	z.strictObject({
		type: z.literal("ring"),
		call: CallId,
		from: Person,
		sdp: z.string(),
		role: Role,
		settles: z.optional(CallId),
		by: z.optional(Person),
	}),
	// The other end hands this device on: it is to call `to` in place of this call.
	z.strictObject({ type: z.literal("transfer"), call: CallId, to: Identity }),
	// `direct`: a ticket for the room of the one who is called, where signals go without a way around.
	z.strictObject({ type: z.literal("ringing"), call: CallId, role: Role, direct: z.optional(z.string()) }),
	z.strictObject({ type: z.literal("direct"), call: CallId, direct: z.string() }),
	z.strictObject({ type: z.literal("answered"), call: CallId, from: Person, sdp: z.string() }),
	z.strictObject({ type: z.literal("signal"), call: CallId, from: z.string(), signal: Signal }),
	// The other end has a new socket: whatever went to the old one may be lost.
	z.strictObject({ type: z.literal("resumed"), call: CallId }),
	z.strictObject({ type: z.literal("ended"), call: CallId, reason: EndReason }),
	z.strictObject({ type: z.literal("error"), code: ErrorCode, call: z.optional(CallId) }),
]);
export type ServerFrame = z.output<typeof ServerFrame>;

/** Reads a frame of `shape`; null for what is not one. */
export function parseFrame<Shape extends z.ZodMiniType>(shape: Shape, raw: string): z.output<Shape> | null {
	if (raw.length > LONGEST_FRAME) return null;
	try {
		return shape.safeParse(JSON.parse(raw)).data ?? null;
	} catch {
		return null;
	}
}

/** Why a room closes a socket. Codes of 4000 and above are final for this socket; the device may come back with a new ticket. */
export const CLOSE = {
	done: 1000,
	notText: 1003,
	tooLong: 1009,
	replaced: 4001,
	flood: 4008,
	dead: 4009,
	signedOut: 4401,
} as const;
