import * as z from "zod";
import { CarrierBusy, CarrierRefusal, CarrierUnclear, type RefusalReason } from "../carrier";

const Trouble = z.object({ code: z.coerce.string().optional(), message: z.string().optional() });

const REASONS: Record<string, RefusalReason> = {
	20003: "credentials",
	20404: "not_found",
	21210: "invalid_from",
	21211: "invalid_to",
	21212: "invalid_from",
	21213: "invalid_from",
	21214: "invalid_to",
	21215: "blocked",
	21216: "blocked",
	21217: "invalid_to",
	21219: "blocked",
	21264: "invalid_from",
	21408: "blocked",
	21421: "not_available",
	21422: "not_available",
	21451: "not_available",
	21452: "not_available",
	21606: "invalid_from",
	21608: "blocked",
	21610: "opted_out",
	21612: "blocked",
	21614: "invalid_to",
	21615: "needs_documents",
	21631: "needs_documents",
	21635: "invalid_to",
	21649: "needs_documents",
	21650: "needs_documents",
	21651: "needs_documents",
	21659: "invalid_from",
	21660: "invalid_from",
	21661: "invalid_from",
};
// Too many requests at once, and too many calls at once: neither was processed.
const BUSY = new Set(["20429", "10004"]);
const WAIT_SECONDS = 1;

/** What an answer that is not a success means for the request: definitely not done, not done for now, or nobody knows. */
export function failureOf(status: number, retryAfter: string | null, body: unknown): Error {
	const trouble = Trouble.safeParse(body).data ?? {};
	const code = trouble.code ?? `http_${status}`;
	const message = trouble.message ?? `The carrier answered ${status}`;
	if (status === 429 || BUSY.has(code)) return new CarrierBusy(secondsOf(retryAfter), message);
	if (status >= 400 && status < 500 && status !== 408) return new CarrierRefusal(reasonOf(status, code), code, message);
	return new CarrierUnclear(`${message} (${code})`);
}

function reasonOf(status: number, code: string): RefusalReason {
	return REASONS[code] ?? (status === 401 ? "credentials" : "other");
}

function secondsOf(retryAfter: string | null): number {
	const seconds = Number(retryAfter ?? Number.NaN);
	return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3600) : WAIT_SECONDS;
}
