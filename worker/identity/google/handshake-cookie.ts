import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { HttpEnv } from "../../http/http-env";
import { base64url, sameSecret, sealOf } from "../secrets";
import { isSecure, nameOf } from "../sessions/cookies";
import { HandshakeCookie } from "./inputs";

const SECONDS = 600;
const utf8 = (text: string) => new TextEncoder().encode(text);

/** Leaves the handshake with the browser, sealed. Lax, because the browser comes back from another site. */
export function keepHandshake(c: Context<HttpEnv>, handshake: Omit<HandshakeCookie, "until">): void {
	const text = base64url(utf8(JSON.stringify({ ...handshake, until: c.var.house.now() + SECONDS * 1000 })));
	const options = { path: "/", httpOnly: true, sameSite: "Lax", secure: isSecure(c), maxAge: SECONDS } as const;
	setCookie(c, nameOf(c, "google"), `${text}.${sealOfText(c, text)}`, options);
}

/** The handshake that this browser was left with, once. Null when there is none, or it is not ours, or too old. */
export function takeHandshake(c: Context<HttpEnv>): HandshakeCookie | null {
	const [text = "", seal = ""] = (getCookie(c, nameOf(c, "google")) ?? "").split(".");
	deleteCookie(c, nameOf(c, "google"), { path: "/", secure: isSecure(c) });
	if (!sameSecret(utf8(seal), utf8(sealOfText(c, text)))) return null;
	const json = new TextDecoder().decode(Uint8Array.fromBase64(text, { alphabet: "base64url" }));
	const handshake = HandshakeCookie.parse(JSON.parse(json));
	return handshake.until > c.var.house.now() ? handshake : null;
}

function sealOfText(c: Context<HttpEnv>, text: string): string {
	return base64url(sealOf(c.var.house.settings, "google handshake", text));
}
