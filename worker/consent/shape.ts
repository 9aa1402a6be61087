import { formatPhone } from "../pure/phone";
import type { DoNotCall } from "./inputs";
import type { ConsentEventRow, SuppressionRow } from "./store";

export function entryOnWire(row: SuppressionRow): DoNotCall {
	return {
		id: row.scope === "all" ? row.e164 : `${row.e164}:${row.scope}`,
		userId: row.accountId,
		phoneNumber: row.e164,
		formatted: formatPhone(row.e164),
		scope: row.scope,
		source: row.source,
		removable: row.personAt === null,
		createdAt: new Date(row.createdAt).toISOString(),
	};
}

export const eventOnWire = ({ action, scope, source, evidence, createdAt }: ConsentEventRow) => ({
	action,
	scope,
	source,
	evidence,
	createdAt: new Date(createdAt).toISOString(),
});
