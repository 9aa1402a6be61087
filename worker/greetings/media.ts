import { Hono } from "hono";
import type { HttpEnv } from "../http/http-env";
import { MediaQuery } from "../http/media-links";
import { valid } from "../http/valid";
import { type Playback, play } from "./play";

/** Signed media: whoever has the URL may play it, until its time is over. */
export const mediaDoor = new Hono<HttpEnv>().get("/:id", valid("query", MediaQuery), async (c) => {
	const playback = await play(c.var.house, {
		id: c.req.param("id"),
		signed: c.req.valid("query"),
		range: c.req.header("range"),
		ifRange: c.req.header("if-range"),
	});
	return answerWith(playback);
});

/** The bytes as audio and as nothing else: not to be sniffed, framed or run, whatever is in them. */
export function answerWith({ body, mediaType, filename, size, etag, range }: Playback): Response {
	const headers = new Headers({
		"content-type": mediaType,
		"content-disposition": `inline; filename="greeting"; filename*=UTF-8''${percentEncoded(filename)}`,
		"content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
		"x-content-type-options": "nosniff",
		"cache-control": "private, max-age=300",
		"accept-ranges": "bytes",
		etag,
	});
	if (range === "unsatisfiable") {
		headers.set("content-range", `bytes */${size}`);
		headers.delete("content-type");
		return new Response(null, { status: 416, headers });
	}
	headers.set("content-length", String(range ? range.length : size));
	if (!range) return new Response(body, { headers });
	headers.set("content-range", `bytes ${range.start}-${range.start + range.length - 1}/${size}`);
	return new Response(body, { status: 206, headers });
}

const percentEncoded = (text: string) =>
	encodeURIComponent(text.toWellFormed()).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
