import { jwtVerify, SignJWT } from "jose";
import * as z from "zod";
import type { Settings } from "../env";
import { Fault } from "../errors";

/** How long a ticket is good. */
export const TICKET_SECONDS = 30;

const Registered = z.object({ jti: z.string().min(1), sub: z.string().min(1), exp: z.number() });
const keyOf = ({ JWT_SECRET }: Settings) => new TextEncoder().encode(JWT_SECRET);

/**
 * Tickets for one kind of WebSocket: signed, good once and for half a minute, because a browser's WebSocket cannot send an
 * Authorization header. That each is used only once is for the object behind the socket to see to.
 */
export function ticketsFor<Claims extends z.ZodObject>(what: {
	type: string;
	audience: string;
	claims: Claims;
	over: string;
}) {
	const issuer = "trunkline";
	const Payload = Registered.and(what.claims);
	return {
		mint(settings: Settings, subject: string, claims: z.output<Claims>, now: number): Promise<string> {
			return new SignJWT(claims)
				.setProtectedHeader({ alg: "HS256", typ: what.type })
				.setIssuer(issuer)
				.setAudience(what.audience)
				.setSubject(subject)
				.setJti(crypto.randomUUID())
				.setExpirationTime(Math.floor(now / 1000) + TICKET_SECONDS)
				.sign(keyOf(settings));
		},
		/** What a ticket says, with its end in Unix milliseconds; throws `signed_out` when it is forged, expired or of another kind. */
		async read(settings: Settings, ticket: string) {
			try {
				const { payload } = await jwtVerify(ticket, keyOf(settings), {
					issuer,
					audience: what.audience,
					algorithms: ["HS256"],
					typ: what.type,
					requiredClaims: ["exp", "sub", "jti"],
				});
				const { jti, sub, exp, ...claims } = Payload.parse(payload);
				return { id: jti, subject: sub, expiresAt: exp * 1000, claims };
			} catch (cause) {
				throw new Fault("signed_out", what.over, { cause });
			}
		},
	};
}
