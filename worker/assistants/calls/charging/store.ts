import { type SQL, sql } from "drizzle-orm";
import type { Db, Statement } from "../../../db/client";
import { addNotices } from "../../../wallet/notices/store";
import { priceOf } from "../../../wallet/store";
import { chargeAfterwards, type Use } from "../../../wallet/usage/store";
import { stopAnswering } from "../../connections/store";
import type { AssistantCallRow } from "../store";

// A call that its line's carrier sent to the provider past our routing. Those that we routed there are paid for by the leg.
const pastUs = (
	callRef: string,
	now: number,
) => sql`SELECT 'call_' || substr(a.id, 5) || '.assistant' AS ref, a.account_id AS account_id,
	(a.duration_seconds + 59) / 60 AS units, a.to_address AS memo, a.to_address AS own
	FROM assistant_calls a WHERE a.provider_ref = ${callRef} AND a.reported_at = ${now} AND a.direction = 'inbound'
		AND EXISTS (SELECT 1 FROM numbers n WHERE n.account_id = a.account_id AND n.e164 = a.to_address)
		AND NOT EXISTS (SELECT 1 FROM calls c WHERE c.carrier_ref = a.carrier_ref AND c.id <> 'call_' || substr(a.id, 5))`;

/**
 * Charges a call that went past our routing by the report's length, in the report's batch after `noteReportAnyAccount`. Where the
 * money does not last, the account's assistants answer none of its numbers any more, and its owner is told.
 */
export function chargeReportAnyAccount(db: Db, callRef: string, now: number): Statement[] {
	return charging(db, pastUs(callRef, now), { item: "assistant_minute", country: "*", now });
}

function charging(db: Db, happened: SQL, price: Pick<Use, "item" | "country" | "now">): Statement[] {
	const unpaid = sql`SELECT h.ref, h.account_id, json_object('e164', h.own) AS detail FROM (${happened}) h
		WHERE ${priceOf(price.item, price.country, "*")} > 0
			AND h.units > coalesce((SELECT units_charged FROM usages WHERE usages.ref = h.ref), 0)`;
	return [
		...chargeAfterwards(db, happened, price),
		stopAnswering(db, sql`(SELECT account_id FROM (${unpaid}))`),
		addNotices(db, "assistants_stopped", unpaid, price.now),
	];
}

/** Charges the leg to whom a call was handed on, as a call to `country`; where the money does not last, as after a report. */
export function chargeLeg(
	db: Db,
	{ accountId, id }: AssistantCallRow,
	{ minutes, country, now }: { minutes: number; country: string; now: number },
): Statement[] {
	const leg = sql`SELECT coalesce((SELECT c.id FROM calls c WHERE c.carrier_ref = a.carrier_ref AND c.account_id = a.account_id),
			'call_' || substr(a.id, 5)) || '.handed' AS ref,
		a.account_id AS account_id, CAST(${minutes} AS INTEGER) AS units, a.transferred_to AS memo,
		iif(a.direction = 'inbound', a.to_address, a.from_address) AS own
		FROM assistant_calls a WHERE a.id = ${id} AND a.account_id = ${accountId}`;
	return charging(db, leg, { item: "call_minute", country, now });
}
