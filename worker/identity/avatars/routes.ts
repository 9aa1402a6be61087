import { Hono } from "hono";
import * as z from "zod";
import type { HttpEnv } from "../../http/http-env";
import { HOUR, within } from "../../http/limits";
import { signedIn } from "../../http/signed-in";
import { openUpload } from "../../http/upload";
import { personFor } from "../../http/user-id";
import { says, valid } from "../../http/valid";
import { referredBy } from "../people/change";
import { ProfileShape } from "../people/inputs";
import { profileOnWire } from "../people/wire";
import { findAvatar, takeAvatar } from "./avatars";

export const AvatarFields = z.object({ userId: z.string().optional() });
const Address = z.object({ userId: z.string().regex(/^usr_\w{1,40}$/), name: z.string().regex(/^\w{26}$/) });

export const avatarsApi = new Hono<HttpEnv>().post(
	"/profiles/:userId/avatar",
	says("Uploads a picture: `file` in a form", 200, ProfileShape),
	signedIn,
	async (c) => {
		const scope = await personFor(c.var.scope, c.req.param("userId"));
		const buckets = [{ key: `avatar:${scope.userId}`, windows: [{ most: 30, seconds: HOUR }] }];
		const user = await within(c, buckets, async () => takeAvatar(scope, (await openUpload(c, AvatarFields)).bytes));
		return c.json(profileOnWire(scope.settings, user, await referredBy(scope, user)));
	},
);

/** Pictures, and as nothing else than pictures. */
export const avatarsDoor = new Hono<HttpEnv>().get("/:userId/:name", valid("param", Address), async (c) => {
	const { userId, name } = c.req.valid("param");
	const { body, httpMetadata } = await findAvatar(c.var.house, userId, name);
	return c.body(body, 200, {
		"content-type": httpMetadata?.contentType ?? "application/octet-stream",
		"content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
		"cache-control": "public, max-age=31536000, immutable",
	});
});
