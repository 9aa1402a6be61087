import { inOneBatch } from "../db/client";
import type { House } from "../scope";
import { unlinkAccount } from "./google/store";
import { dropTokensOfAccount } from "./passwords/store";
import { dropFactorsOfAccount } from "./second-factor/store";
import { dropSessionsOfAccount } from "./sessions/store";
import { removeEverybody, setAccountStatus } from "./store";

/** Forgets who the account's people were and how they proved it. Ledger, opt-outs and the audit log stay, without names. */
export async function erasePeople({ db, now }: House, accountId: string): Promise<boolean> {
	await inOneBatch(db, [
		...dropSessionsOfAccount(db, accountId),
		...dropFactorsOfAccount(db, accountId),
		dropTokensOfAccount(db, accountId),
		unlinkAccount(db, accountId),
		removeEverybody(db, accountId, now()),
		setAccountStatus(db, accountId, "closed"),
	]);
	return true;
}
