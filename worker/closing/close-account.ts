import * as z from "zod";
import { inOneBatch, type Statement } from "../db/client";
import { Fault } from "../errors";
import { revokeKeysOfAccount } from "../identity/api-keys/store";
import { audit } from "../identity/audit/store";
import { isPassword } from "../identity/password";
import { hangUp } from "../identity/sessions/hang-up";
import { endSessionsOfAccount } from "../identity/sessions/store";
import { findUser, liveSession, setAccountStatus } from "../identity/store";
import type { House, Scope } from "../scope";
import { ERASERS } from "./erasers";
import { beginClosure, noteClosure, unfinishedClosuresAnyAccount } from "./store";

/** Shuts the account at once, for everybody in it. The clock does the rest: see {@link ERASERS}. */
export async function closeAccount(scope: Scope, password: string | undefined): Promise<void> {
	const { db, accountId, settings } = scope;
	const now = scope.now();
	if (password !== undefined) {
		const owner = await findUser(db, accountId, accountId);
		if (!(await isPassword(settings, password, owner?.passwordHash ?? null)))
			throw new Fault("not_allowed", "The password is wrong.");
	}
	const results = await inOneBatch<Statement>(db, [
		liveSession(db, scope),
		setAccountStatus(db, accountId, "frozen"),
		beginClosure(db, accountId, now),
		audit(db, scope, { action: "account.closed" }),
		revokeKeysOfAccount(db, accountId, now),
		endSessionsOfAccount(db, accountId, "account closed", now),
	]);
	hangUp(scope, results);
}

const Steps = z.array(z.string());

/** Goes on with every account that is closing, from where each was cut off. */
export async function finishClosures(house: House): Promise<void> {
	for (const { accountId, doneSteps } of await unfinishedClosuresAnyAccount(house.db)) {
		const done = Steps.parse(doneSteps);
		let lastError: string | null = null;
		try {
			for (const [name, erase] of Object.entries(ERASERS)) {
				if (done.includes(name)) continue;
				if (!(await erase(house, accountId))) break;
				done.push(name);
			}
		} catch (error) {
			lastError = String(error);
		}
		const finishedAt = Object.keys(ERASERS).every((name) => done.includes(name)) ? house.now() : null;
		await noteClosure(house.db, accountId, { doneSteps: done, lastError, finishedAt });
	}
}
