import { type SQL, sql } from "drizzle-orm";
import type { Given } from "../../../db/fixed";

/** What one callback tells of a call. Times in Unix milliseconds. */
export interface Heard {
	attemptId: string;
	carrierRef: string;
	status: string;
	rank: number;
	over: boolean;
	durationSeconds: number | null;
	answeredBy: string | null;
	errorCode: string | null;
	lookAfter: number;
	now: number;
}

/** An attempt that moved. */
export interface Moved {
	campaignId: string;
	state: string;
}

/** What callbacks, a JSON list of {@link Heard}, make of the attempts that they are about: the assignments of an update, with them as `h`. */
export function asHeard(list: Given<string>): SQL {
	const minutes = (seconds: SQL) => sql`(${seconds} + 59) / 60`; // one that has begun is a whole one
	return sql`
			carrier_ref = coalesce(carrier_ref, h.carrierRef),
			state = iif(h.over, 'ended', 'live'),
			call_status = h.status,
			call_rank = h.rank,
			look_after = h.lookAfter,
			answered_by = coalesce(answered_by, h.answeredBy),
			answered_at = iif(h.status IN ('in-progress', 'completed'), coalesce(answered_at, h.now), answered_at),
			duration_seconds = coalesce(h.durationSeconds, duration_seconds),
			error_code = coalesce(error_code, h.errorCode),
			ended_at = iif(h.over, h.now, NULL),
			cost_micros = iif(h.over, min(hold_micros, ${minutes(sql`coalesce(h.durationSeconds, 0)`)} * minute_micros
				+ ${minutes(sql`coalesce(transfer_seconds, max(1, (h.now - connected_at) / 1000), 0)`)} * transfer_minute_micros), NULL),
			disposition = CASE WHEN h.over THEN CASE
				WHEN opted_out_at IS NOT NULL THEN 'opted_out'
				WHEN transferred_at IS NOT NULL THEN 'transferred'
				WHEN coalesce(answered_by, h.answeredBy) LIKE 'machine%' THEN 'machine'
				WHEN h.status = 'completed' OR answered_at IS NOT NULL THEN 'answered'
				WHEN h.status = 'busy' THEN 'busy'
				WHEN h.status = 'no-answer' THEN 'no_answer'
				WHEN h.status = 'canceled' THEN 'cancelled'
				ELSE 'failed' END END
		FROM (SELECT value ->> 'attemptId' AS attemptId, value ->> 'carrierRef' AS carrierRef, value ->> 'status' AS status,
				value ->> 'rank' AS rank, value ->> 'over' AS over, value ->> 'durationSeconds' AS durationSeconds,
				value ->> 'answeredBy' AS answeredBy, value ->> 'errorCode' AS errorCode, value ->> 'lookAfter' AS lookAfter,
				value ->> 'now' AS now
			FROM json_each(${list})) AS h`;
}
