import { expect, it } from "vitest";
import { endedBucket } from "./ended-reason";

it.each([
	["customer-ended-call", "caller_hung_up"],
	["customer-ended-call-during-transfer", "caller_hung_up"],
	["customer-busy", "busy"],
	["customer-did-not-answer", "no_answer"],
	["assistant-ended-call", "assistant_hung_up"],
	["assistant-said-end-call-phrase", "assistant_hung_up"],
	["assistant-forwarded-call", "transferred"],
	["voicemail", "voicemail"],
	["silence-timed-out", "silence"],
	["exceeded-max-duration", "too_long"],
	["manually-canceled", "cancelled"],
	["call.start.error-get-assistant", "error"],
	["call.in-progress.error-assistant-did-not-receive-customer-audio", "error"],
	["pipeline-error-openai-llm-failed", "error"],
	["assistant-request-failed", "error"],
	["", "error"],
	["a-reason-of-next-year", "error"],
])("%s is %s", (reason, bucket) => {
	expect(endedBucket(reason)).toBe(bucket);
});
