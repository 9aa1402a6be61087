import { navigate } from "astro:transitions/client";
import { forgetAll } from "./cache";
import { ownPath } from "./paths";
import { OFFLINE, refusalFrom } from "./refusal";
import { keepSession } from "./session";
import type { Session } from "./wire";

/** Knocks at an endpoint that needs no session. Throws what a refusal says. */
export async function knock<Body>(path: string, body: unknown): Promise<Body> {
	const reply = await fetch(path, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify(body),
	}).catch(() => {
		throw OFFLINE;
	});
	if (!reply.ok) throw await refusalFrom(reply);
	return reply.json();
}

/** Keeps the session that the door gave and goes in, to where the visitor was headed. */
export async function goIn({ session }: { session: Session }): Promise<void> {
	forgetAll();
	keepSession(session);
	await navigate(ownPath(new URLSearchParams(location.search).get("next")));
}
