import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { app } from "../app";
import { observeStatements } from "../db/client";
import { type Crowd, openCrowd } from "./crowd";

/** Every route that reads, with an address to ask it by. A new one that is not here fails the last test of this file. */
const ROUTES: Record<string, (crowd: Crowd) => string> = {
	"/api/db-test": () => "/api/db-test",
	"/api/profiles/:userId": ({ account }) => `/api/profiles/${account.userId}`,
	"/api/users/settings": () => "/api/users/settings",
	"/api/auth/sessions": () => "/api/auth/sessions",
	"/api/profiles/:userId/referrals": ({ account }) => `/api/profiles/${account.userId}/referrals`,
	"/api/users/lookup/phone": () => "/api/users/lookup/phone?phoneNumber=%2B447712345678",
	"/api/sub-accounts": () => "/api/sub-accounts",
	"/api/sub-accounts/:id": ({ member }) => `/api/sub-accounts/${member}`,
	"/api/api-keys": () => "/api/api-keys",
	"/api/audit": () => "/api/audit",
	"/api/auth/totp": () => "/api/auth/totp",
	"/api/calls": () => "/api/calls",
	"/api/calls/live": () => "/api/calls/live",
	"/api/voicemail": () => "/api/voicemail",
	"/api/queues": () => "/api/queues",
	"/api/ring-groups": () => "/api/ring-groups",
	"/api/voice-settings": () => "/api/voice-settings",
	"/api/conversations": () => "/api/conversations",
	"/api/conversation-labels": () => "/api/conversation-labels",
	"/api/conversations/:id": ({ conversation }) => `/api/conversations/${conversation}`,
	"/api/conversations/:id/messages": ({ conversation }) => `/api/conversations/${conversation}/messages`,
	"/api/conversations/:id/timeline": ({ conversation }) => `/api/conversations/${conversation}/timeline`,
	"/api/scheduled-messages": () => "/api/scheduled-messages",
	"/api/message-settings": () => "/api/message-settings",
	"/api/message-templates": () => "/api/message-templates",
	"/api/calls/:id": ({ call }) => `/api/calls/${call}`,
	"/api/calls/token": () => "/api/calls/token",
	"/api/blocked-callers": () => "/api/blocked-callers",
	"/api/wallet": () => "/api/wallet",
	"/api/wallet/entries": () => "/api/wallet/entries",
	"/api/campaigns": () => "/api/campaigns",
	"/api/campaigns/:id": ({ campaign }) => `/api/campaigns/${campaign}`,
	"/api/campaigns/call-count/:userId": ({ account }) => `/api/campaigns/call-count/${account.userId}`,
	"/api/campaigns/:id/recipients": ({ campaign }) => `/api/campaigns/${campaign}/recipients`,
	"/api/campaigns/:id/attempts": ({ campaign }) => `/api/campaigns/${campaign}/attempts`,
	"/api/campaigns/:id/do-not-call": ({ campaign }) => `/api/campaigns/${campaign}/do-not-call`,
	"/api/campaigns/:id/requests": ({ campaign }) => `/api/campaigns/${campaign}/requests`,
	"/api/segments": () => "/api/segments",
	"/api/contacts": () => "/api/contacts",
	"/api/contacts/:id": ({ contact }) => `/api/contacts/${contact}`,
	"/api/contact-lists": () => "/api/contact-lists",
	"/api/contact-lists/:id": ({ list }) => `/api/contact-lists/${list}`,
	"/api/contact-lists/:id/contacts": ({ list }) => `/api/contact-lists/${list}/contacts`,
	"/api/contact-lists/:id/imports": ({ list }) => `/api/contact-lists/${list}/imports`,
	"/api/contact-lists/:id/imports/:importId": (crowd) => `/api/contact-lists/${crowd.list}/imports/${crowd.import}`,
	"/api/contact-lists/:id/imports/:importId/errors": (crowd) =>
		`/api/contact-lists/${crowd.list}/imports/${crowd.import}/errors`,
	"/api/imports": () => "/api/imports",
	"/api/campaigns/:id/report": ({ campaign }) => `/api/campaigns/${campaign}/report`,
	"/api/do-not-call": () => "/api/do-not-call",
	"/api/do-not-call/:id": () => "/api/do-not-call/%2B12000000001",
	"/api/greeting-files": () => "/api/greeting-files",
	"/api/transfer-numbers": () => "/api/transfer-numbers",
	"/api/sip-providers": () => "/api/sip-providers",
	"/api/phone-numbers": () => "/api/phone-numbers",
	"/api/phone-numbers/available": () => "/api/phone-numbers/available",
	"/api/dashboard/analytics": () => "/api/dashboard/analytics?from=2026-01-01&to=2026-12-31&timeZone=Europe/Berlin",
	"/api/webhooks": () => "/api/webhooks",
	"/api/assistants": () => "/api/assistants",
	"/api/assistants/connections": () => "/api/assistants/connections",
	"/api/assistant-calls": () => "/api/assistant-calls",
	"/api/wallet/spend": () => "/api/wallet/spend",
	"/api/wallet/rules": () => "/api/wallet/rules",
	"/api/notices": () => "/api/notices",
	"/api/payments": () => "/api/payments",
	"/api/plans": () => "/api/plans",
	"/api/channels": () => "/api/channels",
	"/api/channels/:id": ({ channel }) => `/api/channels/${channel}`,
	"/api/phone-numbers/purchase/:operationId": ({ operation }) => `/api/phone-numbers/purchase/${operation}`,
	"/api/phone-numbers/assigned/:id": ({ member }) => `/api/phone-numbers/assigned/${member}`,
};

