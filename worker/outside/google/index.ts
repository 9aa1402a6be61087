import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from "jose";
import * as oauth from "oauth4webapi";
import * as z from "zod";
import type { Settings } from "../../env";

/** What binds the answer to the browser that asked: kept by it, shown to nobody else. */
export interface Handshake {
	state: string;
	nonce: string;
	verifier: string;
}

/** Somebody whom the issuer vouches for. */
export interface Vouched {
	issuer: string;
	subject: string;
	email: string;
	emailVerified: boolean;
	name: string | null;
}

/** The issuer did not answer, or not readably: nothing is known about the person. */
export class IssuerUnreachable extends Error {
	override readonly name = "IssuerUnreachable";
}

/** The issuer, or our own check of what it said, refuses. */
export class SignInRefused extends Error {
	override readonly name = "SignInRefused";
}

export function newHandshake(): Handshake {
	return {
		state: oauth.generateRandomState(),
		nonce: oauth.generateRandomNonce(),
		verifier: oauth.generateRandomCodeVerifier(),
	};
}

/** Where to send the browser: authorization code with PKCE. */
export async function authorizationUrl(settings: Settings, { state, nonce, verifier }: Handshake): Promise<string> {
	const issuer = await discover(settings);
	if (!issuer.authorization_endpoint) throw new IssuerUnreachable("no authorization endpoint");
	const url = new URL(issuer.authorization_endpoint);
	const challenge = await oauth.calculatePKCECodeChallenge(verifier);
	for (const [name, value] of Object.entries({
		client_id: settings.GOOGLE_CLIENT_ID ?? "",
		redirect_uri: redirectUri(settings),
		response_type: "code",
		scope: "openid email profile",
		state,
		nonce,
		code_challenge: challenge,
		code_challenge_method: "S256",
	}))
		url.searchParams.set(name, value);
	return url.href;
}

/** Who came back. Throws {@link SignInRefused} or {@link IssuerUnreachable}; accepts nothing that it cannot check. */
export async function whoCameBack(settings: Settings, answer: URLSearchParams, handshake: Handshake): Promise<Vouched> {
	const issuer = await discover(settings);
	const client = { client_id: settings.GOOGLE_CLIENT_ID ?? "" };
	const checked = refusing(() => oauth.validateAuthResponse(issuer, client, answer, handshake.state));
	const response = await reaching(() =>
		oauth.authorizationCodeGrantRequest(
			issuer,
			client,
			oauth.ClientSecretPost(settings.GOOGLE_CLIENT_SECRET ?? ""),
			checked,
			redirectUri(settings),
			handshake.verifier,
			options(settings),
		),
	);
	if (response.status >= 500) throw new IssuerUnreachable(`the token endpoint answered ${response.status}`);
	const tokens = await refusing(() =>
		oauth.processAuthorizationCodeResponse(issuer, client, response, {
			expectedNonce: handshake.nonce,
			requireIdToken: true,
		}),
	);
	return vouchedBy(issuer, client.client_id, tokens.id_token ?? "");
}

const Claims = z.object({
	sub: z.string().min(1).max(255),
	email: z.email().max(254),
	email_verified: z.boolean().default(false),
	name: z.string().optional(),
});

// oauth4webapi has checked the claims; who signed them is checked here, against the issuer's keys of this moment.
async function vouchedBy(issuer: oauth.AuthorizationServer, clientId: string, idToken: string): Promise<Vouched> {
	const keys = createLocalJWKSet(await keysOf(issuer));
	const { payload } = await refusing(() =>
		jwtVerify(idToken, keys, {
			issuer: issuer.issuer,
			audience: clientId,
			algorithms: ["RS256", "ES256", "PS256", "EdDSA"],
			requiredClaims: ["exp", "sub", "nonce"],
		}),
	);
	const claims = Claims.safeParse(payload);
	if (!claims.success) throw new SignInRefused("the ID token lacks an address", { cause: claims.error });
	const { sub, email, email_verified, name } = claims.data;
	return {
		issuer: issuer.issuer,
		subject: sub,
		email,
		emailVerified: email_verified,
		name: name?.slice(0, 100) ?? null,
	};
}

const Keys = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

async function keysOf({ jwks_uri }: oauth.AuthorizationServer): Promise<JSONWebKeySet> {
	return reaching(async () => {
		const reply = await fetch(jwks_uri ?? "", { signal: AbortSignal.timeout(10_000), redirect: "manual" });
		if (!reply.ok) throw new Error(`the keys' address answered ${reply.status}`);
		return Keys.parse(await reply.json());
	});
}

function discover(settings: Settings): Promise<oauth.AuthorizationServer> {
	const issuer = new URL(settings.GOOGLE_ISSUER_URL);
	return reaching(async () =>
		oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options(settings))),
	);
}

// http is for a provider on loopback; the settings refuse it in production.
const options = (settings: Settings) => ({
	signal: AbortSignal.timeout(10_000),
	[oauth.allowInsecureRequests]: settings.GOOGLE_ISSUER_URL.startsWith("http:"),
});

const redirectUri = (settings: Settings) => `${settings.PUBLIC_BASE_URL}/api/auth/google/callback`;

async function reaching<T>(ask: () => Promise<T>): Promise<T> {
	try {
		return await ask();
	} catch (cause) {
		throw new IssuerUnreachable("the issuer could not be reached", { cause });
	}
}

function refusing<T>(check: () => T): T {
	const refuse = (cause: unknown): never => {
		if (cause instanceof errors.JWKSTimeout) throw new IssuerUnreachable("the keys did not come", { cause });
		throw new SignInRefused("the answer does not hold", { cause });
	};
	try {
		const result = check();
		return result instanceof Promise ? (result.catch(refuse) as T) : result;
	} catch (cause) {
		return refuse(cause);
	}
}
