import { inOneBatch, type Statement } from "../../db/client";
import { brokenRule } from "../../db/guards";
import { Fault } from "../../errors";
import type { House, Scope } from "../../scope";
import { audit } from "../audit/store";
import { findUser, liveSession } from "../store";
import { newRecoveryCodes, newSecret, recoveryHash, stepOf } from "./codes";
import {
	confirmFactor,
	dropFactor,
	findFactor,
	proposeFactor,
	replaceRecoveryCodes,
	useRecoveryCode,
	useStep,
} from "./store";

/** A secret for the caller's authenticator app. It counts once a code made with it has come back. */
export async function propose(scope: Scope): Promise<{ secret: string; otpauthUrl: string }> {
	const { db, settings, accountId, userId } = scope;
	const user = await findUser(db, accountId, userId);
	const { sealed, ...shown } = await newSecret(settings, userId, user?.email ?? "");
	if ((await findFactor(db, userId))?.confirmedAt) throw alreadyOn();
	await inOneBatch(db, [liveSession(db, scope), proposeFactor(db, userId, sealed, scope.now())]);
	return shown;
}

/** Turns the second factor on and hands out the recovery codes. */
export async function confirm(scope: Scope, code: string): Promise<string[]> {
	const factor = await findFactor(scope.db, scope.userId);
	if (!factor) throw new Fault("not_ready", "Ask for a secret first.");
	if (factor.confirmedAt) throw alreadyOn();
	return giveRecoveryCodes(scope, "second_factor.on", [
		...(await proofOf(scope, scope.userId, factor.sealedSecret, code)),
		confirmFactor(scope.db, scope.userId, scope.now()),
	]);
}

/** Hands out new recovery codes; the old ones are worthless then. */
export async function renewRecoveryCodes(scope: Scope, code: string): Promise<string[]> {
	return giveRecoveryCodes(scope, "second_factor.codes_renewed", await proveSecondFactor(scope, scope.userId, code));
}

/** Turns the second factor off, for who still has it. */
export async function turnOff(scope: Scope, code: string): Promise<void> {
	const { db, userId } = scope;
	await settled(scope, [
		...(await proveSecondFactor(scope, userId, code)),
		...dropFactor(db, userId),
		audit(db, scope, { action: "second_factor.off" }),
	]);
}

async function proveSecondFactor(house: House, userId: string, code: string): Promise<Statement[]> {
	const factor = await findFactor(house.db, userId);
	if (!factor?.confirmedAt) throw new Fault("not_ready", "The second factor is not on.");
	return proofOf(house, userId, factor.sealedSecret, code);
}

/**
 * What uses the code up, to be written in the batch that it allows; that batch aborts when the code was used before.
 * Throws `refusal` when the code is wrong.
 */
export async function proofOf(
	house: House,
	userId: string,
	sealedSecret: string,
	code: string,
	refusal = wrongCode,
): Promise<Statement[]> {
	const { db, settings } = house;
	if (code.length > 6) return useRecoveryCode(db, userId, recoveryHash(settings, userId, code), house.now());
	const step = await stepOf(settings, userId, sealedSecret, code, house.now());
	if (step === null) throw refusal();
	return useStep(db, userId, step);
}

function wrongCode(cause?: unknown): Fault {
	return new Fault("not_allowed", "The code is wrong or was used before.", { cause });
}

function alreadyOn(): Fault {
	return new Fault("conflict", "The second factor is on already.");
}

async function giveRecoveryCodes(scope: Scope, action: string, writes: Statement[]): Promise<string[]> {
	const { db, settings, userId } = scope;
	const codes = newRecoveryCodes();
	const hashes = codes.map((code) => recoveryHash(settings, userId, code));
	await settled(scope, [...writes, ...replaceRecoveryCodes(db, userId, hashes), audit(db, scope, { action })]);
	return codes;
}

async function settled(scope: Scope, writes: Statement[]): Promise<void> {
	await usingCode(() => inOneBatch(scope.db, [liveSession(scope.db, scope), ...writes]));
}

/** Sends a batch that a code allows; a code that was used before is a wrong one. */
export async function usingCode<T>(send: () => Promise<T>, refusal = wrongCode): Promise<T> {
	try {
		return await send();
	} catch (error) {
		throw brokenRule(error) === "nothing_changed_meanwhile" ? refusal(error) : error;
	}
}
