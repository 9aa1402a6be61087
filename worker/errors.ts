/** Every reason that a caller may be told. `http/answer.ts` gives each its status; it does not compile with one missing. */
export type FaultCode =
	| "malformed"
	| "invalid_input"
	| "signed_out"
	| "bad_credentials"
	| "code_required"
	| "out_of_credit"
	| "not_allowed"
	| "bad_signature"
	| "not_found"
	| "conflict"
	| "already_exists"
	| "in_progress"
	| "price_changed"
	| "not_ready"
	| "opted_out"
	| "key_reused"
	| "too_large"
	| "wrong_type"
	| "rate_limited"
	| "carrier_refused"
	| "carrier_unclear"
	| "misconfigured"
	| "try_again";

export type FaultDetail = string | { path: string; message: string }[];

/** A failure that the caller may be told about. Any other error that escapes is a bug and answers 500. */
export class Fault extends Error {
	override readonly name = "Fault";
	readonly code: FaultCode;
	/** What went wrong in the caller's words, or which inputs are wrong. Defaults to the message. */
	readonly details: FaultDetail;
	/** Seconds until a retry may succeed; becomes `Retry-After`. */
	readonly retryAfter: number | undefined;

	constructor(
		code: FaultCode,
		message: string,
		options: ErrorOptions & { details?: FaultDetail; retryAfter?: number } = {},
	) {
		super(message, options);
		this.code = code;
		this.details = options.details ?? message;
		this.retryAfter = options.retryAfter;
	}
}

/** The one answer for what is not there and for what is somebody else's. */
export function notFound(what: string): Fault {
	return new Fault("not_found", `${what} not found`);
}
