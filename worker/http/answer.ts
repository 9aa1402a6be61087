import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { BadSettings } from "../env";
import { Fault, type FaultCode, type FaultDetail } from "../errors";
import { CarrierBusy, CarrierRefusal, CarrierUnclear } from "../outside/carrier/carrier";
import type { HttpEnv } from "./http-env";
import { faultOfRule } from "./rules";

/** The status of each reason. */
export const STATUS = {
	malformed: 400,
	invalid_input: 422,
	signed_out: 401,
	bad_credentials: 401,
	code_required: 401,
	out_of_credit: 402,
	not_allowed: 403,
	bad_signature: 403,
	not_found: 404,
	conflict: 409,
	already_exists: 409,
	in_progress: 409,
	price_changed: 409,
	not_ready: 409,
	opted_out: 409,
	key_reused: 409,
	too_large: 413,
	wrong_type: 415,
	rate_limited: 429,
	carrier_refused: 502,
	carrier_unclear: 502,
	misconfigured: 503,
	try_again: 503,
} as const satisfies Record<FaultCode, ContentfulStatusCode>;

const HTTP_FAULTS: Record<number, FaultCode> = {
	400: "malformed",
	401: "signed_out",
	404: "not_found",
	413: "too_large",
	415: "wrong_type",
};

/** The fault behind any error, or null when it is a bug. */
export function faultOf(error: unknown): Fault | null {
	if (error instanceof Fault) return error;
	if (error instanceof HTTPException) {
		const code = HTTP_FAULTS[error.status] ?? "malformed";
		return new Fault(code, error.message || code, { cause: error });
	}
	if (error instanceof BadSettings)
		return new Fault("misconfigured", "The installation's settings are not usable", { details: error.message });
	if (error instanceof CarrierBusy)
		return new Fault("try_again", "The carrier is busy. Try again shortly.", {
			retryAfter: error.retryAfterSeconds,
			cause: error,
		});
	if (error instanceof CarrierRefusal)
		return new Fault("carrier_refused", `The carrier refused: ${error.message}`, { cause: error });
	if (error instanceof CarrierUnclear)
		return new Fault("carrier_unclear", "The carrier did not answer clearly.", { cause: error });
	return faultOfRule(error);
}

/** The body of every error: CONTRACT's `{ error, code, details, requestId }`. */
export function faultBody(
	fault: Fault,
	requestId: string,
): { error: string; code: string; details: FaultDetail; requestId: string } {
	return { error: fault.message, code: fault.code, details: fault.details, requestId };
}

/** Answers whatever was thrown. Strangers learn nothing about bugs; the log does. */
export function answerError(error: Error, c: Context<HttpEnv>): Response {
	const requestId = c.var.requestId ?? "";
	const fault = faultOf(error);
	if (!fault) {
		console.error(
			JSON.stringify({ level: "error", requestId, route: c.req.routePath, method: c.req.method, error: error.stack }),
		);
		return c.json(
			{
				error: "Something went wrong on our side.",
				code: "internal",
				details: "Quote the requestId when you report it.",
				requestId,
			},
			500,
		);
	}
	if (fault.code === "misconfigured") console.error(JSON.stringify({ level: "error", settings: fault.details }));
	if (fault.retryAfter !== undefined) c.header("retry-after", String(Math.ceil(fault.retryAfter)));
	return c.json(faultBody(fault, requestId), STATUS[fault.code]);
}

/** Answers a path that does not exist. */
export function answerNotFound(c: Context<HttpEnv>): Response {
	return answerError(new Fault("not_found", "There is nothing at this address"), c);
}
