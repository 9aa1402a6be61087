import type * as z from "zod";
import { ImportFields as SilenceFields } from "../consent/inputs";
import { ImportFields as ContactFields } from "../contacts/import/inputs";
import type { FaultCode } from "../errors";
import { UploadFields as GreetingFields } from "../greetings/inputs";
import { AvatarFields } from "../identity/avatars/routes";
import { UploadFields as MediaFields } from "../messages/media/inputs";

/** What a route's shapes and guards do not tell of it. */
export interface More {
	/** In which ways it can fail besides those that follow from its guards, inputs and path. */
	faults?: readonly FaultCode[];
	/** Takes an Idempotency-Key, and answers 202 while the carrier has not told. */
	once?: true;
	/** When it answers 202 instead, with the same body. */
	unsettled?: string;
	/** A file: in a form with these fields beside it, or as the body itself. */
	takes?: { fields: z.ZodType; file: string; bare?: readonly string[] };
	/** The media type of an answer that is no JSON of a known shape. */
	gives?: string;
	/** The browser's cookie says who it is. */
	byCookie?: true;
}

const CSV = "text/csv";
const UNSETTLED = "The provider has not told yet. The clock asks until it has.";
const CARRIER = ["carrier_refused", "carrier_unclear", "try_again"] as const;
const MONEY = ["out_of_credit", "conflict"] as const;

