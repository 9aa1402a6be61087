import * as z from "zod";
import type { Settings } from "../../env";

const IceServer = z.object({
	urls: z.union([z.string(), z.array(z.string())]).transform((urls) => [urls].flat()),
	username: z.string().optional(),
	credential: z.string().optional(),
});
export type IceServer = z.output<typeof IceServer>;
const Answer = z.object({
	iceServers: z.union([IceServer, z.array(IceServer)]).transform((servers) => [servers].flat()),
});

/** Credentials of a relay end within the hour, so a stolen one is of little use. */
const RELAY_SECONDS = 3_600;
const TIMEOUT_MS = 3_000;
const RELAY_API = "https://rtc.live.cloudflare.com/v1/turn/keys";

type Configured = Pick<Settings, "TURN_KEY_ID" | "TURN_KEY_API_TOKEN" | "STUN_URLS">;

/** What browsers find each other with: a relay with credentials of its own when one is configured and answers, else STUN alone. */
export async function iceServersFor(settings: Configured): Promise<IceServer[]> {
	const stun = settings.STUN_URLS.length > 0 ? [{ urls: settings.STUN_URLS }] : [];
	const { TURN_KEY_ID: id, TURN_KEY_API_TOKEN: token } = settings;
	if (!id || !token) return stun;
	try {
		return await relayServers(id, token);
	} catch (error) {
		console.error(JSON.stringify({ level: "error", relay: "no credentials", error: String(error) }));
		return stun;
	}
}

async function relayServers(id: string, token: string): Promise<IceServer[]> {
	const answer = await fetch(`${RELAY_API}/${encodeURIComponent(id)}/credentials/generate-ice-servers`, {
		method: "POST",
		headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
		body: JSON.stringify({ ttl: RELAY_SECONDS }),
		redirect: "manual",
		signal: AbortSignal.timeout(TIMEOUT_MS),
	});
	if (!answer.ok) throw new Error(`the relay's API answered ${answer.status}`);
	const { iceServers } = Answer.parse(await answer.json());
	// Browsers refuse port 53 and take seconds to say so.
	return iceServers
		.map((server) => ({ ...server, urls: server.urls.filter((url) => !/:53(\?|$)/.test(url)) }))
		.filter(({ urls }) => urls.length > 0);
}
