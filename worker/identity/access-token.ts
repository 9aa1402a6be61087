import { errors, jwtVerify, SignJWT } from "jose";
import * as z from "zod";
import type { Settings } from "../env";
import { Fault } from "../errors";

/** Who an access token speaks for. It carries no role: what somebody may do is the database's to say. */
export interface Bearer {
	userId: string;
	accountId: string;
	sessionId: string;
	expiresAt: number;
}

/** An access token is good for ten minutes; a refresh token renews it. */
export const ACCESS_SECONDS = 600;

const Claims = z.object({ sub: z.string().min(1), acc: z.string().min(1), sid: z.string().min(1), exp: z.number() });
const ISSUER = "trunkline";
const AUDIENCE = "trunkline-api";
const TYPE = "at+jwt"; // RFC 9068

// Importing a key and checking a signature cost more than everything else a list request does, so both are remembered per isolate.
const keys = new Map<string, Promise<CryptoKey>>();
const verified = new Map<string, Bearer>();
const VERIFIED_MOST = 5_000;

function keyOf({ JWT_SECRET }: Settings): Promise<CryptoKey> {
	const known = keys.get(JWT_SECRET);
	if (known) return known;
	const imported = crypto.subtle.importKey(
		"raw",
		new TextEncoder().encode(JWT_SECRET),
		{ name: "HMAC", hash: "SHA-256" },
		false,
		["sign", "verify"],
	);
	keys.set(JWT_SECRET, imported);
	return imported;
}

/** Signs an access token (JWT, HS256) for one session. `now` in milliseconds; `expiresAt` in Unix seconds. */
export async function mintAccessToken(
	settings: Settings,
	bearer: Omit<Bearer, "expiresAt">,
	now: number,
): Promise<{ token: string; expiresAt: number }> {
	const issuedAt = Math.floor(now / 1000);
	const expiresAt = issuedAt + ACCESS_SECONDS;
	const token = await new SignJWT({ acc: bearer.accountId, sid: bearer.sessionId })
		.setProtectedHeader({ alg: "HS256", typ: TYPE })
		.setIssuer(ISSUER)
		.setAudience(AUDIENCE)
		.setSubject(bearer.userId)
		.setJti(crypto.randomUUID())
		.setIssuedAt(issuedAt)
		.setExpirationTime(expiresAt)
		.sign(await keyOf(settings));
	return { token, expiresAt };
}

/** Who this token speaks for; throws `signed_out` when it is forged, expired, or not an access token of ours. */
export async function readAccessToken(settings: Settings, token: string): Promise<Bearer> {
	const known = verified.get(token);
	if (known && known.expiresAt * 1000 > Date.now()) return known;
	try {
		const { payload } = await jwtVerify(token, await keyOf(settings), {
			algorithms: ["HS256"],
			issuer: ISSUER,
			audience: AUDIENCE,
			typ: TYPE,
			requiredClaims: ["exp", "sub", "jti", "iat"],
			clockTolerance: 60,
		});
		const { sub, acc, sid, exp } = Claims.parse(payload);
		const bearer = { userId: sub, accountId: acc, sessionId: sid, expiresAt: exp };
		if (verified.size >= VERIFIED_MOST) verified.clear();
		verified.set(token, bearer);
		return bearer;
	} catch (cause) {
		const expired = cause instanceof errors.JWTExpired;
		throw new Fault(
			"signed_out",
			expired ? "The access token has expired. Refresh it." : "The access token is not valid",
			{ cause },
		);
	}
}
