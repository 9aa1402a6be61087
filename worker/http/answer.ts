import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { brokenRule, isPassing } from "../db/guards";
import { BadSettings } from "../env";
import { Fault, type FaultCode, type FaultDetail, notFound } from "../errors";
import { CarrierBusy, CarrierRefusal, CarrierUnclear } from "../outside/carrier/carrier";
import type { HttpEnv } from "./http-env";

const STATUS = {
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

/** What each named rule of the database means to the person who broke it. */
const RULES: Record<string, () => Fault> = {
	session_is_live: () => new Fault("signed_out", "This session has ended. Sign in again."),
	wallet_covers: () => new Fault("out_of_credit", "The balance does not cover this. Top up the wallet."),
	member_within_limit: () =>
		new Fault("out_of_credit", "This is beyond your spending limit. Ask the owner of the account."),
	day_within_cap: () => new Fault("out_of_credit", "This is beyond the account's daily spending cap."),
	greeting_exists: () => notFound("Greeting"),
	list_exists: () => notFound("Contact list"),
	transfer_number_exists: () => notFound("Transfer number"),
	number_is_callers: () => new Fault("not_allowed", "This number is not yours to use."),
	peer_is_open: () => new Fault("opted_out", "This person has asked for silence, or is on your do-not-call list."),
	country_is_open: () =>
		new Fault("not_allowed", "This account does not reach that country. An administrator can open it."),
	number_can_text: () => new Fault("invalid_input", "from: this number cannot send messages"),
	number_can_show: () => new Fault("invalid_input", "from: this number sends text only, no pictures or files"),
	media_is_there: () => new Fault("invalid_input", "mediaUrls: not a file of yours, or not uploaded to its end"),
	within_minute: () =>
		new Fault("rate_limited", "This account sends too many messages a minute. Wait a little.", { retryAfter: 60 }),
	within_day: () =>
		new Fault("rate_limited", "This account has sent all that it may send today (UTC).", { retryAfter: 3_600 }),
	within_daily_spend: () =>
		new Fault("out_of_credit", "This account has spent all that it may spend on messages today (UTC)."),
	failed_before: () => new Fault("conflict", "Only a message that has failed can be tried again, and only once."),
	foreign_key: () => new Fault("not_found", "Something that this refers to was not found"),
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
	const rule = brokenRule(error);
	if (rule)
		return (
			RULES[rule]?.() ?? new Fault("conflict", "This clashes with something that exists already.", { cause: error })
		);
	if (isPassing(error))
		return new Fault("try_again", "The database is busy. Try again in a moment.", { retryAfter: 1, cause: error });
	return null;
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
