import { type Context, Hono } from "hono";
import * as z from "zod";
import { Fault, notFound } from "../errors";
import type { HttpEnv } from "../http/http-env";
import { type Bucket, MINUTE, within } from "../http/limits";
import { signedIn } from "../http/signed-in";
import { says, valid } from "../http/valid";
import { CallsWay } from "../outside/turn/calls-way";
import { askWay, callerOf } from "./ask-way";
import { BlockedId, BlockedShape, BlockInput, RoomName } from "./inputs";
import { SUBPROTOCOL } from "./protocol";
import { readTicket, type Ticket } from "./ticket";

/** Calls between browsers: the way in, the rooms, and who may not ring. */
export const signalingApi = new Hono<HttpEnv>()
	.get(
		"/calls/token",
		says("Which way calls go now, and what a browser needs for it", 200, CallsWay),
		signedIn,
		async (c) => c.json(await within(c, [tokens(c)], () => askWay(c.var.scope))),
	)
	.get("/blocked-callers", says("Who may not ring", 200, z.array(BlockedShape)), signedIn, async (c) => {
		const blocked = await (await ownRoom(c)).blocked();
		return c.json(
			blocked.map(({ identity, blockedAt }) => ({ identity, blockedAt: new Date(blockedAt).toISOString() })),
		);
	})
	.post(
		"/blocked-callers",
		says("Blocks a caller", 201, BlockInput),
		signedIn,
		valid("json", BlockInput),
		async (c) => {
			const { identity } = c.req.valid("json");
			await (await ownRoom(c)).block(identity);
			return c.json({ identity }, 201);
		},
	)
	.delete(
		"/blocked-callers/:id",
		says("Lets a caller ring again", 200, z.object({ success: z.literal(true) })),
		signedIn,
		valid("param", BlockedId),
		async (c) => {
			if (!(await (await ownRoom(c)).unblock(c.req.valid("param").id))) throw notFound("Blocked caller");
			return c.json({ success: true as const });
		},
	)
	.get("/signaling/:identity", says("The signaling room of a call identity (WebSocket)", 101, null), async (c) => {
		const { protocol, ticket } = await admitted(c);
		const headers = { upgrade: "websocket", "x-ticket": encodeURIComponent(JSON.stringify(ticket)), ...protocol };
		const reply = await c.env.SIGNALING_ROOM.getByName(ticket.identity).fetch("https://room/", { headers });
		if (reply.status === 401) throw new Fault("signed_out", "This ticket was used already. Ask for a new one.");
		if (reply.status !== 101) throw new Fault("rate_limited", "Too many devices are here.", { retryAfter: 60 });
		return reply;
	});

const tokens = (c: Context<HttpEnv>): Bucket => ({
	key: `calls-token:${c.var.scope.userId}`,
	windows: [{ most: 60, seconds: MINUTE }],
	unsure: "allow",
});

async function ownRoom(c: Context<HttpEnv>) {
	const { identity } = await callerOf(c.var.scope);
	return c.env.SIGNALING_ROOM.getByName(identity);
}

/** Lets a device on to its own room: a ticket of ours for this very room, and no page of another site behind it. */
async function admitted(c: Context<HttpEnv>): Promise<{ ticket: Ticket; protocol: Record<string, string> }> {
	const { settings } = c.var.house;
	const origin = c.req.header("origin");
	const own = [new URL(settings.PUBLIC_BASE_URL).origin];
	if (settings.ENVIRONMENT !== "production") own.push(new URL(c.req.url).origin);
	if (origin !== undefined && !own.includes(origin)) throw new Fault("not_allowed", "Not from this site.");
	const offered = (c.req.header("sec-websocket-protocol") ?? "").split(",").map((name) => name.trim());
	const speaks = offered[0] === SUBPROTOCOL;
	const shown = (speaks ? offered[1] : undefined) ?? c.req.query("ticket");
	if (!shown) throw new Fault("signed_out", "Ask for a ticket first: GET /api/calls/token");
	const ticket = await readTicket(settings, shown);
	const room = RoomName.safeParse(c.req.param()).data?.identity;
	if (room === undefined || (room !== ticket.identity && room !== ticket.number))
		throw new Fault("not_allowed", "This ticket is for another room.");
	if (c.req.header("upgrade")?.toLowerCase() !== "websocket") throw new Fault("malformed", "This is a WebSocket.");
	return { ticket, protocol: speaks ? { "sec-websocket-protocol": SUBPROTOCOL } : {} };
}
