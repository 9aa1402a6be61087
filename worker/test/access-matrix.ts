import type { TestAccount } from "./house";

/** Who may be at the door. `stranger` owns another account, `member` is a sub-account of the owner, `admin` runs the installation. */
export type Role = "owner" | "member" | "stranger" | "admin";

/**
 * What a route answers to whom. Its path is the route's with `:id` filled by `id` and `:userId` by the owner's id, unless `path` says
 * otherwise (`{owner}` and `{id}` are filled in there and in `body`). A role that is left out is not asked: what is everybody's own
 * (settings, sessions) has no strangers. Signed out is always 401, but for the routes that say `signedOut`.
 */
export interface Row extends Partial<Record<Role, number>> {
	path?: string;
	body?: Record<string, unknown> | (() => FormData);
	/** Makes what the owner's request is about; answers with its id. */
	id?: (owner: TestAccount) => Promise<string>;
	signedOut?: number;
}

const everybody = { owner: 200, member: 200, admin: 200 };
const ownOnly = { owner: 200, member: 404, stranger: 404, admin: 200 };
const credentials = { email: "nobody@example.com", password: "correct horse battery" };

/** An id from the answer of a POST as the owner. */
export function made(path: string, body: unknown): (owner: TestAccount) => Promise<string> {
	return async (owner) => {
		const reply = await owner.call(path, body);
		const answer: unknown = await reply.json();
		if (typeof answer === "object" && answer && "id" in answer && typeof answer.id === "string") return answer.id;
		throw new Error(`${path} made nothing: ${reply.status} ${JSON.stringify(answer)}`);
	};
}

const ownSession = async ({ sessionId }: TestAccount & { sessionId?: string }) => sessionId ?? "";

const ownersOnly = { owner: 200, member: 403, stranger: 200, admin: 200 };
const ownersCampaign = {
	id: made("/api/campaigns", { title: "Offer" }),
	owner: 200,
	member: 403,
	stranger: 404,
	admin: 404,
};

const channel = made("/api/channels/generate-phone-number", { country: "US" });
/** The id of the number that a generated channel came with. */
const number = async (owner: TestAccount) => {
	await channel(owner);
	return firstId(await owner.call("/api/phone-numbers"));
};
const firstId = async (reply: Response) => {
	const [first]: { id?: string }[] = await reply.json();
	return first?.id ?? "";
};
const ownersOne = { owner: 200, member: 403, stranger: 404, admin: 404 };
const onesOwn = { owner: 200, member: 404, stranger: 404, admin: 404 };
const mailed = { token: "a-token-that-nobody-was-given" };
const passwords = { currentPassword: "not the password", newPassword: "correct horse battery" };
const member = (owner: TestAccount) =>
	made("/api/sub-accounts", { email: `${crypto.randomUUID()}@example.com`, password: "correct horse battery" })(owner);
const ownersThing = { owner: 200, member: 403, stranger: 404, admin: 404 };
const contact = made("/api/contacts", { phoneNumber: "+447712345678" });
const list = made("/api/contact-lists", { name: "People" });
const silenced = made("/api/do-not-call", { phoneNumber: "+447712345678" });
const transfer = { name: "Desk", phoneNumber: "+14155552671" };
const sip = { name: "Office", host: "sip.carrier.io", port: 5060, username: "desk", password: "secret", active: true };
const range = "from=2026-11-01&to=2026-11-21&timeZone=Europe/Berlin";
const hook = { url: "https://hooks.example.com/in" };
const webhook = made("/api/webhooks", hook);
const assistant = made("/api/assistants", { name: "Desk" });
const ringGroup = (owner: TestAccount) => made("/api/ring-groups", { name: "Desk", memberIds: [owner.userId] })(owner);
const queue = made("/api/queues", { name: "Sales" });
const price = { item: "sms_segment", country: "NZ", lineType: "*", amountMicros: 90_000 };
const csv = () => {
	const form = new FormData();
	form.append("file", new File(["phone\n+447712345678\n"], "people.csv", { type: "text/csv" }));
	return form;
};
const adminsOnly = { owner: 403, member: 403, admin: 200 };

