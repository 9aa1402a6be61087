const WORDS: Record<string, string> = {
	"21211": "This is not a number that can receive messages.",
	"21214": "This number cannot be reached.",
	"21217": "This is not a number that can receive messages.",
	"21408": "The carrier account may not text this country.",
	"21610": "This person has asked your number for silence.",
	"21611": "Too many messages wait at the carrier for this number.",
	"21612": "There is no route from your number to this one.",
	"21614": "This is not a mobile number.",
	"21617": "The message is longer than the network takes.",
	"21635": "This is a landline, which receives no messages.",
	"21606": "The carrier does not let your number send messages.",
	"21608": "A trial account texts verified numbers only.",
	"30001": "Too many messages were waiting to be sent.",
	"30002": "The carrier account is suspended.",
	"30003": "The phone is switched off or out of reach.",
	"30004": "The person's carrier blocks this message.",
	"30005": "This number is not in use.",
	"30006": "This is a landline, or a carrier that cannot be reached.",
	"30007": "A carrier's filter has taken this message for spam.",
	"30008": "The network lost the message, for reasons it does not tell.",
	"30034": "Your number is not registered for business messages in the United States.",
	"63016": "WhatsApp takes free text only within 24 hours of the person's last message.",
};

/** Why a message did not arrive, in words for whoever sent it. `code`: the carrier's number, or a word of ours. */
export function failureWords(code: string | null): string {
	return (code !== null && WORDS[code]) || OWN[code ?? ""] || "The carrier could not deliver this message.";
}

const OWN: Record<string, string> = {
	carrier_busy: "The carrier was too busy. Try again in a moment.",
	not_confirmed: "The carrier does not know of this message: it was not sent, and nothing was charged.",
	opted_out: "This person has asked for silence.",
};

/** True when trying again may help: nothing is wrong with the number, and the person has not said stop. */
export function mayRetry(code: string | null): boolean {
	return !["21211", "21217", "21610", "21614", "21635", "30005", "30006", "opted_out"].includes(code ?? "");
}
