import { Hono } from "hono";
import type { HttpEnv } from "../../http/http-env";
import { signedIn } from "../../http/signed-in";
import { personFor } from "../../http/user-id";
import { says, valid } from "../../http/valid";
import { changeProfile, changeSettings, readUser, referredBy } from "./change";
import { ProfileChanges, ProfileShape, SettingsChanges, SettingsShape } from "./inputs";
import { profileOnWire, settingsOnWire } from "./wire";

export const peopleApi = new Hono<HttpEnv>()
	.get("/profiles/:userId", says("A user's profile", 200, ProfileShape), signedIn, async (c) => {
		const scope = await personFor(c.var.scope, c.req.param("userId"));
		const user = await readUser(scope);
		return c.json(profileOnWire(scope.settings, user, await referredBy(scope, user)));
	})
	.patch(
		"/profiles/:userId",
		says("Changes a user's profile", 200, ProfileShape),
		signedIn,
		valid("json", ProfileChanges),
		async (c) => {
			const scope = await personFor(c.var.scope, c.req.param("userId"));
			const user = await changeProfile(scope, c.req.valid("json"));
			return c.json(profileOnWire(scope.settings, user, await referredBy(scope, user)));
		},
	)
	.get("/users/settings", says("The caller's own settings", 200, SettingsShape), signedIn, async (c) =>
		c.json(settingsOnWire(await readUser(c.var.scope))),
	)
	.patch(
		"/users/settings",
		says("Changes the caller's own settings", 200, SettingsShape),
		signedIn,
		valid("json", SettingsChanges),
		async (c) => c.json(settingsOnWire(await changeSettings(c.var.scope, c.req.valid("json")))),
	);