/** One line per route of the API. A route without one fails the suite. */
export const MATRIX: Record<string, Row> = {
	"GET /api/health": { signedOut: 200 },
	"GET /api/db-test": { signedOut: 200 },
	"GET /api/openapi.json": { signedOut: 200 },
	"GET /api/docs": { signedOut: 302 },

	"POST /api/auth/signup": { signedOut: 422, body: { email: "nobody" } },
	"POST /api/auth/login": { signedOut: 401, body: credentials },
	"POST /api/auth/refresh": { signedOut: 401, owner: 401 },
	"POST /api/auth/logout": { owner: 200, member: 200 },
	"GET /api/auth/sessions": everybody,
	"DELETE /api/auth/sessions": everybody,
	"DELETE /api/auth/sessions/:id": { id: ownSession, owner: 200, member: 404, stranger: 404, admin: 404 },

	"GET /api/profiles/:userId": ownOnly,
	"PATCH /api/profiles/:userId": { ...ownOnly, body: { fullName: "Ada" } },
	"POST /api/profiles/:userId/avatar": { ...ownOnly, owner: 415, admin: 415, body: csv },
	"GET /api/users/settings": everybody,
	"PATCH /api/users/settings": { ...everybody, body: { theme: "night" } },

	"POST /api/users/phone/check": { ...everybody, body: { phoneNumber: "+447712345678" } },
	"PATCH /api/users/phone": { owner: 200, body: { phoneNumber: "+447712345678" } },
	"DELETE /api/users/phone": everybody,
	"GET /api/users/lookup/phone": { ...everybody, path: "/api/users/lookup/phone?phoneNumber=%2B447712345679" },
	"POST /api/profiles/:userId/affiliate": { ...ownOnly, body: {} },
	"GET /api/profiles/:userId/referrals": ownOnly,

	"POST /api/auth/password/forgot": { signedOut: 200, body: { email: "nobody@example.com" } },
	"POST /api/auth/password/reset": { signedOut: 422, body: { ...mailed, password: "correct horse battery" } },
	"POST /api/auth/password/change": { owner: 403, member: 403, body: passwords },
	"POST /api/auth/invitation": { signedOut: 422, body: mailed },
	"POST /api/auth/email/verify": { signedOut: 422, body: mailed },
	"POST /api/auth/email/resend": everybody,
	"GET /api/auth/totp": everybody,
	"POST /api/auth/totp": everybody,
	"POST /api/auth/totp/confirm": { owner: 409, member: 409, body: { code: "123456" } },
	"POST /api/auth/totp/recovery-codes": { owner: 409, member: 409, body: { code: "123456" } },
	"DELETE /api/auth/totp": { owner: 409, member: 409, body: { code: "123456" } },
	"GET /api/auth/providers": { signedOut: 200 },
	"GET /api/auth/google": { signedOut: 404 },
	"GET /api/auth/google/callback": { signedOut: 404 },

	"GET /api/sub-accounts": { owner: 200, member: 403 },
	"POST /api/sub-accounts": { owner: 422, member: 403, body: { email: "nobody" } },
	"GET /api/sub-accounts/:id": { ...ownersOne, id: member },
	"PATCH /api/sub-accounts/:id": { ...ownersOne, id: member, body: { fullName: "Bob" } },
	"DELETE /api/sub-accounts/:id": { ...ownersOne, id: member },
	"POST /api/sub-accounts/:id/invite": { ...ownersOne, id: member },
	"POST /api/sub-accounts/:id/suspend": { ...ownersOne, id: member },
	"POST /api/sub-accounts/:id/resume": { ...ownersOne, id: member },
	"GET /api/api-keys": everybody,
	"POST /api/api-keys": { owner: 201, member: 201, body: { name: "Office", scopes: ["read"] } },
	"DELETE /api/api-keys/:id": { ...onesOwn, id: made("/api/api-keys", { name: "Office", scopes: ["read"] }) },
	"GET /api/audit": { owner: 200, member: 403 },
	"GET /api/audit/proof": { owner: 200, member: 403 },
	"GET /api/audit/export.csv": { owner: 200, member: 403 },
	"GET /api/account/export": { owner: 200, member: 403 },
	"GET /api/account/export/:table": { path: "/api/account/export/contacts", owner: 200, member: 403 },
	"DELETE /api/account": { owner: 202, member: 403 },
	"POST /api/debug/register-test": { signedOut: 404, body: {} },
	"GET /api/debug/outbox": { signedOut: 200 },

	"GET /api/imports": ownersOnly,
	"POST /api/imports/columns": { ...ownersOnly, body: { rows: [["phone"]] } },
	"POST /api/contact-lists/:id/imports/:importId/mend": {
		...ownersOne,
		id: made("/api/contact-lists", { name: "People" }),
		path: "/api/contact-lists/{id}/imports/imp_1/mend",
		body: { reason: "needs_country", country: "US" },
		owner: 404,
	},
	"POST /api/contact-lists/:id/imports/:importId/undo": {
		...ownersOne,
		id: made("/api/contact-lists", { name: "People" }),
		path: "/api/contact-lists/{id}/imports/imp_1/undo",
		owner: 404,
	},
	"POST /api/contacts/tags": { ...ownersOnly, body: { contactIds: ["con_1"], add: ["vip"] } },
	"GET /api/segments": ownersOnly,
	"POST /api/segments": { ...ownersOnly, owner: 201, stranger: 201, admin: 201, body: { name: "A", filter: {} } },
	"PATCH /api/segments/:id": {
		...ownersOne,
		id: made("/api/segments", { name: "A", filter: {} }),
		body: { name: "B" },
	},
	"DELETE /api/segments/:id": { ...ownersOne, id: made("/api/segments", { name: "A", filter: {} }) },
	"GET /api/segments/:id/contacts": { ...ownersOne, id: made("/api/segments", { name: "A", filter: {} }) },
	"GET /api/campaigns": ownersOnly,
	"POST /api/campaigns": { ...ownersOnly, owner: 201, stranger: 201, admin: 201, body: { title: "Offer" } },
	"GET /api/campaigns/call-count/:userId": { ...ownersCampaign, admin: 200 },
	"GET /api/campaigns/:id": ownersCampaign,
	"PATCH /api/campaigns/:id": { ...ownersCampaign, body: { title: "Better offer" } },
	"DELETE /api/campaigns/:id": ownersCampaign,
	"POST /api/campaigns/:id/start": { ...ownersCampaign, owner: 422 },
	"POST /api/campaigns/:id/pause": { ...ownersCampaign, owner: 409 },
	"POST /api/campaigns/:id/resume": { ...ownersCampaign, owner: 409 },
	"POST /api/campaigns/:id/cancel": ownersCampaign,
	"GET /api/campaigns/:id/recipients": ownersCampaign,
	"GET /api/campaigns/:id/preflight": ownersCampaign,
	"GET /api/campaigns/:id/requests": ownersCampaign,
	"GET /api/campaigns/:id/recipients.csv": ownersCampaign,
	"GET /api/campaigns/:id/do-not-call": ownersCampaign,
	"POST /api/campaigns/:id/do-not-call": { ...ownersCampaign, body: { phoneNumbers: ["+14155552671"] } },
	"DELETE /api/campaigns/:id/do-not-call/:number": {
		...ownersCampaign,
		path: "/api/campaigns/{id}/do-not-call/%2B14155552671",
		owner: 404,
	},
	"PATCH /api/campaigns/:id/requests/:requestId": {
		...ownersCampaign,
		path: "/api/campaigns/{id}/requests/req_1",
		owner: 404,
		body: { done: true },
	},
	"GET /api/campaigns/:id/attempts": ownersCampaign,
	"GET /api/campaigns/:id/report": ownersCampaign,
	"GET /api/campaigns/:id/export.csv": ownersCampaign,

	"GET /api/phone-numbers": everybody,
	"GET /api/phone-numbers/search": { ...everybody, path: "/api/phone-numbers/search?country=US&limit=1" },
	"POST /api/phone-numbers/purchase": { owner: 422, member: 422, body: { number: "1" } },
	"POST /api/phone-numbers/purchase/batch": {
		owner: 201,
		member: 403,
		body: { country: "US", type: "tollfree", count: 1 },
	},
	"GET /api/phone-numbers/purchase/batch/:id": {
		...ownersOne,
		id: async (owner) => {
			const reply = await owner.call("/api/phone-numbers/purchase/batch", { country: "US", count: 1 });
			const { batchId }: { batchId?: string } = await reply.json();
			return batchId ?? "";
		},
	},
	"GET /api/phone-numbers/purchase/:operationId": { path: "/api/phone-numbers/purchase/op_1", owner: 404, member: 403 },
	"POST /api/phone-numbers/assign": {
		...ownersOne,
		id: number,
		body: { phoneNumberId: "{id}", subAccountId: null },
	},
	"GET /api/phone-numbers/available": { owner: 200, member: 403 },
	"GET /api/phone-numbers/assigned/:id": { path: "/api/phone-numbers/assigned/{owner}", owner: 404, member: 404 },
	"PUT /api/phone-numbers/:id": { ...onesOwn, id: number, body: { label: "Desk" } },
	"DELETE /api/phone-numbers/:id": { ...ownersOne, id: number },
	"POST /api/channels/generate-phone-number": { owner: 200, member: 403, body: { country: "US" } },
	"GET /api/channels": everybody,
	"GET /api/channels/:id": { ...onesOwn, id: channel },
	"PATCH /api/channels/:id": { ...onesOwn, id: channel, body: { name: "Sales" } },
	"DELETE /api/channels/:id": { ...ownersOne, id: channel },
	"GET /api/calls/token": everybody,
	"GET /api/calls": everybody,
	"GET /api/recordings/:callId": { path: "/api/recordings/call_0", owner: 404, member: 404 },
	"DELETE /api/recordings/:callId": { path: "/api/recordings/call_0", owner: 404, member: 404 },
	"GET /api/voicemail": everybody,
	"POST /api/voicemail/:id/read": { path: "/api/voicemail/rec_0/read", owner: 404, member: 404 },
	"DELETE /api/voicemail/:id": { path: "/api/voicemail/rec_0", owner: 404, member: 404 },
	"GET /api/voice-settings": { owner: 200, member: 403 },
	"PATCH /api/voice-settings": { owner: 200, member: 403, body: {} },
	"POST /api/calls": { owner: 422, member: 422, body: { from: "+14155550100", to: "911" } },
	"POST /api/calls/:id/hangup": { path: "/api/calls/call_0/hangup", owner: 404, member: 404 },
	"POST /api/calls/:id/transfer": {
		path: "/api/calls/call_0/transfer",
		owner: 404,
		member: 404,
		body: { voicemail: true },
	},
	"POST /api/calls/:id/consults": {
		path: "/api/calls/call_0/consults",
		owner: 404,
		member: 404,
		body: { memberId: "usr_0" },
	},
	"POST /api/calls/:id/consults/:consultId/connect": {
		path: "/api/calls/call_0/consults/con_0/connect",
		owner: 404,
		member: 404,
	},
	"POST /api/calls/:id/consults/:consultId/back": {
		path: "/api/calls/call_0/consults/con_0/back",
		owner: 404,
		member: 404,
	},
	"GET /api/queues": everybody,
	"POST /api/queues": { owner: 201, member: 403, body: { name: "Sales" } },
	"GET /api/queues/:id": { ...onesOwn, id: queue },
	"PATCH /api/queues/:id": { ...ownersThing, id: queue, body: { name: "Support" } },
	"DELETE /api/queues/:id": { ...ownersThing, id: queue },
	"GET /api/phone-numbers/:id/recording": { ...ownersThing, id: number },
	"PATCH /api/phone-numbers/:id/recording": { ...ownersThing, id: number, body: { recordInbound: true } },
	"GET /api/ring-groups": ownersOnly,
	"POST /api/ring-groups": { owner: 201, member: 403, body: { name: "Desk", memberIds: ["{owner}"] } },
	"GET /api/ring-groups/:id": { ...ownersThing, id: ringGroup },
	"PATCH /api/ring-groups/:id": { ...ownersThing, id: ringGroup, body: { name: "Support" } },
	"DELETE /api/ring-groups/:id": { ...ownersThing, id: ringGroup },
	"GET /api/queues/:id/calls": { ...onesOwn, id: queue },
	"POST /api/queues/:id/calls/:entryId/answer": {
		...onesOwn,
		owner: 404,
		path: "/api/queues/{id}/calls/qcl_0/answer",
		id: queue,
	},
	"POST /api/queues/:id/calls/:entryId/transfer": {
		...onesOwn,
		owner: 404,
		path: "/api/queues/{id}/calls/qcl_0/transfer",
		id: queue,
		body: { voicemail: true },
	},
	"DELETE /api/queues/:id/calls/:entryId": { ...onesOwn, owner: 404, path: "/api/queues/{id}/calls/qcl_0", id: queue },
	"GET /api/calls/live": everybody,
	"GET /api/calls/export.csv": everybody,
	"GET /api/calls/:id": { owner: 404, member: 404, stranger: 404, path: "/api/calls/call_0" },
	"GET /api/signaling/:identity": { path: "/api/signaling/care4w-0000000", owner: 401 },
	"GET /api/blocked-callers": everybody,
	"POST /api/blocked-callers": { owner: 201, member: 201, admin: 201, body: { identity: "care4w-0000000" } },
	"DELETE /api/blocked-callers/:id": { path: "/api/blocked-callers/care4w-0000000", owner: 404, member: 404 },

	"POST /api/live/ticket": { owner: 201, member: 201, body: {} },
	"GET /api/live": { owner: 401 },
	"GET /api/conversations": everybody,
	"GET /api/conversation-labels": everybody,
	"GET /api/conversations/:id": { path: "/api/conversations/cnv_0", owner: 404, member: 404 },
	"PATCH /api/conversations/:id": {
		path: "/api/conversations/cnv_0",
		owner: 404,
		member: 404,
		body: { status: "done" },
	},
	"GET /api/conversations/:id/timeline": { path: "/api/conversations/cnv_0/timeline", owner: 404, member: 404 },
	"POST /api/conversations/:id/notes": { path: "/api/conversations/cnv_0/notes", owner: 404, body: { body: "Hm" } },
	"POST /api/messages": { owner: 403, member: 403, body: { from: "+14155552672", to: "+447712345678", body: "Hi" } },
	"POST /api/messages/preview": { ...everybody, body: { body: "Hi" } },
	"POST /api/messages/:id/retry": { path: "/api/messages/msg_0/retry", owner: 404, member: 404 },
	"GET /api/scheduled-messages": everybody,
	"POST /api/scheduled-messages": {
		owner: 403,
		member: 403,
		body: {
			from: "+14155552671",
			to: "+447712345678",
			body: "Hi",
			sendAt: new Date(Date.now() + 3_600_000).toISOString(),
		},
	},
	"DELETE /api/scheduled-messages/:id": { path: "/api/scheduled-messages/sch_0", owner: 404, member: 404 },
	"GET /api/message-settings": { owner: 200, member: 403 },
	"PATCH /api/message-settings": { owner: 200, member: 403, body: { helpText: null } },
	"POST /api/media": { owner: 415, member: 415, body: csv },
	"GET /api/debug/pretend/messages": {
		owner: 404,
		path: "/api/debug/pretend/messages?number=%2B14155552671&peer=%2B447712345678",
	},
	"POST /api/debug/pretend/messages": { owner: 404, body: { from: "+447712345678", to: "+14155552671", body: "Hi" } },
	"POST /api/debug/pretend/calls": { owner: 404, body: { from: "+447712345678", to: "+14155552671" } },
	"PUT /api/debug/pretend/phone": { owner: 404, body: { number: "+14155552671", peer: "+447712345678" } },
	"POST /api/debug/pretend/phone": { owner: 404, body: { number: "+14155552671", peer: "+447712345678", do: "ring" } },
	"GET /api/message-templates": everybody,
	"POST /api/message-templates": { owner: 201, member: 201, body: { name: "Hello", body: "Hi {{firstName}}" } },
	"PATCH /api/message-templates/:id": {
		owner: 200,
		member: 200,
		stranger: 404,
		id: made("/api/message-templates", { name: "Bye", body: "Bye" }),
		body: { name: "Bye-bye" },
	},
	"DELETE /api/message-templates/:id": {
		owner: 200,
		stranger: 404,
		id: made("/api/message-templates", { name: "Bye", body: "Bye" }),
	},
	"GET /api/conversations/:id/messages": { path: "/api/conversations/cnv_0/messages", owner: 404, member: 404 },
	"POST /api/conversations/:id/read": { path: "/api/conversations/cnv_0/read", owner: 404, member: 404 },

	"GET /api/wallet": { owner: 200, member: 403 },
	"GET /api/wallet/entries": { owner: 200, member: 403 },
	"POST /api/wallet/top-up": { owner: 201, member: 403, body: { amountMicros: 1_000_000 } },
	"GET /api/admin/invariants": adminsOnly,
	"GET /api/admin/settings": adminsOnly,
	"PATCH /api/admin/settings": { ...adminsOnly, body: {} },

	"GET /api/admin/accounts/:userId/reach": adminsOnly,
	"PATCH /api/admin/accounts/:userId/reach": { ...adminsOnly, body: { messagesPerMinute: 10 } },

	"GET /api/contacts": ownersOnly,
	"POST /api/contacts": { owner: 201, member: 403, body: { phoneNumber: "+447712345678" } },
	"GET /api/contacts/:id": { ...ownersThing, id: contact },
	"PATCH /api/contacts/:id": { ...ownersThing, id: contact, body: { firstName: "Carol" } },
	"DELETE /api/contacts/:id": { ...ownersThing, id: contact },
	"GET /api/contact-lists": ownersOnly,
	"POST /api/contact-lists": { owner: 201, member: 403, body: { name: "People" } },
	"GET /api/contact-lists/:id": { ...ownersThing, id: list },
	"PATCH /api/contact-lists/:id": { ...ownersThing, id: list, body: { name: "Folk" } },
	"DELETE /api/contact-lists/:id": { ...ownersThing, id: list },
	"GET /api/contact-lists/:id/contacts": { ...ownersThing, id: list },
	"POST /api/contact-lists/:id/contacts": { ...ownersThing, id: list, body: { contactIds: ["con_nobody"] } },
	"DELETE /api/contact-lists/:id/contacts/:contactId": {
		path: "/api/contact-lists/{id}/contacts/con_nobody",
		id: list,
		owner: 404,
		stranger: 404,
	},
	"POST /api/contact-lists/:id/import": { ...ownersThing, owner: 201, member: 403, id: list, body: csv },
	"GET /api/contact-lists/:id/imports": { ...ownersThing, id: list },
	"GET /api/contact-lists/:id/imports/:importId": {
		path: "/api/contact-lists/{id}/imports/imp_nobody",
		id: list,
		owner: 404,
		stranger: 404,
	},
	"GET /api/contact-lists/:id/imports/:importId/errors": {
		path: "/api/contact-lists/{id}/imports/imp_nobody/errors",
		id: list,
		owner: 404,
		stranger: 404,
	},
	"GET /api/contact-lists/:id/imports/:importId/errors.csv": {
		path: "/api/contact-lists/{id}/imports/imp_nobody/errors.csv",
		id: list,
		owner: 404,
		stranger: 404,
	},
	"GET /api/do-not-call": ownersOnly,
	"POST /api/do-not-call": { owner: 201, member: 403, body: { phoneNumber: "+447712345678" } },
	"POST /api/do-not-call/import": { owner: 201, member: 403, body: csv },
	"GET /api/do-not-call/:id": { ...ownersThing, id: silenced },
	"DELETE /api/do-not-call/:id": { ...ownersThing, id: silenced },
	"GET /api/greeting-files": ownersOnly,
	"POST /api/greeting-files": { owner: 415, member: 403, body: csv },
	"DELETE /api/greeting-files/:id": { path: "/api/greeting-files/grt_nobody", owner: 404, stranger: 404 },
	"GET /api/transfer-numbers": ownersOnly,
	"POST /api/transfer-numbers": { owner: 201, member: 403, body: transfer },
	"DELETE /api/transfer-numbers/:id": { ...ownersThing, id: made("/api/transfer-numbers", transfer) },

	"GET /api/sip-providers": ownersOnly,
	"POST /api/sip-providers": { owner: 201, member: 403, body: sip },
	"PUT /api/sip-providers/:id": { ...ownersThing, id: made("/api/sip-providers", sip), body: { name: "Home" } },
	"PATCH /api/sip-providers/:id/status": {
		...ownersThing,
		id: made("/api/sip-providers", sip),
		body: { active: false },
	},
	"DELETE /api/sip-providers/:id": { ...ownersThing, id: made("/api/sip-providers", sip) },

	"GET /api/dashboard/analytics": { path: `/api/dashboard/analytics?${range}`, owner: 200, member: 403 },
	"GET /api/dashboard/analytics.csv": { path: `/api/dashboard/analytics.csv?${range}`, owner: 200, member: 403 },
	"GET /api/webhooks": { owner: 200, member: 403 },
	"POST /api/webhooks": { owner: 201, member: 403, body: hook },
	"GET /api/webhooks/:id": { ...ownersThing, id: webhook },
	"PATCH /api/webhooks/:id": { ...ownersThing, id: webhook, body: { description: "Ours" } },
	"DELETE /api/webhooks/:id": { ...ownersThing, id: webhook },
	"POST /api/webhooks/:id/rotate-secret": { ...ownersThing, id: webhook, body: {} },
	"POST /api/webhooks/:id/test": { ...ownersThing, owner: 202, id: webhook },
	"GET /api/webhooks/:id/deliveries": { ...ownersThing, id: webhook },
	"POST /api/webhooks/:id/deliveries/:deliveryId/replay": {
		path: "/api/webhooks/{id}/deliveries/dlv_nobody/replay",
		id: webhook,
		owner: 404,
		member: 403,
		stranger: 404,
	},
	"GET /api/assistants": { owner: 200, member: 403 },
	"POST /api/assistants": { owner: 201, member: 403, body: { name: "Desk" } },
	"GET /api/assistants/connections": { owner: 200, member: 403 },
	"GET /api/assistants/:id": { ...ownersThing, id: assistant },
	"PATCH /api/assistants/:id": { ...ownersThing, id: assistant, body: { name: "Night desk" } },
	"DELETE /api/assistants/:id": { ...ownersThing, id: assistant },
	"GET /api/assistant-calls": { owner: 200, member: 403 },
	"GET /api/assistant-calls/:id": { path: "/api/assistant-calls/acl_nobody", owner: 404, member: 403 },
	"GET /api/assistant-calls/:id/recording": {
		path: "/api/assistant-calls/acl_nobody/recording",
		owner: 404,
		member: 403,
	},

	"GET /api/prices": everybody,
	"PUT /api/admin/prices": { owner: 403, member: 403, admin: 200, body: price },
	"DELETE /api/admin/prices": {
		...adminsOnly,
		path: "/api/admin/prices?item=sms_segment&country=NZ&lineType=*",
	},
	"GET /api/wallet/entries.csv": { owner: 200, member: 403 },
	"GET /api/wallet/spend": { owner: 200, member: 403 },
	"GET /api/wallet/rules": { owner: 200, member: 403 },
	"PATCH /api/wallet/rules": { owner: 200, member: 403, body: {} },
	"GET /api/notices": { owner: 200, member: 403 },
	"POST /api/notices/:id/read": { path: "/api/notices/ntc_nobody/read", owner: 404, member: 403 },

	"GET /api/plans": everybody,
	"GET /api/subscriptions": everybody,
	"GET /api/subscriptions/:userId": { owner: 404, member: 404, stranger: 404, admin: 404 },
	"POST /api/subscriptions": { owner: 404, member: 403, body: { planId: "no-such-plan" } },
	"POST /api/subscriptions/cancel": { owner: 404, member: 403, body: {} },
	"GET /api/payments": { owner: 200, member: 403 },
	"POST /api/payments/portal": { owner: 200, member: 403, body: {} },
	"GET /api/admin/plans": adminsOnly,
	"PUT /api/admin/plans/:id{[a-z0-9-]{1,40}}": { owner: 403, member: 403, path: "/api/admin/plans/basic", body: {} },
	"GET /api/admin/differences": adminsOnly,
	"POST /api/admin/differences/:id/close": {
		...adminsOnly,
		path: "/api/admin/differences/dif_nobody/close",
		admin: 404,
	},
	"POST /api/admin/payments/reconcile": adminsOnly,
	"GET /api/admin/carrier/lines": adminsOnly,
	"POST /api/admin/carrier/lines/:ref/adopt": {
		path: "/api/admin/carrier/lines/PN1/adopt",
		owner: 403,
		admin: 404,
		body: {},
	},
	"POST /api/admin/carrier/reconcile": adminsOnly,
};
