import { inOneBatch } from "../../db/client";
import { Fault } from "../../errors";
import type { House } from "../../scope";
import { emailKey } from "../inputs";
import { hashPassword, isOutdated, isPassword } from "../password";
import { proofOf, usingCode } from "../second-factor/second-factor";
import { findByEmailAnyAccount, renewPasswordHash } from "../store";
import type { LogInInput } from "./inputs";
import { type Device, type Granted, startSession } from "./start-session";

/** Signs somebody in by password. Says the same, after the same time, for an unknown address and for a wrong password. */
export async function logIn(
	house: House,
	{ email, password, code }: LogInInput,
	device: Device,
): Promise<Granted & { mustChangePassword: boolean }> {
	const { db, settings } = house;
	const person = await findByEmailAnyAccount(db, emailKey(email));
	const known = person?.passwordHash ?? null;
	const fits = await isPassword(settings, password, known);
	if (!fits || !person || !known) throw new Fault("bad_credentials", "The address or the password is wrong.");
	if (person.status !== "active" || person.accountStatus !== "active")
		throw new Fault("not_allowed", "This user may not sign in. Ask the owner of the account.");
	const { writes, granted } = await startSession(house, person, device);
	if (person.sealedSecret && person.factorConfirmedAt) {
		if (code === undefined) throw new Fault("code_required", "Enter the code of your authenticator app.");
		writes.unshift(...(await proofOf(house, person.id, person.sealedSecret, code, wrongCode)));
	}
	if (isOutdated(settings, known))
		writes.push(renewPasswordHash(db, person.id, known, await hashPassword(settings, password)));
	await usingCode(() => inOneBatch(db, writes), wrongCode);
	return { ...granted, mustChangePassword: person.passwordIsTemporary };
}

const wrongCode = (cause?: unknown) => new Fault("bad_credentials", "The code is wrong or was used before.", { cause });
