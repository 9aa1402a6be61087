import { exports } from "cloudflare:workers";
import { sign } from "../twilio/signature";
import type { Exchange } from "./exchange";
import type { Fields } from "./forms";
import { tokenFrom } from "./token";

const TIMEOUT_MS = 15_000;
const RETRIES = 3;
const PAUSE_MS = 100;

/**
 * Sends a signed request to our own webhooks: straight to this Worker's door, so that it passes the same code as the real
 * carrier's requests also where the public address cannot be reached. Repeated when we failed to take it. Null when all failed.
 */
export async function deliver(exchange: Exchange, url: string, fields: Fields, token: string): Promise<string | null> {
	for (let n = 0; n <= RETRIES; n++) {
		if (n > 0) await scheduler.wait(PAUSE_MS * 2 ** n);
		try {
			const { status, text } = await knock(exchange, url, fields, token);
			if (status < 300) return text;
			complain(url, `answered ${status}`);
			if (status < 500) return null;
		} catch (error) {
			complain(url, String(error));
		}
	}
	return null;
}

async function knock(
	{ settings }: Exchange,
	address: string,
	fields: Fields,
	token: string,
): Promise<{ status: number; text: string }> {
	const url = address.replace(/#.*$/s, "");
	const pairs = Object.entries(fields);
	// Not AbortSignal.timeout(): its timer would keep the object awake long after the answer.
	const patience = new AbortController();
	const timer = setTimeout(() => patience.abort(new Error("took too long")), TIMEOUT_MS);
	try {
		const answer = await throughOwnDoor(settings.PUBLIC_BASE_URL, url, {
			method: "POST",
			headers: {
				"content-type": "application/x-www-form-urlencoded; charset=UTF-8",
				"user-agent": "TwilioProxy/1.1",
				"x-twilio-signature": sign(tokenFrom(settings.MEDIA_SECRET), url, pairs),
				"i-twilio-idempotency-token": token,
			},
			body: new URLSearchParams(pairs).toString(),
			signal: patience.signal,
		});
		return { status: answer.status, text: await answer.text() };
	} finally {
		clearTimeout(timer);
	}
}

/** The door of this very Worker, as the outside knocks at it. */
export const ownDoor = { fetch: (request: Request): Promise<Response> => exports.default.fetch(request) };

/** The pretend network reaches this installation and nothing else. */
export async function throughOwnDoor(publicBaseUrl: string, url: string, init: RequestInit): Promise<Response> {
	if (new URL(url).origin !== new URL(publicBaseUrl).origin) throw new Error("not an address of this installation");
	return ownDoor.fetch(new Request(url, init));
}

// The query carries our own signature, so it stays out of the log.
function complain(url: string, what: string): void {
	console.warn(JSON.stringify({ level: "warn", simulated: "callback", path: new URL(url).pathname, what }));
}
