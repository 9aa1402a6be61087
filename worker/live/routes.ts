import { type Context, Hono } from "hono";
import * as z from "zod";
import { Fault } from "../errors";
import type { HttpEnv } from "../http/http-env";
import { MINUTE, within } from "../http/limits";
import { signedIn } from "../http/signed-in";
import { TICKET_SECONDS } from "../http/tickets";
import { says, valid } from "../http/valid";
import { mintFeedTicket, readFeedTicket } from "./ticket";

const LiveTicket = z.object({ ticket: z.string(), expiresIn: z.number() });
const LiveQuery = z.object({
	ticket: z.string().max(2000).optional(),
	since: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
});

/** The live feed: one socket per open page, told what happens in its account. */
export const liveApi = new Hono<HttpEnv>()
	.post(
		"/live/ticket",
		says("A ticket for the live feed: once, within 30 seconds", 201, LiveTicket),
		signedIn,
		async (c) => {
			const { scope } = c.var;
			const bucket = {
				key: `live-ticket:${scope.userId}`,
				windows: [{ most: 60, seconds: MINUTE }],
				unsure: "allow" as const,
			};
			const ticket = await within(c, [bucket], () => mintFeedTicket(scope.settings, scope, scope.now()));
			return c.json({ ticket, expiresIn: TICKET_SECONDS }, 201);
		},
	)
	.get("/live", says("The live feed (WebSocket)", 101, null), valid("query", LiveQuery), async (c) => {
		const { ticket: shown, since } = c.req.valid("query");
		sameSite(c);
		if (!shown) throw new Fault("signed_out", "Ask for a ticket first: POST /api/live/ticket");
		const ticket = await readFeedTicket(c.var.house.settings, shown);
		if (c.req.header("upgrade")?.toLowerCase() !== "websocket") throw new Fault("malformed", "This is a WebSocket.");
		const headers = { upgrade: "websocket", "x-entry": JSON.stringify({ ticket, since: since ?? null }) };
		const reply = await c.env.ACCOUNT_FEED.getByName(ticket.accountId).fetch("https://feed/", { headers });
		if (reply.status === 401) throw new Fault("signed_out", "This ticket was used already. Ask for a new one.");
		if (reply.status !== 101) throw new Fault("rate_limited", "Too many pages are open.", { retryAfter: 60 });
		return reply;
	});

/** A browser says which page opens a socket; only our own may. What is no browser says nothing. */
function sameSite(c: Context<HttpEnv>): void {
	const { settings } = c.var.house;
	const origin = c.req.header("origin");
	const own = [new URL(settings.PUBLIC_BASE_URL).origin];
	if (settings.ENVIRONMENT !== "production") own.push(new URL(c.req.url).origin);
	if (origin !== undefined && !own.includes(origin)) throw new Fault("not_allowed", "Not from this site.");
}