/** Routes that read, but nothing that grows; or that read everything because that is what they are for. */
const NOT_HELD = new Map([
	["/api/health", "asks no database"],
	["/api/docs", "asks no database"],
	["/api/signaling/:identity", "asks no database"],
	["/api/calls/export.csv", "the whole log, a page at a time: that is what it is for"],
	["/api/live", "a WebSocket; resuming reads the outbox of one account by its index"],
	["/api/openapi.json", "asks no database"],
	["/api/auth/providers", "asks no database"],
	["/api/auth/google", "asks no database"],
	["/api/auth/google/callback", "asks Google; then one person by key"],
	["/api/debug/outbox", "development only"],
	["/api/account/export/:table", "one table of one account, a page at a time: that is what it is for"],
	["/api/audit/proof", "follows the whole chain of one account: that is what it is for"],
	["/api/audit/export.csv", "the whole log of one account, a page at a time: that is what it is for"],
	["/api/account/export", "everything of one account, a page at a time: that is what it is for"],
	["/api/wallet/entries.csv", "reads every entry of the account, page by page: that is what it is for"],
	["/api/subscriptions", "one account's newest subscription, by index"],
	["/api/subscriptions/:userId", "one account's newest subscription, by index"],
	["/api/dashboard/analytics.csv", "asks as /api/dashboard/analytics does"],
	["/api/webhooks/:id", "one webhook by its key"],
	["/api/webhooks/:id/deliveries", "one webhook's log, by its index; the crowd has none"],
	["/api/assistants/:id", "one assistant by its key"],
	["/api/assistant-calls/:id", "one call by its key"],
	["/api/assistant-calls/:id/recording", "one call by its key, and its sound"],
	["/api/prices", "the price book, which is short"],
	["/api/admin/plans", "the plans, which are few"],
	["/api/admin/differences", "what is wrong: short, or somebody is busy"],
	["/api/admin/carrier/lines", "asks the carrier, and the database for all numbers in use"],
	["/api/admin/invariants", "reads everything: that is what it is for"],
	["/api/admin/accounts/:userId/reach", "one row and the settings, for administrators"],
	["/api/admin/settings", "a handful of rows, for administrators"],
	["/media/:id", "one file by its signed address"],
	["/media/recordings/:id", "one file by its signed address"],
	["/media/hold-music", "asks no database"],
	["/api/phone-numbers/:id/recording", "one row of each table by its key"],
	["/api/ring-groups/:id", "one row by its key"],
	["/api/queues/:id", "one queue, as /api/queues reads them all"],
	["/api/queues/:id/calls", "who waits in one queue, by its index; the crowd has none"],
	["/api/recordings/:callId", "one call's recordings, by their index; the crowd makes none"],
	["/media/messages/:id", "one file by its signed address"],
	["/api/debug/pretend/messages", "development only"],
	["/media/avatars/:userId/:name", "one picture by its signed address"],
	["/api/contact-lists/:id/imports/:importId/errors.csv", "every bad row of one file: that is what it is for"],
	["/api/campaigns/:id/recipients.csv", "every person of one campaign, a page at a time: that is what it is for"],
	[
		"/api/segments/:id/contacts",
		"asks every contact of the account whether it meets the filter, up to a page: that is what it is for",
	],
	["/api/campaigns/:id/preflight", "counts a whole list in the database: that is what it is for"],
	["/api/campaigns/:id/export.csv", "every call of one campaign, a page at a time: that is what it is for"],
	["/api/openapi.json", "asks no database"],
	["/api/phone-numbers/search", "asks the carrier, and the database for one country's prices"],
	["/api/phone-numbers/purchase/batch/:id", "an operation by its key, and its parts"],
]);

/** Tables that stay small however many accounts there are, and tables that are not tables. */
const SMALL =
	/^SCAN (CONSTANT ROW|json_each|json_tree|\(subquery-\d+\)|price_book|plans|installation|carrier_load|heartbeats|must)(?!\w)/;

