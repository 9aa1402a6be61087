import { Hono } from "hono";
import { Fault, notFound } from "../../errors";
import type { HttpEnv } from "../../http/http-env";
import { HOUR, within } from "../../http/limits";
import { MediaQuery } from "../../http/media-links";
import { signedIn } from "../../http/signed-in";
import { fieldsFirst, openUpload } from "../../http/upload";
import { actingFor } from "../../http/user-id";
import { says, valid } from "../../http/valid";
import { isShown } from "../../pure/media-type";
import { Upload, UploadFields } from "./inputs";
import { checkMessageMediaUrl } from "./media-url";
import { findMediaAnyAccount } from "./store";
import { uploadMedia } from "./upload";

export const mediaApi = new Hono<HttpEnv>().post(
	"/media",
	says("Uploads a picture or file to be sent: `file` in a form, at most 5 MB", 201, Upload),
	signedIn,
	async (c) => {
		const upload = await openUpload(c, UploadFields);
		const scope = await actingFor(c.var.scope, upload.fields().userId);
		const file = { filename: upload.filename, bytes: fieldsFirst(upload) };
		const perHour = { key: `media:${scope.accountId}`, windows: [{ most: 300, seconds: HOUR }] };
		return c.json(await within(c, [perHour], () => uploadMedia(scope, file)), 201);
	},
);

/** Pictures and files of messages: whoever has the signed URL may see them, until its time is over. */
export const messageMediaDoor = new Hono<HttpEnv>().get("/:id", valid("query", MediaQuery), async (c) => {
	const { settings, db, audio, now } = c.var.house;
	const id = c.req.param("id");
	checkMessageMediaUrl(settings, id, c.req.valid("query"), now());
	const row = await findMediaAnyAccount(db, id);
	if (!row || row.status === "lost") throw notFound("File");
	if (row.status === "pending") throw new Fault("try_again", "This file is still on its way.", { retryAfter: 5 });
	const object = await audio.get(row.r2Key);
	if (!object) throw notFound("File");
	const how = isShown(row.mediaType) ? "inline" : "attachment";
	return new Response(object.body, {
		headers: {
			"content-type": row.mediaType,
			"content-length": String(object.size),
			"content-disposition": `${how}; filename="file"; filename*=UTF-8''${percentEncoded(row.filename || "file")}`,
			"content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
			"x-content-type-options": "nosniff",
			"cache-control": "private, max-age=300",
		},
	});
});

const percentEncoded = (text: string) =>
	encodeURIComponent(text.toWellFormed()).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
