import { publicHost } from "./public-host";

export type Target = { url: URL } | { refused: string };

/**
 * An address that we may send to on somebody's behalf: https, no name and password in it, and not inside any network. With `loopback` this
 * machine too, also by http: for trying things out. The URL parser has turned decimal, octal and hexadecimal forms into the usual one.
 */
export function targetOf(text: string, { loopback }: { loopback: boolean }): Target {
	if (!URL.canParse(text)) return { refused: "is not an address" };
	const url = new URL(text);
	if (url.username || url.password) return { refused: "must not carry a name or password" };
	if (loopback && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname) && /^https?:$/.test(url.protocol))
		return { url };
	if (url.protocol !== "https:") return { refused: "must begin with https://" };
	return publicHost(url.hostname) === null ? { refused: "must be on the public internet" } : { url };
}