interface Asked {
	sql: string;
	params: unknown[];
}

let crowd: Crowd;
beforeAll(async () => {
	crowd = await openCrowd();
}, 120_000);
afterEach(() => observeStatements(undefined));

/** Asks a route and gives what it asked the database for, and in how many round trips. */
async function ask(
	path: string,
): Promise<{ status: number; trips: number; asked: Asked[]; nextCursor: string | null }> {
	const asked: Asked[] = [];
	observeStatements((statement) => asked.push(statement));
	const reply = await crowd.account.call(path);
	observeStatements(undefined);
	const body = (await reply.json()) as { nextCursor?: string | null };
	const trips = Number(/(\d+) round trips/.exec(reply.headers.get("server-timing") ?? "")?.[1]);
	return { status: reply.status, trips, asked, nextCursor: body.nextCursor ?? null };
}

async function scansIn({ sql, params }: Asked): Promise<string[]> {
	const plan = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
		.bind(...params)
		.all<{ detail: string }>();
	return plan.results.map(({ detail }) => detail).filter((detail) => detail.startsWith("SCAN ") && !SMALL.test(detail));
}

/** Rows that each item of a list is made of, where it is more than one; one found by a secondary index counts twice. */
const ROWS_PER_ITEM = new Map([
	["/api/audit", 2], // the deed, its seal
	["/api/calls", 2], // the call, the contact at its other end
	["/api/campaigns", 3], // the campaign, its counters, its transfer number
	["/api/dashboard/analytics", 4], // a moment's text, and the running totals before it
	["/api/assistants/connections", 2], // the number, its connection
	["/api/campaigns/:id/recipients", 5], // the recipient, the contact, the last attempt
	["/api/contact-lists", 2], // the list, its last import
	["/api/conversations/:id/timeline", 3], // the message by its time, the page that it is sorted into
	["/api/imports", 3], // the import, its list by its key
	["/api/contact-lists/:id/contacts", 3], // the membership, the contact
]);

/** Rows that a read touches beyond 1.1 times what its items are made of, and ten. */
async function rowsTooMany({ sql, params }: Asked, rowsPerItem = 1): Promise<number> {
	if (!/^\s*(select|with)\b/i.test(sql)) return 0;
	const { results, meta } = await env.DB.prepare(sql)
		.bind(...params)
		.all();
	return Math.max(0, Math.ceil(meta.rows_read - results.length * rowsPerItem * 1.1 - 10));
}

const mounted = new Set(app.routes.filter(({ method }) => method === "GET").map(({ path }) => path));

describe("with a hundred thousand rows in the tables", () => {
	it.each(Object.entries(ROUTES).filter(([route]) => mounted.has(route)))(
		"%s reads no more than it needs",
		async (route, pathOf) => {
			const path = pathOf(crowd);

			const first = await ask(path);
			const further = first.nextCursor && (await ask(`${path}?cursor=${encodeURIComponent(first.nextCursor)}`));

			for (const { status, trips, asked } of [first, ...(further ? [further] : [])]) {
				expect(status).toBe(200);
				expect(trips).toBe(1);
				expect(asked.filter(({ sql }) => /\boffset\b/i.test(sql))).toEqual([]);
				for (const statement of asked) {
					expect(await scansIn(statement), statement.sql).toEqual([]);
					expect(await rowsTooMany(statement, ROWS_PER_ITEM.get(route)), statement.sql).toBe(0);
				}
			}
		},
	);

	it.each(["/api/conversations?q=parcel", "/api/conversations?q=415", "/api/conversations?status=done&unread=true"])(
		"%s asks an index",
		async (path) => {
			const { status, trips, asked } = await ask(path);

			expect([status, trips]).toEqual([200, 1]);
			const scans = (await Promise.all(asked.map(scansIn))).flat();
			// The full-text index is a virtual table: "M" says that it is asked for a match.
			expect(scans.filter((scan) => !/^SCAN \w+_words VIRTUAL TABLE INDEX \d+:(=)?M\d/.test(scan))).toEqual([]);
			for (const statement of asked) expect(await rowsTooMany(statement, 3), statement.sql).toBeLessThan(400);
		},
	);

	it("sees a scan when there is one", async () => {
		expect(await scansIn({ sql: "SELECT id FROM contacts WHERE first_name = ?", params: ["Ann"] })).toHaveLength(1);
		expect(await rowsTooMany({ sql: "SELECT count(*) FROM contacts", params: [] })).toBeGreaterThan(90_000);
	});

	it("holds every route that reads", () => {
		const held = new Set([...Object.keys(ROUTES), ...NOT_HELD.keys()]);

		expect([...mounted].filter((route) => !held.has(route))).toEqual([]);
	});
});
