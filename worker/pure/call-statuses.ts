/** What a call can have come to its end as. */
export const ENDED_CALL = [
	"completed",
	"missed",
	"no_answer",
	"declined",
	"cancelled",
	"busy",
	"unavailable",
	"failed",
] as const;
export type EndedCall = (typeof ENDED_CALL)[number];

/** What a call in the log can be. */
export const CALL_STATUSES = ["queued", "ringing", "in_progress", ...ENDED_CALL] as const;
