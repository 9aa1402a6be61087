// The words of 47 CFR 64.1200(a)(10), and those that carriers know.
const STOP = new Set(["STOP", "QUIT", "END", "REVOKE", "OPTOUT", "CANCEL", "UNSUBSCRIBE", "STOPALL"]);
const START = new Set(["START", "UNSTOP", "YES"]);

/** What a message says about being written to: only when it says nothing else, however it is spelt. */
export function consentIn(body: string): "stop" | "start" | null {
	if (body.length > 100) return null;
	const word = body
		.normalize("NFKC")
		.replace(/[\p{P}\p{S}\s\p{Cf}]/gu, "")
		.toUpperCase();
	if (STOP.has(word)) return "stop";
	return START.has(word) ? "start" : null;
}
