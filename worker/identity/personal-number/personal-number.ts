import { inOneBatch } from "../../db/client";
import { brokenRule } from "../../db/guards";
import { Fault } from "../../errors";
import { costlyReason, type Phone, parsePhone } from "../../pure/phone";
import type { Scope } from "../../scope";
import { audit } from "../audit/store";
import { findUser, savePersonalNumber } from "../store";
import type { LookupQuery, NumberInput } from "./inputs";
import { findByE164AnyAccount, findByNationalAnyAccount, holderOfNationalAnyAccount } from "./store";

/** Whether this user may have the number: nobody else has one with the same national part. */
export async function checkNumber(scope: Scope, input: NumberInput): Promise<{ available: boolean; message: string }> {
	const phone = await readPersonalNumber(scope, input);
	const holder = await holderOfNationalAnyAccount(scope.db, phone.national);
	if (holder === undefined) return { available: true, message: "Phone number is available" };
	if (holder === scope.userId) return { available: true, message: "This is your phone number" };
	return { available: false, message: "Phone number is already taken" };
}

/** Makes the number this user's. The database decides between two who want one at the same moment. */
export async function saveNumber(scope: Scope, input: NumberInput): Promise<string> {
	const phone = await readPersonalNumber(scope, input);
	try {
		await keep(scope, phone);
	} catch (cause) {
		if (brokenRule(cause) !== "users.personal_national") throw cause;
		throw new Fault("already_exists", "Phone number is already taken", { cause });
	}
	return phone.e164;
}

export async function dropNumber(scope: Scope): Promise<void> {
	await keep(scope, null);
}

// Others find the user by it, so that it changes is worth knowing; the number itself is in no log.
async function keep(scope: Scope, phone: Phone | null): Promise<void> {
	const { db, accountId, userId } = scope;
	await inOneBatch(db, [
		savePersonalNumber(db, accountId, userId, phone, scope.now()),
		audit(db, scope, { action: `personal_number.${phone ? "saved" : "removed"}`, object: userId }),
	]);
}

/**
 * Who can be called under a personal number. Somebody who does not want to be found, or may not sign in, is as unknown as a number
 * that nobody has. Digits without a country that can be told are taken for a national number: those are unique, too.
 */
export async function lookUp(scope: Scope, { phoneNumber, country }: LookupQuery) {
	const phone = parsePhone(phoneNumber, await countryFor(scope, phoneNumber, country));
	const national = phoneNumber.replaceAll(/\D/g, "").replace(/^0+/, "");
	const found = phone
		? await findByE164AnyAccount(scope.db, phone.e164)
		: !phoneNumber.startsWith("+") && national.length >= 5
			? await findByNationalAnyAccount(scope.db, national)
			: undefined;
	if (!found) return { exists: false as const };
	return {
		exists: true as const,
		care4wId: found.care4wId,
		displayName: found.fullName ?? found.companyName ?? "Trunkline user",
	};
}

async function readPersonalNumber(scope: Scope, { phoneNumber, country }: NumberInput): Promise<Phone> {
	const phone = parsePhone(phoneNumber, await countryFor(scope, phoneNumber, country));
	if (!phone || costlyReason(phone))
		throw new Fault("invalid_input", "phoneNumber: not a telephone number that a person can have", {
			details: [{ path: "phoneNumber", message: "must be a valid number; write it with its country code" }],
		});
	return phone;
}

async function countryFor({ db, accountId, userId }: Scope, number: string, given: string | undefined) {
	if (given || number.trim().startsWith("+")) return given;
	return (await findUser(db, accountId, userId))?.country ?? undefined;
}
