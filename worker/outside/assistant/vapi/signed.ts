/** How old a signature with a time may be, and how far ahead of our clock. */
const TOLERANCE_SECONDS = 300;
/** What the provider signs with, by the length of the signature in bytes. */
const HASHES: Record<number, string> = { 20: "SHA-1", 32: "SHA-256", 64: "SHA-512" };
const encoder = new TextEncoder();

/**
 * True when a request carries one of our secrets, in any of the ways that the provider offers: as a bearer token, as `X-Vapi-Secret`,
 * or as an HMAC of `{timestamp}.{body}` in `x-signature`, whose length tells its hash. Several secrets are given, separated by commas, while they change.
 */
export async function isSigned(
	secrets: string,
	{ rawBody, headers, now }: { rawBody: string; headers: Headers; now: number },
): Promise<boolean> {
	const shown = [/^Bearer (\S+)$/i.exec(headers.get("authorization") ?? "")?.[1], headers.get("x-vapi-secret")];
	const signature = headers.get("x-signature")?.replace(/^sha\d+=/, "");
	const timestamp = headers.get("x-timestamp") ?? "";
	const isRecent = isLate(timestamp, now) === false;
	let genuine = false;
	for (const secret of secrets.split(",").map((each) => each.trim())) {
		if (!secret) continue;
		for (const given of shown) if (given && (await areEqual(given, secret))) genuine = true;
		if (signature && isRecent && (await isMac(secret, `${timestamp}.${rawBody}`, signature))) genuine = true;
	}
	return genuine;
}

/** Seconds or milliseconds; null when it is no time at all. */
function isLate(timestamp: string, now: number): boolean | null {
	if (!/^\d{10,13}$/.test(timestamp)) return null;
	const at = timestamp.length > 10 ? Number(timestamp) : Number(timestamp) * 1000;
	return Math.abs(at - now) > TOLERANCE_SECONDS * 1000;
}

/** Compares digests, so that neither length nor content tells by time. */
async function areEqual(one: string, other: string): Promise<boolean> {
	const [a, b] = await Promise.all([one, other].map((text) => crypto.subtle.digest("SHA-256", encoder.encode(text))));
	return a !== undefined && b !== undefined && crypto.subtle.timingSafeEqual(a, b);
}

async function isMac(secret: string, text: string, signature: string): Promise<boolean> {
	const mac = bytesOf(signature);
	if (!mac) return false;
	const hash = HASHES[mac.length];
	if (!hash) return false;
	const algorithm = { name: "HMAC", hash };
	const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["verify"]);
	return crypto.subtle.verify("HMAC", key, mac, encoder.encode(text));
}

function bytesOf(signature: string): Uint8Array<ArrayBuffer> | null {
	try {
		return /^([0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/i.test(signature)
			? Uint8Array.fromHex(signature)
			: Uint8Array.fromBase64(signature);
	} catch {
		return null;
	}
}
