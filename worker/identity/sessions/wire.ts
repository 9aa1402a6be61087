import type { listSessions } from "./store";

type Row = Awaited<ReturnType<typeof listSessions>>[number];

/** A signed-in device as its user sees it. */
export function deviceOnWire(row: Row, currentId: string | null) {
	return {
		id: row.id,
		current: row.id === currentId,
		userAgent: row.userAgent,
		ip: row.ip,
		createdAt: new Date(row.createdAt).toISOString(),
		lastUsedAt: new Date(row.lastUsedAt).toISOString(),
		expiresAt: new Date(Math.min(row.expiresAt, row.idleExpiresAt)).toISOString(),
	};
}
