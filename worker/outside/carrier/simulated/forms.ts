import type { Leg } from "./rehearsal";
import type { CallRow, MessageRow } from "./tables";
import { ACCOUNT } from "./token";

export type Fields = Record<string, string>;

const VERSION = "2010-04-01";
const SIP: Record<string, string> = {
	completed: "200",
	busy: "486",
	"no-answer": "487",
	canceled: "487",
	failed: "404",
};

/** What every request about a call says. */
export function callFields(call: CallRow): Fields {
	return {
		CallSid: call.ref,
		AccountSid: ACCOUNT,
		From: call.from,
		To: call.to,
		Caller: call.from,
		Called: call.to,
		CallStatus: call.status,
		ApiVersion: VERSION,
		Direction: call.direction,
		...(call.answered_by ? { AnsweredBy: call.answered_by } : {}),
	};
}

/** What a status callback says. `Duration` is in minutes, begun ones counted. */
export function statusFields(call: CallRow, { sequence, at }: { sequence: number; at: number }): Fields {
	return {
		...callFields(call),
		CallbackSource: "call-progress-events",
		SequenceNumber: String(sequence),
		Timestamp: new Date(at).toUTCString().replace("GMT", "+0000"),
		...(call.duration === null
			? {}
			: {
					CallDuration: String(call.duration),
					Duration: String(Math.ceil(call.duration / 60)),
					SipResponseCode: SIP[call.status] ?? "500",
				}),
	};
}

/** What the action of a Dial is told of the other line. */
export function legFields({ status, seconds }: Leg, ref: string): Fields {
	return {
		DialCallSid: ref,
		DialCallStatus: status,
		DialBridged: String(status === "completed"),
		...(status === "completed" ? { DialCallDuration: String(seconds) } : {}),
	};
}

/** What the status callback of a line that rings for a call says. */
export function ownLegFields(
	call: CallRow,
	leg: { leg_ref: string; identity: string },
	status: string,
	seconds: number | null,
): Fields {
	return {
		CallSid: leg.leg_ref,
		ParentCallSid: call.ref,
		AccountSid: ACCOUNT,
		From: call.from,
		To: leg.identity,
		CallStatus: status,
		ApiVersion: VERSION,
		Direction: "outbound-dial",
		...(seconds === null ? {} : { CallDuration: String(Math.round(seconds)) }),
	};
}

/** What a callback about a message of ours says. */
export function messageFields({ ref, to, from, status }: MessageRow): Fields {
	return {
		MessageSid: ref,
		MessageStatus: status,
		SmsSid: ref,
		SmsStatus: status,
		AccountSid: ACCOUNT,
		From: from,
		To: to,
		ApiVersion: VERSION,
		...(status === "undelivered" ? { ErrorCode: "30003" } : {}),
	};
}

/** What we are told of a message that somebody sent us. */
export function receivedFields({ ref, to, from, body }: MessageRow, mediaUrls: string[], segments: number): Fields {
	return {
		MessageSid: ref,
		SmsMessageSid: ref,
		SmsSid: ref,
		SmsStatus: "received",
		AccountSid: ACCOUNT,
		From: from,
		To: to,
		Body: body,
		NumMedia: String(mediaUrls.length),
		NumSegments: String(segments),
		ApiVersion: VERSION,
		...Object.fromEntries(
			mediaUrls.flatMap((url, n) => [
				[`MediaUrl${n}`, url],
				[`MediaContentType${n}`, "image/jpeg"],
			]),
		),
	};
}
