import { SignJWT } from "jose";
import * as z from "zod";
import type { Settings } from "../../env";
import { type IceServer, iceServersFor } from "./ice-servers";

/** Which way calls from a browser go. */
export const CallsWay = z.discriminatedUnion("mode", [
	z.object({ mode: z.literal("twilio"), identity: z.string(), token: z.string(), expiresAt: z.string() }),
	z.object({
		mode: z.literal("webrtc"),
		identity: z.string(),
		ticket: z.string(),
		iceServers: z.array(
			z.object({ urls: z.array(z.string()), username: z.string().optional(), credential: z.string().optional() }),
		),
	}),
]);
export type CallsWay =
	| { mode: "twilio"; identity: string; token: string; expiresAt: string }
	| { mode: "webrtc"; identity: string; ticket: string; iceServers: IceServer[] };

const TOKEN_SECONDS = 3_600;

/** Through the carrier when its voice settings are complete, else from browser to browser with a ticket that `mint` signs. */
export async function wayOfCalls(
	settings: Settings,
	identity: string,
	now: number,
	mint: () => Promise<string>,
): Promise<CallsWay> {
	const voice = voiceSettings(settings);
	if (voice) {
		const expiresAt = new Date((Math.floor(now / 1000) + TOKEN_SECONDS) * 1000).toISOString();
		return { mode: "twilio", identity, token: await voiceToken(voice, identity, now), expiresAt };
	}
	const [ticket, iceServers] = await Promise.all([mint(), iceServersFor(settings)]);
	return { mode: "webrtc", identity, ticket, iceServers };
}

interface Voice {
	account: string;
	key: string;
	secret: string;
	app: string;
}

function voiceSettings(settings: Settings): Voice | null {
	const { TWILIO_ACCOUNT_SID, TWILIO_API_KEY_SID, TWILIO_API_KEY_SECRET, TWILIO_TWIML_APP_SID, carrier } = settings;
	if (carrier !== "twilio" || !TWILIO_ACCOUNT_SID) return null;
	if (!TWILIO_API_KEY_SID || !TWILIO_API_KEY_SECRET || !TWILIO_TWIML_APP_SID) return null;
	return {
		account: TWILIO_ACCOUNT_SID,
		key: TWILIO_API_KEY_SID,
		secret: TWILIO_API_KEY_SECRET,
		app: TWILIO_TWIML_APP_SID,
	};
}

function voiceToken({ account, key, secret, app }: Voice, identity: string, now: number): Promise<string> {
	const issuedAt = Math.floor(now / 1000);
	const voice = { incoming: { allow: true }, outgoing: { application_sid: app } };
	return new SignJWT({ grants: { identity, voice } })
		.setProtectedHeader({ alg: "HS256", typ: "JWT", cty: "twilio-fpa;v=1" })
		.setJti(`${key}-${issuedAt}`)
		.setIssuer(key)
		.setSubject(account)
		.setIssuedAt(issuedAt)
		.setExpirationTime(issuedAt + TOKEN_SECONDS)
		.sign(new TextEncoder().encode(secret));
}
