import { jwtVerify, SignJWT } from "jose";
import * as z from "zod";
import type { Settings } from "../env";
import { Fault } from "../errors";
import type { Scope } from "../scope";

/** Who may listen to which account's feed: good once, within half a minute. A browser's WebSocket cannot send an Authorization header. */
export const FeedTicket = z.object({
	id: z.string().min(1),
	accountId: z.string().min(1),
	userId: z.string().min(1),
	sessionId: z.string(),
	/** Unix milliseconds. */
	expiresAt: z.number(),
});
export type FeedTicket = z.output<typeof FeedTicket>;

export const TICKET_SECONDS = 30;
const NAMES = { issuer: "trunkline", audience: "trunkline-live" };
const TYPE = "feed-ticket+jwt";
const Claims = z.object({ jti: z.string(), sub: z.string(), exp: z.number(), acc: z.string(), sid: z.string() });

const keyOf = ({ JWT_SECRET }: Settings) => new TextEncoder().encode(JWT_SECRET);

/** Signs a ticket. That it is used once is the feed's to see to. */
export function mintFeedTicket(
	settings: Settings,
	{ accountId, userId, sessionId, apiKeyId = "" }: Pick<Scope, "accountId" | "userId" | "sessionId" | "apiKeyId">,
	now: number,
): Promise<string> {
	return new SignJWT({ acc: accountId, sid: sessionId ?? apiKeyId })
		.setProtectedHeader({ alg: "HS256", typ: TYPE })
		.setIssuer(NAMES.issuer)
		.setAudience(NAMES.audience)
		.setSubject(userId)
		.setJti(crypto.randomUUID())
		.setExpirationTime(Math.floor(now / 1000) + TICKET_SECONDS)
		.sign(keyOf(settings));
}

/** What a ticket says; throws `signed_out` when it is forged, expired or none of ours. */
export async function readFeedTicket(settings: Settings, ticket: string): Promise<FeedTicket> {
	try {
		const { payload } = await jwtVerify(ticket, keyOf(settings), {
			...NAMES,
			algorithms: ["HS256"],
			typ: TYPE,
			requiredClaims: ["exp", "sub", "jti"],
		});
		const { jti, sub, exp, acc, sid } = Claims.parse(payload);
		return { id: jti, accountId: acc, userId: sub, sessionId: sid, expiresAt: exp * 1000 };
	} catch (cause) {
		throw new Fault("signed_out", "The ticket is not valid any more. Ask for a new one.", { cause });
	}
}
