import * as z from "zod";
import { daysBetween } from "../pure/local-days";
import { zoneNamed } from "../pure/zones";

/** The longest range: a year that may be a leap year. */
export const MOST_DAYS = 366;
const EARLIEST = "2000-01-01";
const LATEST = "2099-12-31";

const day = z.iso
	.date({ error: "must be a day of the calendar, such as 2026-11-21", abort: true })
	.refine((text) => text >= EARLIEST && text <= LATEST, `must be from ${EARLIEST} to ${LATEST}`);

const zone = z
	.string({ error: "say whose days are meant, such as Europe/Berlin" })
	.max(64)
	.transform((text, context) => {
		const name = zoneNamed(text);
		if (name) return name;
		context.addIssue({ code: "custom", message: "is not a time zone, such as Europe/Berlin" });
		return z.NEVER;
	});

/** Days of the zone, both counted. Of the three subjects at most one; none is the whole account. */
export const FiguresQuery = z
	.object({
		from: day,
		to: day,
		timeZone: zone,
		/** How finely the range is cut. A year by month reads thirteen rows where by day it reads 366. */
		step: z.enum(["day", "week", "month"]).default("day"),
		number: z
			.string()
			.regex(/^\+?[1-9]\d{6,14}$/, "must be an international telephone number")
			.transform((text) => (text.startsWith("+") ? text : `+${text}`))
			.optional(),
		assistantId: z.string().min(1).max(64).optional(),
		campaignId: z.string().min(1).max(64).optional(),
		userId: z.string().optional(),
	})
	.superRefine(({ from, to, number, assistantId, campaignId }, context) => {
		const refuse = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
		const days = daysBetween(from, to);
		if (days < 1) refuse("to", "must not be before from");
		if (days > MOST_DAYS) refuse("to", `must be within ${MOST_DAYS} days of from`);
		if ([number, assistantId, campaignId].filter((each) => each !== undefined).length > 1)
			refuse("number", "only one of number, assistantId and campaignId");
	});
export type FiguresQuery = z.output<typeof FiguresQuery>;

const Money = z.object({ amountMicros: z.int(), currency: z.string() });

export const Figures = z.object({
	calls: z.int(),
	inboundCalls: z.int(),
	outboundCalls: z.int(),
	answeredCalls: z.int(),
	/** Of all calls, 0 to 1; null without calls. */
	answerRate: z.number().nullable(),
	minutes: z.number(),
	messages: z.int(),
	sentMessages: z.int(),
	receivedMessages: z.int(),
	spend: Money,
	campaignCalls: z.int(),
	assistantCalls: z.int(),
	assistantMinutes: z.number(),
});
export type Figures = z.output<typeof Figures>;

const Subject = Figures.extend({ previous: Figures });

export const Analytics = z.object({
	from: z.string(),
	to: z.string(),
	timeZone: z.string(),
	totals: Figures,
	/** As many days before `from`. */
	previous: z.object({ from: z.string(), to: z.string(), totals: Figures }),
	/** Empty unless `step` is day. */
	byDay: z.array(Figures.extend({ date: z.string() })),
	/** By week from Monday, or by month, when `step` says so: the first and the last one as far as the range has them. */
	byPeriod: z.array(Figures.extend({ from: z.string(), to: z.string() })),
	byNumber: z.array(Subject.extend({ number: z.string(), formatted: z.string(), label: z.string() })),
	byAssistant: z.array(Subject.extend({ assistantId: z.string(), name: z.string() })),
	byCampaign: z.array(Subject.extend({ campaignId: z.string(), title: z.string() })),
});
export type Analytics = z.output<typeof Analytics>;
