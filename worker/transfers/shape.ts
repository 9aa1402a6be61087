import { formatPhone } from "../pure/phone";
import type { TransferNumber } from "./inputs";
import type { TransferNumberRow } from "./store";

export function transferNumberOnWire(row: TransferNumberRow): TransferNumber {
	return {
		id: row.id,
		userId: row.accountId,
		name: row.name,
		phoneNumber: row.e164,
		formatted: formatPhone(row.e164),
		description: row.description,
		callCount: row.callCount,
		createdAt: new Date(row.createdAt).toISOString(),
	};
}
