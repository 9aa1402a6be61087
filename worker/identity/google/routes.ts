import { type Context, Hono } from "hono";
import { createMiddleware } from "hono/factory";
import * as z from "zod";
import { Fault, type FaultCode, notFound } from "../../errors";
import type { HttpEnv } from "../../http/http-env";
import { addressOf, MINUTE, within } from "../../http/limits";
import { says, valid } from "../../http/valid";
import { newHandshake } from "../../outside/google";
import { putRefreshToken } from "../sessions/cookies";
import { keepHandshake, takeHandshake } from "./handshake-cookie";
import { StartQuery } from "./inputs";
import { beginGoogle, finishGoogle } from "./sign-in";

const configured = createMiddleware<HttpEnv>(async (c, next) => {
	if (!hasGoogle(c)) throw notFound("Sign-in with Google");
	await next();
});

/** What went wrong on the way, as the login page explains it. */
const REASONS: Partial<Record<FaultCode, string>> = {
	signed_out: "google_again",
	try_again: "google_unreachable",
	rate_limited: "google_busy",
	not_found: "google_off",
};

/** Leads a browser that ran into something back to the door; who reads JSON gets the fault itself. */
const backToTheDoor = createMiddleware<HttpEnv>(async (c, next) => {
	await next();
	const reason = c.error instanceof Fault ? REASONS[c.error.code] : undefined;
	if (!reason || !c.req.header("accept")?.includes("text/html")) return;
	const cookies = c.res.headers.getSetCookie();
	c.res = c.redirect(`/login?error=${reason}`);
	for (const cookie of cookies) c.res.headers.append("set-cookie", cookie);
});

export const googleApi = new Hono<HttpEnv>()
	.get("/providers", says("Which ways to sign in there are", 200, z.object({ google: z.boolean() })), (c) =>
		c.json({ google: hasGoogle(c) }),
	)
	.use("/google/*", backToTheDoor)
	.get("/google", says("Sends the browser to Google", 302, null), configured, valid("query", StartQuery), async (c) => {
		const buckets = [{ key: `google:${addressOf(c)}`, windows: [{ most: 30, seconds: MINUTE }] }];
		const handshake = newHandshake();
		const url = await within(c, buckets, () => beginGoogle(c.var.house, handshake));
		keepHandshake(c, { ...handshake, next: c.req.valid("query").next });
		return c.redirect(url);
	})
	.get("/google/callback", says("Takes the browser back, signed in", 302, null), configured, async (c) => {
		const handshake = takeHandshake(c);
		if (!handshake) throw new Fault("signed_out", "This sign-in was not started here, or long ago. Start again.");
		const answer = new URL(c.req.url).searchParams;
		if (answer.get("error") === "access_denied") return c.redirect("/login?error=google_denied");
		const device = { ip: addressOf(c), userAgent: c.req.header("user-agent") ?? "" };
		const result = await finishGoogle(c.var.house, answer, handshake, device);
		if (typeof result === "string") return c.redirect(`/login?error=${result}`);
		putRefreshToken(c, result.refreshToken);
		return c.redirect(handshake.next);
	});

function hasGoogle(c: Context<HttpEnv>): boolean {
	const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET } = c.var.house.settings;
	return Boolean(GOOGLE_CLIENT_ID && GOOGLE_CLIENT_SECRET);
}