/** By operation. The tests hold every answer of the API against the document, so what is missing here shows there. */
export const MORE: Record<string, More> = {
	"POST /api/debug/pretend/phone": { faults: ["conflict"] },
	"GET /api/db-test": { faults: ["try_again"] },
	"POST /api/auth/signup": { faults: ["already_exists", "rate_limited"] },
	"POST /api/auth/login": { faults: ["bad_credentials", "code_required", "not_allowed", "rate_limited"] },
	"POST /api/auth/refresh": { byCookie: true, faults: ["signed_out", "not_allowed", "wrong_type", "rate_limited"] },
	"POST /api/auth/logout": { byCookie: true, faults: ["signed_out", "not_allowed", "wrong_type"] },
	"POST /api/auth/password/forgot": { faults: ["rate_limited"] },
	"POST /api/auth/password/reset": { faults: ["conflict", "rate_limited", "signed_out"] },
	"POST /api/auth/password/change": { faults: ["bad_credentials", "rate_limited", "signed_out"] },
	"POST /api/auth/invitation": { faults: ["rate_limited", "signed_out"] },
	"POST /api/auth/email/verify": { faults: ["rate_limited", "signed_out"] },
	"POST /api/auth/email/resend": { faults: ["rate_limited", "conflict"] },
	"GET /api/auth/google": { faults: ["not_found", "rate_limited", "try_again"] },
	"GET /api/auth/google/callback": { faults: ["signed_out", "not_found", "try_again"] },
	"POST /api/auth/totp": { faults: ["conflict", "rate_limited"] },
	"POST /api/auth/totp/confirm": { faults: ["conflict", "not_ready", "bad_credentials", "rate_limited"] },
	"POST /api/auth/totp/recovery-codes": { faults: ["not_ready", "bad_credentials", "rate_limited"] },
	"DELETE /api/auth/totp": { faults: ["not_ready", "bad_credentials", "rate_limited"] },
	"POST /api/users/phone/check": { faults: ["rate_limited"] },
	"PATCH /api/users/phone": { faults: ["already_exists", "conflict", "rate_limited"] },
	"GET /api/users/lookup/phone": { faults: ["rate_limited"] },
	"POST /api/profiles/{userId}/avatar": {
		takes: { fields: AvatarFields, file: "A picture" },
		faults: ["rate_limited"],
	},
	"POST /api/sub-accounts": { faults: ["already_exists", "conflict", "rate_limited"] },
	"POST /api/sub-accounts/{id}/invite": { faults: ["conflict", "rate_limited"] },
	"GET /api/audit/proof": { faults: ["rate_limited"] },
	"GET /api/audit/export.csv": { gives: CSV },
	"GET /api/account/export": { gives: "application/json", faults: ["rate_limited"] },
	"GET /api/account/export/{table}": { gives: CSV, faults: ["rate_limited"] },
	"DELETE /api/account": { faults: ["bad_credentials", "rate_limited"] },
	"POST /api/live/ticket": { faults: ["rate_limited"] },
	"GET /api/live": { faults: ["signed_out", "not_allowed", "malformed", "conflict", "rate_limited"] },
	"GET /api/signaling/{identity}": { faults: ["signed_out", "not_allowed", "malformed", "rate_limited"] },
	"GET /api/calls/token": { faults: ["rate_limited"] },

	"GET /api/phone-numbers/search": { faults: CARRIER },
	"POST /api/phone-numbers/purchase": { once: true, faults: [...MONEY, ...CARRIER, "already_exists", "price_changed"] },
	"POST /api/phone-numbers/purchase/batch": { once: true, faults: [...MONEY, ...CARRIER] },
	"POST /api/phone-numbers/assign": { faults: ["conflict"] },
	"PUT /api/phone-numbers/{id}": {
		unsettled: UNSETTLED,
		faults: ["conflict", "in_progress", "not_ready", ...CARRIER],
	},
	"DELETE /api/phone-numbers/{id}": { unsettled: UNSETTLED, faults: ["conflict", ...CARRIER] },
	"POST /api/channels/generate-phone-number": { once: true, faults: [...MONEY, ...CARRIER, "price_changed"] },
	"DELETE /api/channels/{id}": { unsettled: UNSETTLED, faults: ["conflict", ...CARRIER] },
	"GET /api/admin/carrier/lines": { faults: CARRIER },
	"POST /api/admin/carrier/lines/{ref}/adopt": { faults: ["conflict", ...CARRIER] },
	"POST /api/admin/carrier/reconcile": { faults: CARRIER },

	"GET /api/wallet/entries.csv": { gives: CSV },
	"POST /api/wallet/top-up": { once: true, faults: ["misconfigured", ...CARRIER] },
	"POST /api/subscriptions": { once: true, faults: ["already_exists", "misconfigured", ...CARRIER] },
	"POST /api/subscriptions/cancel": { faults: ["not_found", ...CARRIER] },
	"POST /api/payments/portal": { faults: CARRIER },
	"POST /api/admin/payments/reconcile": { faults: CARRIER },
	"DELETE /api/admin/prices": { faults: ["not_found", "conflict"] },
	"PUT /api/admin/plans/{id}": { faults: CARRIER },

	"POST /api/messages": { once: true, faults: [...MONEY, ...CARRIER, "opted_out", "rate_limited"] },
	"POST /api/messages/{id}/retry": { once: true, faults: [...MONEY, ...CARRIER, "opted_out", "rate_limited"] },
	"POST /api/scheduled-messages": { once: true, faults: ["conflict", "opted_out", "rate_limited"] },
	"DELETE /api/scheduled-messages/{id}": { faults: ["conflict"] },
	"POST /api/message-templates": { faults: ["already_exists", "conflict"] },
	"PATCH /api/message-templates/{id}": { faults: ["already_exists"] },
	"POST /api/media": {
		takes: { fields: MediaFields, file: "A picture or file, at most 5 MB" },
		faults: ["rate_limited", "try_again"],
	},

	"POST /api/calls": { once: true, faults: [...MONEY, ...CARRIER, "not_ready", "opted_out", "rate_limited"] },
	"POST /api/calls/{id}/hangup": { faults: ["conflict", ...CARRIER] },
	"POST /api/calls/{id}/transfer": { faults: ["conflict", ...CARRIER] },
	"POST /api/calls/{id}/consults": { once: true, faults: [...MONEY, ...CARRIER, "opted_out"] },
	"POST /api/calls/{id}/consults/{consultId}/connect": { faults: ["conflict", ...CARRIER] },
	"POST /api/calls/{id}/consults/{consultId}/back": { faults: ["conflict", ...CARRIER] },
	"GET /api/calls/export.csv": { gives: CSV },
	"GET /api/recordings/{callId}": { faults: ["not_ready"] },
	"POST /api/ring-groups": { faults: ["conflict"] },
	"PATCH /api/ring-groups/{id}": { faults: ["conflict"] },
	"DELETE /api/ring-groups/{id}": { faults: ["conflict"] },
	"POST /api/queues": { faults: ["conflict"] },
	"PATCH /api/queues/{id}": { faults: ["conflict"] },
	"DELETE /api/queues/{id}": { faults: ["conflict"] },
	"POST /api/queues/{id}/calls/{entryId}/answer": { faults: ["conflict", ...CARRIER] },
	"POST /api/queues/{id}/calls/{entryId}/transfer": { faults: ["conflict", ...CARRIER] },
	"DELETE /api/queues/{id}/calls/{entryId}": { faults: ["conflict", ...CARRIER] },

	"POST /api/contacts": { faults: ["already_exists"] },
	"PATCH /api/contacts/{id}": { faults: ["already_exists", "conflict"] },
	"DELETE /api/contact-lists/{id}": { faults: ["conflict"] },
	"POST /api/contact-lists/{id}/import": {
		takes: { fields: ContactFields, file: "A CSV file with a line of headings", bare: [CSV] },
		faults: ["rate_limited"],
	},
	"POST /api/contact-lists/{id}/imports/{importId}/mend": { faults: ["conflict"] },
	"POST /api/contact-lists/{id}/imports/{importId}/undo": { faults: ["conflict"] },
	"GET /api/contact-lists/{id}/imports/{importId}/errors.csv": { gives: CSV },
	"DELETE /api/segments/{id}": { faults: ["conflict"] },
	"POST /api/do-not-call": { faults: ["already_exists", "opted_out"] },
	"DELETE /api/do-not-call/{id}": { faults: ["opted_out"] },
	"POST /api/do-not-call/import": {
		takes: { fields: SilenceFields, file: "A CSV file with a column of numbers", bare: [CSV] },
		faults: ["rate_limited"],
	},
	"POST /api/greeting-files": {
		takes: { fields: GreetingFields, file: "WAV, MP3 or OGG, at most 10 MB" },
		faults: ["try_again"],
	},
	"DELETE /api/greeting-files/{id}": { faults: ["conflict"] },
	"POST /api/transfer-numbers": { faults: ["conflict"] },
	"DELETE /api/transfer-numbers/{id}": { faults: ["conflict"] },

	"POST /api/campaigns": { faults: ["conflict"] },
	"PATCH /api/campaigns/{id}": { faults: ["conflict"] },
	"DELETE /api/campaigns/{id}": { faults: ["conflict"] },
	"POST /api/campaigns/{id}/start": { faults: ["out_of_credit", "conflict", "not_ready"] },
	"POST /api/campaigns/{id}/pause": { faults: ["conflict"] },
	"POST /api/campaigns/{id}/resume": { faults: ["conflict", "out_of_credit"] },
	"POST /api/campaigns/{id}/cancel": { faults: ["conflict"] },
	"GET /api/campaigns/{id}/recipients.csv": { gives: CSV },
	"GET /api/campaigns/{id}/export.csv": { gives: CSV },

	"GET /api/dashboard/analytics.csv": { gives: CSV },
	"POST /api/assistants": { once: true, faults: ["conflict", ...CARRIER] },
	"PATCH /api/assistants/{id}": { unsettled: UNSETTLED, faults: ["in_progress", ...CARRIER] },
	"DELETE /api/assistants/{id}": { unsettled: UNSETTLED, faults: ["conflict", "in_progress", ...CARRIER] },
	"GET /api/assistant-calls/{id}/recording": { gives: "audio/*" },
	"POST /api/webhooks": { faults: ["conflict"] },
	"POST /api/webhooks/{id}/test": { faults: ["conflict"] },
};
