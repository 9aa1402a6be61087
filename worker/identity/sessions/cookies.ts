import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { HttpEnv } from "../../http/http-env";
import { base64url, newToken, sealOf } from "../secrets";
import { IDLE_MS } from "./store";

const YEAR_SECONDS = 31_536_000;

/** Browsers but for Chromium do not keep Secure cookies of http://127.0.0.1, so development on plain http does without. */
export function isSecure(c: Context<HttpEnv>): boolean {
	return c.var.house.settings.ENVIRONMENT === "production" || new URL(c.req.url).protocol === "https:";
}

export const nameOf = (c: Context<HttpEnv>, name: string) => (isSecure(c) ? `__Host-${name}` : name);

function put(c: Context<HttpEnv>, name: string, value: string, maxAge: number): void {
	setCookie(c, nameOf(c, name), value, { path: "/", httpOnly: true, sameSite: "Strict", secure: isSecure(c), maxAge });
}

export function putRefreshToken(c: Context<HttpEnv>, token: string): void {
	put(c, "rt", token, IDLE_MS / 1000);
}

export function refreshTokenOf(c: Context<HttpEnv>): string | undefined {
	return getCookie(c, nameOf(c, "rt"));
}

export function dropRefreshToken(c: Context<HttpEnv>): void {
	deleteCookie(c, nameOf(c, "rt"), { path: "/", secure: isSecure(c) });
}

/**
 * Marks a browser in which this address has signed in. Its failures are counted apart from everybody else's, so strangers who guess
 * passwords can use up the address's tries but not this browser's.
 */
export function putKnownDevice(c: Context<HttpEnv>, emailKey: string): void {
	const id = newToken();
	put(c, "device", `${id}.${sealOfDevice(c, id, emailKey)}`, YEAR_SECONDS);
}

/** The known device's id if this browser has signed in with this address before. */
export function knownDeviceOf(c: Context<HttpEnv>, emailKey: string): string | null {
	const [id = "", seal] = (getCookie(c, nameOf(c, "device")) ?? "").split(".");
	return id !== "" && seal === sealOfDevice(c, id, emailKey) ? id : null;
}

function sealOfDevice(c: Context<HttpEnv>, id: string, emailKey: string): string {
	return base64url(sealOf(c.var.house.settings, "known device", `${id}\n${emailKey}`));
}
