// The words of 47 CFR 64.1200(a)(10), and those that carriers know.
const STOP = new Set(["STOP", "QUIT", "END", "REVOKE", "OPTOUT", "CANCEL", "UNSUBSCRIBE", "STOPALL"]);
const START = new Set(["START", "UNSTOP", "YES"]);

const HELP = new Set(["HELP", "INFO"]);
const LONGEST = 100;

/** What a message says about being written to: only when it says nothing else, however it is spelt. */
export function consentIn(body: string): "stop" | "start" | null {
	const word = onlyWordOf(body);
	if (STOP.has(word)) return "stop";
	return START.has(word) ? "start" : null;
}

/** True when a message asks who this is and how to end it, and says nothing else. */
export function asksForHelp(body: string): boolean {
	return HELP.has(onlyWordOf(body));
}

function onlyWordOf(body: string): string {
	if (body.length > LONGEST) return "";
	return body
		.normalize("NFKC")
		.replace(/[\p{P}\p{S}\s\p{Cf}]/gu, "")
		.toUpperCase();
}
