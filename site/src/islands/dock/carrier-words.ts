import { reasonOf } from "../../lib/refusal";
import { END_WORDS } from "./state";

const MICROPHONE = "The microphone did not start. Check it, then call again.";
const CUT = "The connection to the carrier was lost. Check your network, then call again.";
const NOT_LET_IN = "The carrier does not let this browser in. Reload the page; if it stays, tell your administrator.";
const TOO_MANY = "The carrier is busy. Wait a moment, then call again.";

/** What the carrier's numbers mean for whoever wants to make a call. */
const WORDS: Record<number, string> = {
	20101: NOT_LET_IN,
	20104: NOT_LET_IN,
	20151: NOT_LET_IN,
	31000: CUT,
	31003: "This network does not let calls through. Try another one.",
	31005: "The carrier ended the call.",
	31009: CUT,
	31206: TOO_MANY,
	31400: "The carrier did not understand this number.",
	31401: "The microphone is blocked for this site. Allow it beside the address, then call again.",
	31402: MICROPHONE,
	31404: "This number cannot be reached.",
	31480: "They cannot be reached right now.",
	31486: END_WORDS.busy,
	31603: END_WORDS.declined,
	53000: CUT,
	53400: "This browser and the carrier found no common way to carry sound.",
	53402: "This browser and the carrier found no common way to carry sound.",
	53405: "This network does not let the sound of calls through. Try another one.",
};

/** Why a call or the phone itself does not work, in a sentence. */
export function wordsFor(error: unknown): string {
	const code = typeof error === "object" && error !== null && "code" in error ? Number(error.code) : 0;
	if (WORDS[code]) return WORDS[code];
	if (code >= 31_200 && code < 31_300) return NOT_LET_IN;
	if (code) return `The carrier reports trouble with this call (${code}).`;
	if (error instanceof Error && error.name === "InvalidStateError")
		return "The last call is still ending. Try again in a moment.";
	return error instanceof Error && error.name === "Error" ? error.message : reasonOf(error);
}
