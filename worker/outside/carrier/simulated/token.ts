import { hkdfSync } from "node:crypto";

const known = new Map<string, string>();

/** The pretend carrier's account. Its tokens differ from installation to installation, its number does not. */
export const ACCOUNT = "AC00000000000000000000000000000000";

/** The token with which the pretend carrier signs: derived, so that there is no default that anybody could know. */
export function tokenFrom(mediaSecret: string): string {
	const token =
		known.get(mediaSecret) ?? Buffer.from(hkdfSync("sha256", mediaSecret, "", "simulated carrier", 32)).toString("hex");
	known.set(mediaSecret, token);
	return token;
}
