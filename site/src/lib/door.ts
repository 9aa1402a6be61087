import { navigate } from "astro:transitions/client";
import { hc } from "hono/client";
import type { Api } from "../../../worker/app";
import { forgetAll } from "./cache";
import { ownPath } from "./paths";
import { OFFLINE } from "./refusal";
import { keepSession } from "./session";
import type { Session } from "./wire";

/** What needs no session, as the routes type it. */
export const door = hc<Api>("/", {
	fetch: (input: RequestInfo | URL, init?: RequestInit) =>
		fetch(input, init).catch(() => {
			throw OFFLINE;
		}),
}).api.auth;

/** Keeps the session that the door gave and goes in, to where the visitor was headed. */
export async function goIn({ session }: { session: Session }): Promise<void> {
	forgetAll();
	keepSession(session);
	await navigate(ownPath(new URLSearchParams(location.search).get("next")));
}

const ERRORS: Record<string, string> = {
	account_closed: "Your account is closed. Its numbers are being released and its data erased.",
	google_again: "This sign-in with Google was not started here, or took too long. Start again.",
	google_busy: "That were too many tries with Google. Wait a minute, then start again.",
	google_second_factor: "Your account asks for a code as well. Sign in with your password and the code.",
	google_off: "Sign-in with Google is not set up here. Use your password.",
	google_unreachable: "Google cannot be reached right now. Try again shortly, or use your password.",
	google_denied: "Google was told not to share your address, so nobody was signed in.",
	google_suspended: "This account is suspended. Ask its owner to let you in again.",
	google_unverified: "Google has not verified this address. Sign in with your password instead.",
	google_confirm_first: "An account with this address exists. Sign in with its password and confirm the address first.",
};

/** What an attempt that came back to the door ran into. */
export function whyNotIn(error: string | null): string {
	return error === null ? "" : (ERRORS[error] ?? "That did not work. Try again.");
}
