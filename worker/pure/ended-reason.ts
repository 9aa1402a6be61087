/** How a call with an assistant ended, in a word that a person can sort by. */
export type EndedBucket =
	| "caller_hung_up"
	| "assistant_hung_up"
	| "transferred"
	| "voicemail"
	| "no_answer"
	| "busy"
	| "silence"
	| "too_long"
	| "cancelled"
	| "error";

// The first that fits decides. The provider has some 600 reasons, most of them errors of one part or another, and adds to them.
const BUCKETS: [pattern: RegExp, bucket: EndedBucket][] = [
	[/error|failed|fault/, "error"],
	[/^customer-busy$|\.busy$|-busy$/, "busy"],
	[/did-not-answer|no-answer/, "no_answer"],
	[/^assistant-forwarded-call|forwarding-phone-number|warm-transfer$|^call\.forwarding/, "transferred"],
	[/^voicemail/, "voicemail"],
	[/^silence-timed-out/, "silence"],
	[/^exceeded-max-duration/, "too_long"],
	[/^(manually-cancel|scheduled-call-deleted|call-deleted)/, "cancelled"],
	[/^customer-ended-call|-completed$/, "caller_hung_up"],
	[/^assistant-(ended-call|said-end-call-phrase)/, "assistant_hung_up"],
];

/** The bucket of a provider's reason. What is not known is an error: it is better looked at than counted as a success. */
export function endedBucket(reason: string): EndedBucket {
	return BUCKETS.find(([pattern]) => pattern.test(reason))?.[1] ?? "error";
}
