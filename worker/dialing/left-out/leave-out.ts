import { spare } from "../../campaigns/spare";
import { campaignById } from "../../campaigns/store";
import { typedNumber } from "../../contacts/number";
import { inOneBatch } from "../../db/client";
import { notFound } from "../../errors";
import type { Scope } from "../../scope";
import { leavingOut, takingBackIn } from "./store";

/** Leaves numbers out of one campaign. When this returns, no call of its to them starts any more. */
export async function leaveOut(scope: Scope, campaignId: string, typed: string[], country?: string): Promise<number> {
	const { db, accountId } = scope;
	const e164s: string[] = [];
	for (const [at, number] of typed.entries())
		e164s.push((await typedNumber(scope, number, { country, field: `phoneNumbers.${at}` })).e164);
	const unique = [...new Set(e164s)];
	const [, [row]] = await inOneBatch(db, [
		leavingOut(db, accountId, campaignId, JSON.stringify(unique), scope.now()),
		campaignById(db, accountId, campaignId),
	]);
	if (!row) throw notFound("Campaign");
	if (row.campaign.status === "running") await spare(scope, [{ id: campaignId }], unique);
	return unique.length;
}

/** Takes a number back in. Whoever was skipped for it stays skipped. */
export async function takeBackIn({ db, accountId }: Scope, campaignId: string, e164: string): Promise<void> {
	const gone = await takingBackIn(db, accountId, campaignId, e164);
	if (gone.length === 0) throw notFound("Number on this list");
}
