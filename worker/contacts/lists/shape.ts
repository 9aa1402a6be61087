import type { ContactList } from "./inputs";
import type { ListRow } from "./store";

export function listOnWire(row: ListRow): ContactList {
	return {
		id: row.id,
		userId: row.accountId,
		name: row.name,
		description: row.description,
		contactCount: row.contactCount,
		lastImport: row.lastImport,
		createdAt: new Date(row.createdAt).toISOString(),
		updatedAt: new Date(row.updatedAt).toISOString(),
	};
}
