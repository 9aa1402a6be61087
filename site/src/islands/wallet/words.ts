const WORDS: Record<string, string> = {
	top_up: "Top-up",
	simulated_top_up: "Top-up (simulated)",
	simulated_credit: "Credit for a purchase (simulated)",
	simulated_credit_back: "Credit taken back (simulated)",
	plan_credit: "Credit of your plan",
	simulated_plan_credit: "Credit of your plan (simulated)",
	refund: "Refunded to your card",
	dispute: "Disputed payment",
	dispute_won: "Dispute settled for you",
	number_hold: "Set aside for a number",
	number_charge: "Number, first month",
	number_capture: "Number, first month",
	number_rent: "Number, another month",
	number_release: "Returned, number not bought",
	call_hold: "Set aside for a call",
	call_charge: "Call",
	call_release: "Returned, not used by the call",
	message_hold: "Set aside for a message",
	message_charge: "Message",
	message_release: "Returned, not used by the message",
};

/** What a ledger entry is, in words: "Set aside for a call". */
export function kindWord(kind: string): string {
	const plain = kind.replaceAll("_", " ");
	return WORDS[kind] ?? plain.charAt(0).toUpperCase() + plain.slice(1);
}
