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
	// Several requests of one page are refused together; whoever comes last may find the door there already.
	if (location.pathname !== "/login") void navigate(loginPath(location), { history: "replace" });
	throw new Refusal(401, { error: "You are signed out. Sign in again.", code: "signed_out" });
}

/** The API as its routes type it. */
export const { api } = hc<Api>("/", { fetch: signedFetch });

interface Reply {
	ok: boolean;
	status: number;
	json(): Promise<unknown>;
}

/** The answer's body, as its route types it; throws what a refused one says. */
export async function said<R extends Reply>(replying: Promise<R>): Promise<Awaited<ReturnType<R["json"]>>> {
	const reply = await replying;
	if (!reply.ok) throw await refusalFrom(reply);
	return (await reply.json()) as Awaited<ReturnType<R["json"]>>;
}

/** Makes a request that spends money or reaches a carrier happen once, however often it is sent. */
export function once(key: string): { headers: Record<string, string> } {
	return { headers: { "idempotency-key": key } };
}

/** For what must reach the server although the page goes. */
export const OUTLIVES_PAGE = { init: { keepalive: true } };
