import { Fault } from "../errors";
import { faultOfRule } from "../http/rules";
import { orderOf } from "../messages/order";
import { mustBeActivePerson } from "../messages/scheduled/store";
import { deliver } from "../messages/send";
import { fillIn } from "../pure/fill-in";
import type { House, Scope } from "../scope";
import type { Scripted } from "./script";

/**
 * Texts whoever pressed a key for it, from the number that called, in the account's name and for its money; once per call, however
 * often the carrier asks. False when it cannot be sent: a number that cannot text, an empty wallet, somebody who said stop.
 */
export async function textCaller(house: House, script: Scripted, text: string): Promise<boolean> {
	const { accountId, attemptId, callerE164: from, e164: to } = script;
	const scope: Scope = { ...house, accountId, userId: accountId, role: "owner", sessionId: null };
	try {
		const order = await orderOf(scope, { from, to, body: fillIn(text, script.fields) });
		const once = { key: `campaign:${attemptId}`, requestHash: attemptId };
		await deliver(scope, order, once, mustBeActivePerson(house.db, accountId, accountId));
		return true;
	} catch (error) {
		if (error instanceof Fault || faultOfRule(error)) return false;
		throw error;
	}
}
