// Runs in the Worker and, for the loopback carrier, in Node: no imports of the house.
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { parse, stringify } from "node:querystring";

export type Form = readonly (readonly [name: string, value: string])[];

export interface Claim {
	/** The URL that the carrier was told to call. */
	url: string;
	/** The decoded form; null when the body is not a form. */
	form: Form | null;
	rawBody: string;
	/** What the header X-Twilio-Signature says. */
	signature: string;
}

/** The signature that Twilio puts on a request. A JSON body is covered by `bodySHA256` in the URL, see {@link bodyHash}. */
export function sign(authToken: string, url: string, form: Form | null): string {
	return seal(authToken, url, spelledOut(form ?? []));
}

function seal(authToken: string, url: string, words: string): string {
	return createHmac("sha1", authToken)
		.update(withoutFragment(url) + words, "utf8")
		.digest("base64");
}

/** The value of the query parameter `bodySHA256` that goes with a body that is not a form. */
export function bodyHash(rawBody: string): string {
	return createHash("sha256").update(rawBody, "utf8").digest("hex");
}

/** True when a holder of one of the tokens signed exactly this request. */
export function verify(authTokens: readonly string[], { url, form, rawBody, signature }: Claim): boolean {
	if (!signature) return false;
	if (form === null && rawBody !== "" && !coversBody(url, rawBody)) return false;
	const words = spelledOut(form ?? []);
	const isFrom = (token: string) => spellingsOf(url).some((spelling) => same(signature, seal(token, spelling, words)));
	return authTokens.some((token) => token !== "" && isFrom(token));
}

/** Names in order of code units; of a name that came more than once each different value once, in order. */
function spelledOut(form: Form): string {
	const values = new Map<string, Set<string>>();
	for (const [name, value] of form) {
		const known = values.get(name);
		if (known) known.add(value);
		else values.set(name, new Set([value]));
	}
	return [...values.keys()]
		.sort()
		.map((name) =>
			[...(values.get(name) ?? [])]
				.sort()
				.map((value) => name + value)
				.join(""),
		)
		.join("");
}

function coversBody(url: string, rawBody: string): boolean {
	const claimed = new URL(url).searchParams.get("bodySHA256");
	return claimed !== null && same(claimed, bodyHash(rawBody));
}

const PARTS = /^([a-z][a-z0-9+.-]*:\/\/)(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)(:\d*)?([^#]*)/i;

/**
 * Every way in which Twilio may have written this URL when it signed it: voice drops the port and messages keep it,
 * some back ends re-encode the query the old way, and sockets come with or without a slash at the end. The usual ones come first.
 */
function* spellingsOf(url: string): Generator<string> {
	const parts = PARTS.exec(url);
	if (!parts) return yield url;
	const [, scheme = "", host = "", port, rest = ""] = parts;
	const usual = /^(https|wss):/i.test(scheme) ? ":443" : ":80";
	const plain = [`${scheme}${host}${rest}`, `${scheme}${host}${port ?? usual}${rest}`];
	yield* plain;
	if (/^wss?:/i.test(scheme)) yield* plain.map(slashToggled);
	yield* plain.map(queryReencoded).filter((spelling) => !plain.includes(spelling));
}

function slashToggled(url: string): string {
	const [address = "", ...query] = url.split("?");
	const toggled = address.endsWith("/") ? address.slice(0, -1) : `${address}/`;
	return [toggled, ...query].join("?");
}

function queryReencoded(url: string): string {
	const start = url.indexOf("?");
	return start === -1 ? url : `${url.slice(0, start)}?${stringify(parse(url.slice(start + 1)))}`;
}

function withoutFragment(url: string): string {
	const start = url.indexOf("#");
	return start === -1 ? url : url.slice(0, start);
}

function same(given: string, expected: string): boolean {
	const left = Buffer.from(given, "utf8");
	const right = Buffer.from(expected, "utf8");
	return left.length === right.length && timingSafeEqual(left, right);
}
