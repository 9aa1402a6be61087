import { ulid } from "ulid";
import { inOneBatch, type Statement } from "../../db/client";
import { notFound } from "../../errors";
import type { Scope } from "../../scope";
import { audit, auditIfDone } from "../audit/store";
import { digestOf, newToken } from "../secrets";
import { hangUp } from "../sessions/hang-up";
import { liveSession } from "../store";
import { KEY_PREFIX } from "./bearer-key";
import { type KeyInput, Scopes } from "./inputs";
import { addKey, type KeyRow, revokeKeys } from "./store";

/** Makes a key for the caller. Only its hash stays here. */
export async function makeKey(scope: Scope, { name, scopes, expiresAt = null }: KeyInput) {
	const { db, accountId, userId } = scope;
	const key = `${KEY_PREFIX}${newToken()}`;
	const row = {
		id: `key_${ulid()}`,
		accountId,
		userId,
		name,
		keyHash: digestOf(key),
		hint: key.slice(0, 8),
		scopes,
		createdAt: scope.now(),
		expiresAt,
	};
	await inOneBatch(db, [
		liveSession(db, scope),
		addKey(db, row),
		audit(db, scope, { action: "key.made", object: row.id, detail: { name, scopes } }),
	]);
	return { ...keyOnWire({ ...row, lastUsedAt: null, revokedAt: null }), key };
}

/** Revokes a key of the caller. */
export async function revokeKey(scope: Scope, id: string): Promise<void> {
	const { db, accountId, userId } = scope;
	const results = await inOneBatch<Statement>(db, [
		liveSession(db, scope),
		revokeKeys(db, accountId, userId, { only: id, now: scope.now() }),
		auditIfDone(db, scope, { action: "key.revoked", object: id }),
	]);
	if (hangUp(scope, results) === 0) throw notFound("API key");
}

const isoOrNull = (at: number | null) => (at === null ? null : new Date(at).toISOString());

export function keyOnWire({ id, userId, name, hint, scopes, createdAt, expiresAt, lastUsedAt }: KeyRow) {
	return {
		id,
		userId,
		name,
		hint,
		scopes: Scopes.parse(scopes),
		createdAt: new Date(createdAt).toISOString(),
		expiresAt: isoOrNull(expiresAt),
		lastUsedAt: isoOrNull(lastUsedAt),
	};
}
