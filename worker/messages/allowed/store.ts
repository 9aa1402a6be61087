import { sql } from "drizzle-orm";
import { insist, isOpenCountry, limitOf } from "../../consent/reach/store";
import { notSuppressed } from "../../consent/store";
import type { Db, Statement } from "../../db/client";
import { must } from "../../db/guards";
import { priceOf } from "../../wallet/store";
import type { Channel, MessageItem } from "../store";

export interface Sender {
	own: string;
	channel: Channel;
	/** The member whose number it must be; null: the account's, assigned to nobody. */
	userId: string | null;
	withMedia: boolean;
}

/** Aborts the batch unless the number, or its WhatsApp channel, is the sender's to use and can do what is wanted. */
export function mustBeSenders(db: Db, accountId: string, { own, channel, userId, withMedia }: Sender): Statement[] {
	const number = sql`SELECT 1 FROM numbers n WHERE n.account_id = ${accountId} AND n.e164 = ${own} AND n.status = 'active'
		AND n.assigned_to IS ${userId}`;
	if (channel === "whatsapp")
		return [
			must(
				db,
				"number_is_callers",
				sql`EXISTS (${number} AND EXISTS (SELECT 1 FROM channels h WHERE h.account_id = n.account_id AND h.number_id = n.id
					AND h.status = 'active' AND h.type = 'whatsapp'))`,
			),
		];
	return [
		must(db, "number_is_callers", sql`EXISTS (${number})`),
		insist(db, "number_can_text", sql`EXISTS (${number} AND n.can_sms = 1)`),
		...(withMedia ? [insist(db, "number_can_show", sql`EXISTS (${number} AND n.can_mms = 1)`)] : []),
	];
}

/** Aborts the batch unless this message of the account has failed. That it is tried again once is for the index to see to. */
export function mustHaveFailed(db: Db, accountId: string, id: string): Statement {
	return insist(
		db,
		"failed_before",
		sql`EXISTS (SELECT 1 FROM messages WHERE id = ${id} AND account_id = ${accountId} AND direction = 'outbound'
			AND status IN ('failed', 'undelivered'))`,
	);
}

const MINUTE_MS = 60_000;

/** Aborts the batch when the account has sent more than it may. `scale` multiplies the limits. Comes after the message and its money. */
export function mustBeWithinLimits(db: Db, accountId: string, now: number, scale: number): Statement[] {
	const today = sql`FROM message_days WHERE account_id = ${accountId} AND day = date(CAST(${now} AS INTEGER) / 1000, 'unixepoch')`;
	const perMinute = sql`CAST(${limitOf(accountId, "messages_per_minute", "messagesPerMinute")} * ${scale} AS INTEGER)`;
	const perDay = sql`${limitOf(accountId, "messages_per_day", "messagesPerDay")} * ${scale}`;
	const spend = sql`${limitOf(accountId, "message_spend_per_day_micros", "messageSpendPerDayMicros")} * ${scale}`;
	return [
		insist(
			db,
			"within_minute",
			sql`(SELECT count(*) FROM (SELECT 1 FROM messages WHERE account_id = ${accountId} AND direction = 'outbound'
				AND created_at > ${now - MINUTE_MS} LIMIT ${perMinute} + 1)) <= ${perMinute}`,
		),
		insist(db, "within_day", sql`coalesce((SELECT sent ${today}), 0) <= ${perDay}`),
		insist(db, "within_daily_spend", sql`coalesce((SELECT committed_micros ${today}), 0) <= ${spend}`),
	];
}

/** What one unit of a message to somebody costs, and whether the account may write to them. */
export async function outlook(
	db: Db,
	accountId: string,
	{ e164, country, item }: { e164: string; country: string; item: MessageItem },
): Promise<{ unitMicros: number; isOpen: number; isOpenCountry: number }> {
	const [row] = await db.all<{ unitMicros: number; isOpen: number; isOpenCountry: number }>(sql`
		SELECT ${priceOf(item, country, "*")} AS "unitMicros", ${notSuppressed(accountId, e164, "messages")} AS "isOpen",
			${isOpenCountry(accountId, country)} AS "isOpenCountry"`);
	return row ?? { unitMicros: 0, isOpen: 0, isOpenCountry: 0 };
}
