import { Hono } from "hono";
import * as z from "zod";
import { Fault } from "../../errors";
import type { HttpEnv } from "../../http/http-env";
import { within } from "../../http/limits";
import { decodeCursor, PageQuery, PageShape, pageOf } from "../../http/pages";
import { bearerOf, signedIn } from "../../http/signed-in";
import { says, valid } from "../../http/valid";
import { emailKey } from "../inputs";
import { dropRefreshToken, putKnownDevice, putRefreshToken, refreshTokenOf } from "./cookies";
import { deviceOf } from "./device-of";
import { DeviceShape, LogInInput, SessionShape, SignUpInput, UserShape } from "./inputs";
import { logIn } from "./log-in";
import { endDevice, endOtherDevices, logOut } from "./log-out";
import { loginBuckets, refreshBuckets, signUpBuckets } from "./login-limits";
import { fromOwnPage } from "./own-page";
import { refresh } from "./refresh";
import { signUp } from "./sign-up";
import { listSessions } from "./store";
import { deviceOnWire } from "./wire";

const Session = z.object({ session: SessionShape });
/** `mustChangePassword`: somebody else knows the password, because they chose it. */
const LoggedIn = Session.extend({ mustChangePassword: z.boolean() });
const Message = z.object({ message: z.string() });

export const sessionsApi = new Hono<HttpEnv>()
	.post(
		"/signup",
		says(
			"Opens an account and signs its owner in",
			201,
			z.object({ message: z.string(), user: UserShape, session: SessionShape }),
		),
		valid("json", SignUpInput),
		async (c) => {
			const input = c.req.valid("json");
			const { session, refreshToken } = await within(c, signUpBuckets(c), () =>
				signUp(c.var.house, input, deviceOf(c)),
			);
			putRefreshToken(c, refreshToken);
			putKnownDevice(c, emailKey(input.email));
			return c.json({ message: "Your account is open.", user: session.user, session }, 201);
		},
	)
	.post("/login", says("Signs in by password", 200, LoggedIn), valid("json", LogInInput), async (c) => {
		const input = c.req.valid("json");
		const { session, refreshToken, mustChangePassword } = await within(c, loginBuckets(c, input.email), () =>
			logIn(c.var.house, input, deviceOf(c)),
		);
		putRefreshToken(c, refreshToken);
		putKnownDevice(c, emailKey(input.email));
		return c.json({ session, mustChangePassword });
	})
	.post("/refresh", says("Renews the session of the refresh cookie", 200, Session), fromOwnPage, async (c) => {
		const token = refreshTokenOf(c);
		if (!token) throw new Fault("signed_out", "Nobody is signed in here.");
		const { session, refreshToken } = await within(c, refreshBuckets(c), () =>
			refresh(c.var.house, token, deviceOf(c)),
		);
		putRefreshToken(c, refreshToken);
		return c.json({ session });
	})
	.post("/logout", says("Ends this session", 200, Message), fromOwnPage, async (c) => {
		const by = { accessToken: bearerOf(c), refreshToken: refreshTokenOf(c) ?? null };
		dropRefreshToken(c);
		await logOut(c.var.house, by);
		return c.json({ message: "You are signed out." });
	})
	.get(
		"/sessions",
		says("The devices that are signed in", 200, PageShape(DeviceShape)),
		signedIn,
		valid("query", PageQuery),
		async (c) => {
			const { db, userId, sessionId, now } = c.var.scope;
			const { limit, cursor } = c.req.valid("query");
			const [after] = decodeCursor(cursor, z.tuple([z.string()])) ?? [];
			const rows = await listSessions(db, userId, { now: now(), after, limit });
			return c.json(
				pageOf(
					rows,
					limit,
					(row) => [row.id],
					(row) => deviceOnWire(row, sessionId),
				),
			);
		},
	)
	.delete("/sessions", says("Signs all other devices out", 200, z.object({ ended: z.number() })), signedIn, async (c) =>
		c.json({ ended: await endOtherDevices(c.var.scope) }),
	)
	.delete("/sessions/:id", says("Signs one device out", 200, Message), signedIn, async (c) => {
		await endDevice(c.var.scope, c.req.param("id"));
		return c.json({ message: "The device is signed out." });
	});
