import { notFound } from "../errors";
import type { Scope } from "../scope";
import { ownerOnly } from "../wallet/owner-only";
import { numbersOfMember } from "./held/store";
import type { AssignInput } from "./inputs";
import { assignNumber, type NumberRow } from "./store";

/** Gives a number to a sub-account, or takes it back with null. */
export async function assign(scope: Scope, { phoneNumberId, subAccountId }: AssignInput): Promise<NumberRow> {
	ownerOnly(scope);
	const row = await assignNumber(scope.db, scope.accountId, phoneNumberId, subAccountId);
	if (!row) throw notFound("Phone number or sub-account");
	return row;
}

/** What a sub-account has. Another sub-account's numbers are nobody's business but the owner's. */
export async function assignedTo(scope: Scope, subAccountId: string): Promise<NumberRow[]> {
	const mayLook = scope.role === "owner" || scope.userId === subAccountId;
	const rows = mayLook ? await numbersOfMember(scope.db, scope.accountId, subAccountId) : null;
	if (!rows) throw notFound("Sub-account");
	return rows;
}
