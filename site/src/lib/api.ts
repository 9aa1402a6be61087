import { navigate } from "astro:transitions/client";
import { hc } from "hono/client";
import type { Api } from "../../../worker/app";
import { loginPath } from "./paths";
import { OFFLINE, Refusal, refusalFrom } from "./refusal";
import { liveSession } from "./session";

// What this page wrote must be in what it reads next, whichever replica answers.
let bookmark: string | null = null;

/** `fetch` with the session's token, renewed once when it is refused. Nobody signed in: on to the sign-in page. */
export async function signedFetch(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
	let held = await liveSession();
	for (let tries = 0; held && tries < 2; tries++) {
		const headers = new Headers(init.headers);
		headers.set("authorization", `Bearer ${held.access_token}`);
		if (bookmark) headers.set("x-d1-bookmark", bookmark);
		const reply = await fetch(input, { ...init, headers }).catch(() => {
			throw OFFLINE;
		});
		bookmark = reply.headers.get("x-d1-bookmark") ?? bookmark;
		if (reply.status !== 401) return reply;
		held = await liveSession(held.access_token);
	}
	void navigate(loginPath(location), { history: "replace" });
	throw new Refusal(401, { error: "You are signed out. Sign in again.", code: "signed_out" });
}

/** The API as its routes type it. */
export const { api } = hc<Api>("/", { fetch: signedFetch });

/** The answer's body; throws what a refused one says. */
export async function said<Body>(replying: Promise<{ ok: boolean; json(): Promise<Body> }>): Promise<Body> {
	const reply = await replying;
	if (!reply.ok) throw await refusalFrom(reply as Response);
	return reply.json();
}

/** Asks a path for a JSON answer. */
export async function ask<Body>(method: string, path: string, body?: unknown, key?: string): Promise<Body> {
	const plain = body === undefined || body instanceof FormData;
	const reply = await signedFetch(path, {
		method,
		headers: {
			...(plain ? {} : { "content-type": "application/json" }),
			...(key ? { "idempotency-key": key } : {}),
		},
		...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
	});
	if (!reply.ok) throw await refusalFrom(reply);
	return reply.status === 204 ? (undefined as Body) : reply.json();
}
