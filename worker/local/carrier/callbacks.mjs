import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ACCOUNT } from "./account.mjs";

const TRIES = 3; // what our URLs order with #rc=3
const PATIENCE_MS = 15_000;

/** The carrier's signature over a callback: HMAC-SHA1 of the URL and every field's name and value, sorted by name. */
export function signatureOf(url, form) {
	const fields = Object.keys(form)
		.sort()
		.map((name) => name + form[name]);
	return createHmac("sha1", ACCOUNT.TWILIO_AUTH_TOKEN)
		.update(url + fields.join(""))
		.digest("base64");
}

/** Asks one of the product's webhooks, again after a server error or when nobody listens. Gives the answer's text, or null. */
export async function callBack(orderedUrl, form) {
	const url = orderedUrl.replace(/#.*/, "");
	for (let attempt = 1; attempt <= TRIES; attempt++) {
		try {
			const reply = await fetch(url, {
				method: "POST",
				body: new URLSearchParams(form),
				headers: { "x-twilio-signature": signatureOf(url, form) },
				signal: AbortSignal.timeout(PATIENCE_MS),
			});
			const text = await reply.text();
			if (reply.ok) return text;
			if (reply.status < 500) return null;
		} catch {
			// refused, cut or too slow: the same to a carrier
		}
		await sleep(100 * attempt);
	}
	return null;
}
