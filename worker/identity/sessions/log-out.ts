import { inOneBatch } from "../../db/client";
import { Fault, notFound } from "../../errors";
import type { House, Scope } from "../../scope";
import { readAccessToken } from "../access-token";
import { digestOf } from "../secrets";
import { markEnded } from "./ended";
import { endSessionAnyAccount, endSessions, findSessionOfToken } from "./store";

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
	await inOneBatch(
		house.db,
		[...ids].map((id) => endSessionAnyAccount(house.db, id, "signed out", house.now())),
	);
	markEnded(...ids);
}

/** Signs one of the user's devices out. */
export async function endDevice({ db, userId, now }: Scope, sessionId: string): Promise<void> {
	const done = await endSessions(db, userId, { only: sessionId, reason: "revoked", now: now() });
	if (done.length === 0) throw notFound("Session");
	markEnded(...done.map(({ id }) => id));
}

/** Signs all other devices of the user out; answers how many there were. */
export async function endOtherDevices({ db, userId, sessionId, now }: Scope): Promise<number> {
	const done = await endSessions(db, userId, {
		...(sessionId ? { except: sessionId } : {}),
		reason: "revoked",
		now: now(),
	});
	markEnded(...done.map(({ id }) => id));
	return done.length;
}
