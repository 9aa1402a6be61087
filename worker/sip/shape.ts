import type { SipProvider } from "./inputs";
import type { SipProviderRow } from "./store";

export function sipProviderOnWire(row: SipProviderRow): SipProvider {
	return {
		id: row.id,
		userId: row.accountId,
		name: row.name,
		host: row.host,
		port: row.port,
		username: row.username,
		hasPassword: row.passwordSealed !== null,
		active: row.active,
		createdAt: new Date(row.createdAt).toISOString(),
		updatedAt: new Date(row.updatedAt).toISOString(),
	};
}
