import { inOneBatch, type Statement } from "../../db/client";
import { Fault, notFound } from "../../errors";
import type { House, Scope } from "../../scope";
import { readAccessToken } from "../access-token";
import { auditIfDone } from "../audit/store";
import { digestOf } from "../secrets";
import { markEnded } from "./ended";
import { hangUp } from "./hang-up";
import { endSessionAnyAccount, endSessions, findSessionOfToken, liveSession } from "./store";

/** What somebody who signs out may hold; an access token that has expired does not keep the refresh token from ending. */
export interface Held {
	accessToken: string | null;
	refreshToken: string | null;
}

/** Ends the sessions of the tokens held. Throws `signed_out` when neither is one of ours. */
export async function logOut(house: House, { accessToken, refreshToken }: Held): Promise<void> {
	const ids = new Set<string>();
	const bearer = accessToken && (await readAccessToken(house.settings, accessToken).catch(() => null));
	if (bearer) ids.add(bearer.sessionId);
	const behind = refreshToken && (await findSessionOfToken(house.db, digestOf(refreshToken)));
	if (behind) ids.add(behind);
	if (ids.size === 0) throw new Fault("signed_out", "Nobody is signed in here.");
	const results = await inOneBatch<Statement>(
		house.db,
		[...ids].map((id) => endSessionAnyAccount(house.db, id, "signed out", house.now())),
	);
	hangUp(house, results);
	markEnded(...ids);
}

/** Signs one of the user's devices out. */
export async function endDevice(scope: Scope, sessionId: string): Promise<void> {
	if ((await revoke(scope, { only: sessionId }, sessionId)) === 0) throw notFound("Session");
}

/** Signs all other devices of the user out; answers how many there were. */
export function endOtherDevices(scope: Scope): Promise<number> {
	return revoke(scope, scope.sessionId ? { except: scope.sessionId } : {}, "others");
}

async function revoke(scope: Scope, which: { only?: string; except?: string }, object: string): Promise<number> {
	const { db, userId } = scope;
	const results = await inOneBatch<Statement>(db, [
		liveSession(db, scope),
		endSessions(db, userId, { ...which, reason: "revoked", now: scope.now() }),
		auditIfDone(db, scope, { action: "session.revoked", object }),
	]);
	return hangUp(scope, results);
}
