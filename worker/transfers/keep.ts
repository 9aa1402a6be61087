import { ulid } from "ulid";
import { typedNumber } from "../contacts/number";
import { Fault, notFound } from "../errors";
import { costlyReason } from "../pure/phone";
import type { Scope } from "../scope";
import type { TransferNumber, TransferNumberInput } from "./inputs";
import { transferNumberOnWire } from "./shape";
import { addTransferNumber, campaignsTransferring, removingTransferNumber } from "./store";

/** Adds a number that callers may be connected to. One that costs more than a call, or that nobody may dial, is refused. */
export async function addTransfer(scope: Scope, input: TransferNumberInput): Promise<TransferNumber> {
	const phone = await typedNumber(scope, input.phoneNumber, { country: input.country });
	if (costlyReason(phone))
		throw new Fault(
			"invalid_input",
			"phoneNumber: calls cannot be connected to premium, shared-cost or satellite numbers",
		);
	const now = scope.now();
	const row = {
		id: `trn_${ulid(now)}`,
		accountId: scope.accountId,
		name: input.name,
		e164: phone.e164,
		description: input.description ?? "",
		callCount: input.callCount ?? 0,
		createdAt: now,
	};
	await addTransferNumber(scope.db, row);
	return transferNumberOnWire(row);
}

/** Removes a number. One that a campaign on its way connects to is a conflict that names the campaign. */
export async function removeTransfer({ db, accountId }: Scope, id: string): Promise<void> {
	const [[campaign], gone] = await db.batch([
		campaignsTransferring(db, accountId, id),
		removingTransferNumber(db, accountId, id),
	]);
	if (campaign)
		throw new Fault("conflict", `The campaign "${campaign.title}" connects to this number. Give it another first.`);
	if (gone.length === 0) throw notFound("Transfer number");
}
