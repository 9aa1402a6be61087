import { Secret, TOTP } from "otpauth";
import type { Settings } from "../../env";
import { randomCrockford } from "../care4w-id";
import { seal, unseal } from "../sealed";
import { base64url, sealOf } from "../secrets";

const PERIOD_SECONDS = 30;
const placeOf = (userId: string) => `${userId}|second_factors|sealed_secret`;

const totp = (secret: Secret, label: string) =>
	new TOTP({ issuer: "Trunkline", label, secret, algorithm: "SHA1", digits: 6, period: PERIOD_SECONDS });

/** A new secret, as an authenticator app takes it and as it is stored. */
export async function newSecret(settings: Settings, userId: string, email: string) {
	const secret = new Secret({ size: 20 });
	return {
		secret: secret.base32,
		otpauthUrl: totp(secret, email).toString(),
		sealed: await seal(settings, secret.base32, placeOf(userId)),
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
	const delta = totp(Secret.fromBase32(plain), "").validate({ token: code, timestamp: now, window: 1 });
	return delta === null ? null : Math.floor(now / 1000 / PERIOD_SECONDS) + delta;
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
