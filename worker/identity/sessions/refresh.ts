import { inOneBatch, type Statement } from "../../db/client";
import { Fault } from "../../errors";
import type { House } from "../../scope";
import { auditIfDone } from "../audit/store";
import { base64url, digestOf, sealOf } from "../secrets";
import { hangUp } from "./hang-up";
import { type Device, type Granted, grant } from "./start-session";
import { endSessionAnyAccount, type Presented, rotate } from "./store";

/** How long the loser of a race, or a client that lost the answer, may present a used token and still get the same successor. */
const GRACE_MS = 10_000;

/**
 * Trades a refresh token for its successor and a fresh access token. The successor is derived from the token, so whoever presents
 * the token twice at once is given the same one. A token that comes back later has been stolen from one of two holders: the session ends.
 */
export async function refresh(house: House, token: string, device: Device): Promise<Granted> {
	const now = house.now();
	const successor = base64url(sealOf(house.settings, "refresh successor", token));
	const found = await rotate(house.db, digestOf(token), digestOf(successor), now);
	if (!found?.isAlive) throw ended();
	if (found.usedAt !== null && found.usedAt + GRACE_MS <= now) {
		await endStolen(house, found, device);
		throw ended();
	}
	return grant(house, { id: found.userId, accountId: found.accountId, email: found.email }, found.sessionId, successor);
}

async function endStolen(house: House, { sessionId, accountId, userId }: Presented, device: Device): Promise<void> {
	const { db, now } = house;
	const results = await inOneBatch<Statement>(db, [
		endSessionAnyAccount(db, sessionId, "refresh token used twice", now()),
		auditIfDone(db, { accountId, userId, now, device }, { action: "session.stolen", object: sessionId }),
	]);
	hangUp(house, results);
}

function ended(): Fault {
	return new Fault("signed_out", "This session has ended. Sign in again.");
}
