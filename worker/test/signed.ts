import { env } from "cloudflare:workers";
import { settingsOf } from "../env";
import { tokenFrom } from "../outside/carrier/simulated/token";
import { sign } from "../outside/carrier/twilio/signature";
import { knock } from "./house";

/** What a signed callback is made of. */
export interface SignedParts {
	path: string;
	form: Record<string, string>;
	signature: string | null;
}

/** Posts a form to a callback URL as the carrier would: signed for the public address. `forge` changes what is sent after signing. */
export function carrierPosts(
	url: string,
	given: Record<string, string>,
	forge: (parts: SignedParts) => Partial<SignedParts> = () => ({}),
): Promise<Response> {
	const { pathname, search } = new URL(url);
	const signature = sign(tokenFrom(settingsOf(env).MEDIA_SECRET), url, Object.entries(given));
	const genuine: SignedParts = { path: pathname + search, form: given, signature };
	const sent = { ...genuine, ...forge(genuine) };
	return knock(sent.path, {
		method: "POST",
		headers: {
			"content-type": "application/x-www-form-urlencoded",
			...(sent.signature ? { "x-twilio-signature": sent.signature } : {}),
		},
		body: new URLSearchParams(sent.form).toString(),
	});
}
