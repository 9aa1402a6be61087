/** Standard Webhooks, version 1: how a receiver can tell that an event is ours, lately sent, and unchanged. */
const PREFIX = "whsec_";
const encoder = new TextEncoder();

/** A new secret of 32 bytes, as its receiver keeps it. */
export function newSecret(): string {
	return PREFIX + crypto.getRandomValues(new Uint8Array(32)).toBase64();
}

export interface Signed {
	"webhook-id": string;
	"webhook-timestamp": string;
	"webhook-signature": string;
}

/** The headers of one sending: signed by every secret that counts, the newest first. */
export async function signedHeaders(
	secrets: readonly string[],
	{ id, body, now }: { id: string; body: string; now: number },
): Promise<Signed> {
	const timestamp = String(Math.floor(now / 1000));
	const signatures = await Promise.all(secrets.map((secret) => signature(secret, `${id}.${timestamp}.${body}`)));
	return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}

async function signature(secret: string, text: string): Promise<string> {
	const bytes = Uint8Array.fromBase64(secret.slice(PREFIX.length));
	const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
	return `v1,${new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(text))).toBase64()}`;
}
