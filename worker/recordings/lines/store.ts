import { sql } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import { lineRecording } from "../../db/tables";

export type LineRecordingRow = typeof lineRecording.$inferSelect;

interface Row {
	recordInbound: number | null;
	recordOutbound: number | null;
	announce: number | null;
	announcement: string | null;
	recordCalls: number;
	usualAnnouncement: string;
}

/** What is said of a recorded call when nobody wrote anything. */
export const USUAL_ANNOUNCEMENT = "This call is recorded.";

/** What a line of the account records, and what the account does; no row without such a line. */
export function lineRecordingOf(db: Db, accountId: string, numberId: string) {
	return db.all<Row>(sql`SELECT r.record_inbound AS "recordInbound", r.record_outbound AS "recordOutbound", r.announce, r.announcement,
		coalesce(s.record_calls, 0) AS "recordCalls", coalesce(s.announcement, ${USUAL_ANNOUNCEMENT}) AS "usualAnnouncement"
		FROM numbers n LEFT JOIN line_recording r ON r.number_id = n.id LEFT JOIN voice_settings s ON s.account_id = n.account_id
		WHERE n.account_id = ${accountId} AND n.id = ${numberId} AND n.status = 'active'`);
}

/** Writes what is named of a line's settings. The line must be the account's: else the foreign key breaks. */
export function putLineRecording(
	db: Db,
	accountId: string,
	numberId: string,
	change: Partial<Omit<LineRecordingRow, "accountId" | "numberId">> & { updatedAt: number },
): Statement {
	return db
		.insert(lineRecording)
		.values({ ...change, accountId, numberId })
		.onConflictDoUpdate({ target: lineRecording.numberId, set: change, setWhere: sql`account_id = ${accountId}` });
}

const settings = sql`numbers n LEFT JOIN line_recording r ON r.number_id = n.id LEFT JOIN voice_settings s ON s.account_id = n.account_id
	WHERE n.account_id = c.account_id AND n.e164 = c.own_e164 AND n.status IN ('pending', 'active', 'releasing') AND n.status = 'active'`;

/** Whether the call `c` is recorded, by its line and its direction; for a statement about calls. */
export const isRecorded = sql`coalesce((SELECT coalesce(iif(c.direction = 'inbound', r.record_inbound, r.record_outbound), s.record_calls)
	FROM ${settings}), 0)`;

/** What is said before the call `c` is recorded; '' for nothing. */
export const announcementOf = sql`coalesce((SELECT iif(coalesce(r.announce, 1),
	coalesce(r.announcement, s.announcement, ${USUAL_ANNOUNCEMENT}), '') FROM ${settings}), '')`;
