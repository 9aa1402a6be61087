import { jwtVerify, SignJWT } from "jose";
import * as z from "zod";
import type { Settings } from "../env";
import { Fault } from "../errors";

/** Who may enter which room, once, within half a minute. */
export const Ticket = z.object({
	id: z.string().min(1),
	identity: z.string().min(1),
	name: z.string(),
	/** The personal number in E.164, or "". */
	number: z.string(),
	sessionId: z.string(),
	/** Unix milliseconds. */
	expiresAt: z.number(),
});
export type Ticket = z.output<typeof Ticket>;

const TICKET_SECONDS = 30;
const NAMES = { issuer: "trunkline", audience: "trunkline-signaling" };
const TYPE = "room-ticket+jwt";
const Claims = z.object({
	jti: z.string(),
	sub: z.string(),
	exp: z.number(),
	nam: z.string(),
	num: z.string(),
	sid: z.string(),
});

const keyOf = ({ JWT_SECRET }: Settings) => new TextEncoder().encode(JWT_SECRET);

/** Signs a ticket. That it is used once is the room's to see to. */
export function mintTicket(
	settings: Settings,
	{ identity, name, number, sessionId }: Omit<Ticket, "id" | "expiresAt">,
	now: number,
): Promise<string> {
	return new SignJWT({ nam: name, num: number, sid: sessionId })
		.setProtectedHeader({ alg: "HS256", typ: TYPE })
		.setIssuer(NAMES.issuer)
		.setAudience(NAMES.audience)
		.setSubject(identity)
		.setJti(crypto.randomUUID())
		.setExpirationTime(Math.floor(now / 1000) + TICKET_SECONDS)
		.sign(keyOf(settings));
}

/** What a ticket says; throws `signed_out` when it is forged, expired or none of ours. */
export async function readTicket(settings: Settings, ticket: string): Promise<Ticket> {
	try {
		const { payload } = await jwtVerify(ticket, keyOf(settings), {
			...NAMES,
			algorithms: ["HS256"],
			typ: TYPE,
			requiredClaims: ["exp", "sub", "jti"],
		});
		const { jti, sub, exp, nam, num, sid } = Claims.parse(payload);
		return { id: jti, identity: sub, name: nam, number: num, sessionId: sid, expiresAt: exp * 1000 };
	} catch (cause) {
		throw new Fault("signed_out", "The room ticket is not valid any more. Ask for a new one.", { cause });
	}
}
