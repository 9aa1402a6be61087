import * as z from "zod";
import { Reach } from "../../operations/inputs";

const { countries, messagesPerMinute, messagesPerDay, messageSpendPerDayMicros } = Reach.shape;

/** What an administrator decides about one account; null: as for everybody. */
const Own = z.strictObject({
	countries: countries.nullable(),
	messagesPerMinute: messagesPerMinute.nullable(),
	messagesPerDay: messagesPerDay.nullable(),
	messageSpendPerDayMicros: messageSpendPerDayMicros.nullable(),
});

export const LimitsChange = Own.partial();
export type LimitsChange = z.output<typeof LimitsChange>;

export const Limits = z.object({
	userId: z.string(),
	/** What was decided about this account; null where everybody's holds. */
	own: Own,
	/** What holds for it. */
	effective: Reach,
});
export type Limits = z.output<typeof Limits>;
