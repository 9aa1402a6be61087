import type { Settings } from "../env";
import { Fault } from "../errors";
import { isSealed, keyFor, sealOf } from "../pure/seal";
import type { CallbackQuery } from "./inputs";

/** What the carrier may call us about, once a call is known. */
export type CallbackKind =
	| "next"
	| "leg"
	| "announce"
	| "status"
	| "voicemail"
	| "recorded"
	| "transcribed"
	| "agent"
	| "wait"
	| "taken"
	| "released"
	| "consult"
	| "asked";

/** Which of its routes a call is on: that of open hours, of closed ones, of callers kept at a distance, or what an agent decided. */
export type Branch = "open" | "closed" | "aside" | "moved";

/** Where a call has come to on its route. */
export interface Place {
	callId: string;
	/** Index of the step that is meant. */
	step?: number;
	branch?: Branch;
	/** Whom it is about: a person, or an entry of a queue. Of a message left, the language that its caller is thanked in. */
	about?: string;
}

const keyOf = ({ MEDIA_SECRET }: Settings) => keyFor(MEDIA_SECRET, "call callbacks");
const spelled = (kind: CallbackKind, { callId, step = 0, branch = "open", about = "" }: Place) =>
	`${kind}\n${callId}\n${step}\n${branch}\n${about}`;

/** Where the carrier tells us about a call of ours. The URL names the call and its place, signed by us: nothing in it can be changed. */
export function callbackUrl(settings: Settings, kind: CallbackKind, place: Place): string {
	const { callId, step = 0, branch = "open", about } = place;
	const url = new URL(`/webhooks/twilio/calls/${kind}`, settings.PUBLIC_BASE_URL);
	url.search = new URLSearchParams({
		c: callId,
		n: String(step),
		b: branch,
		...(about ? { u: about } : {}),
		s: sealOf(keyOf(settings), spelled(kind, place)),
	}).toString();
	return url.href;
}

/** The place that a callback is about; throws `bad_signature` unless the URL was made by {@link callbackUrl}. */
export function placeOf(settings: Settings, kind: CallbackKind, { c, n, b, u, s }: CallbackQuery): Required<Place> {
	const place = { callId: c, step: n, branch: b, about: u };
	if (!isSealed(keyOf(settings), spelled(kind, place), s))
		throw new Fault("bad_signature", "This callback was not made for this call");
	return place;
}
