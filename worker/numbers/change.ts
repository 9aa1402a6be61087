import { connectNumber } from "../assistants/connections/connect";
import { notFound } from "../errors";
import { checkSteps, stepsIn } from "../routing/check";
import type { Scope } from "../scope";
import { type ChannelOfNumber, changeChannel } from "./channels/store";
import type { ChangeInput, ChannelChange } from "./inputs";
import { reachOf } from "./reach";
import { changeNumber, type NumberRow } from "./store";

/**
 * Changes a number's label or routing, and who answers it. `isSettled` is false while the assistants' provider does not tell; then the
 * number still has the assistant that it had.
 */
export async function changePhoneNumber(
	scope: Scope,
	id: string,
	change: ChangeInput,
): Promise<{ number: NumberRow; isSettled: boolean }> {
	const { assistantId } = change;
	if (change.routing) await checkSteps(scope, stepsIn(change.routing));
	const isSettled = assistantId === undefined || (await connectNumber(scope, id, assistantId));
	const number = await changeNumber(scope.db, scope.accountId, id, reachOf(scope), change);
	if (!number) throw notFound("Phone number");
	return { number, isSettled };
}

/** Renames a channel or says what it is for. */
export async function changeOneChannel(scope: Scope, id: string, change: ChannelChange): Promise<ChannelOfNumber> {
	const found = await changeChannel(scope.db, scope.accountId, reachOf(scope), id, change);
	if (!found) throw notFound("Channel");
	return found;
}
