import { Fault } from "../../errors";
import type { House } from "../../scope";
import { digestOf } from "../secrets";
import { Scopes } from "./inputs";
import type { KeyScope } from "./scopes";
import { findKeyAnyAccount, touchKey } from "./store";

/** Whom a key speaks for, and for what. */
export interface KeyBearer {
	id: string;
	accountId: string;
	userId: string;
	role: "owner" | "member";
	scopes: KeyScope[];
}

/** Every key starts like this, so that it can be told from a token, and be found where it leaked. */
export const KEY_PREFIX = "tk_";

// A key is read once in a few seconds per isolate. A revocation takes that long to reach reads elsewhere; money asks the database.
const KNOWN_MS = 5_000;
const known = new Map<string, { bearer: KeyBearer; until: number }>();
const MOST = 5_000;

/** Whom this key speaks for; throws `signed_out` when it is unknown, revoked or expired. */
export async function readKey(house: House, key: string): Promise<KeyBearer> {
	const hash = digestOf(key);
	const now = house.now();
	const cached = known.get(hash);
	if (cached && cached.until > now) return cached.bearer;
	const found = await findKeyAnyAccount(house.db, hash, now);
	if (!found) throw new Fault("signed_out", "The API key is not valid");
	const { lastUsedAt, scopes, ...whom } = found;
	const bearer = { ...whom, scopes: Scopes.parse(scopes) };
	if (known.size >= MOST) known.clear();
	known.set(hash, { bearer, until: now + KNOWN_MS });
	if ((lastUsedAt ?? 0) < now - 60_000) house.defer(touchKey(house.db, found.accountId, found.id, now).execute());
	return bearer;
}

/** Makes this isolate ask the database about the keys again. */
export function forgetKeys(ids: string[]): void {
	for (const [hash, { bearer }] of known) if (ids.includes(bearer.id)) known.delete(hash);
}
