import type { Settings } from "../../env";
import { base32, fromBase32, keyUri, stepOfCode } from "../../pure/totp";
import { randomCrockford } from "../care4w-id";
import { seal, unseal } from "../sealed";
import { base64url, sealOf } from "../secrets";

/** As long as the mac that is made with it (RFC 4226, section 4). */
const SECRET_BYTES = 20;
const placeOf = (userId: string) => `${userId}|second_factors|sealed_secret`;

/** A new secret, as an authenticator app takes it and as it is stored. */
export async function newSecret(settings: Settings, userId: string, email: string) {
	const secret = base32(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
	return {
		secret,
		otpauthUrl: keyUri("Trunkline", email, secret),
		sealed: await seal(settings, secret, placeOf(userId)),
	};
}

/** The step of the clock that a code is for, one early or late allowed; null when it is wrong. */
export async function stepOf(
	settings: Settings,
	userId: string,
	sealed: string,
	code: string,
	now: number,
): Promise<number | null> {
	const plain = await unseal(settings, sealed, placeOf(userId)).catch((error) => {
		console.error(JSON.stringify({ level: "error", secondFactorOf: userId, error: String(error) }));
		return null;
	});
	if (plain === null) return null; // a recovery code still opens
	return stepOfCode(fromBase32(plain), code, now);
}

/** Ten codes for the day that the telephone is lost, each good once: "ABCD-EFGH-JKMN". */
export function newRecoveryCodes(): string[] {
	return Array.from({ length: 10 }, () => [4, 4, 4].map(randomCrockford).join("-"));
}

/** What is stored in place of a recovery code, however it is typed. */
export function recoveryHash(settings: Settings, userId: string, code: string): string {
	const plain = code.toUpperCase().replaceAll(/[^0-9A-Z]/g, "");
	return base64url(sealOf(settings, "recovery code", `${userId}\n${plain}`));
}
