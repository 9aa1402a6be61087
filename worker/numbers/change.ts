import { notFound } from "../errors";
import { checkSteps, stepsIn } from "../routing/check";
import type { Scope } from "../scope";
import type { ChangeInput, ChannelChange } from "./inputs";
import { reachOf } from "./reach";
import { type ChannelOfNumber, changeChannel, changeNumber, type NumberRow } from "./store";

/** Changes a number's label or routing. */
export async function changePhoneNumber(scope: Scope, id: string, change: ChangeInput): Promise<NumberRow> {
	if (change.routing) await checkSteps(scope, stepsIn(change.routing));
	const row = await changeNumber(scope.db, scope.accountId, id, reachOf(scope), change);
	if (!row) throw notFound("Phone number");
	return row;
}

/** Renames a channel or says what it is for. */
export async function changeOneChannel(scope: Scope, id: string, change: ChannelChange): Promise<ChannelOfNumber> {
	const found = await changeChannel(scope.db, scope.accountId, reachOf(scope), id, change);
	if (!found) throw notFound("Channel");
	return found;
}
