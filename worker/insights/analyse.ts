import { notFound } from "../errors";
import { csvLine } from "../pure/csv";
import { begins, dateAfter, daysBetween, localDays } from "../pure/local-days";
import { toUnits } from "../pure/money";
import type { Scope } from "../scope";
import type { Analytics, FiguresQuery } from "./inputs";
import { between, subjectsOf } from "./shape";
import { figuresAt, type Kind } from "./store";

/** An account's own figures: by local day, by what they are about, and compared with as many days before. */
export async function analyse({ db, accountId }: Scope, query: FiguresQuery): Promise<Analytics> {
	const { from, to, timeZone, step } = query;
	const count = daysBetween(from, to);
	const before = dateAfter(from, -count);
	const cuts = localDays(timeZone, from, to).filter(
		({ date }, n) => n === 0 || n === count || begins(step, date), // the day after the range ends its last part
	);
	const boundaries = cuts.map(({ start }) => start);
	const [start = 0, end = 0] = [boundaries[0], boundaries.at(-1)];
	const beforeStart = localDays(timeZone, before, before)[0]?.start ?? start;
	const asked = { boundaries, periods: [beforeStart, start, end] as const, ...subjectOf(query) };
	const { known, byBoundary, bySubject } = await figuresAt(db, accountId, asked);
	if (!known) throw notFound("What these figures are to be about");
	const [earlier, ...at] = byBoundary;
	const parts = cuts.slice(0, -1).map(({ date }, n) => ({
		from: date,
		to: dateAfter(cuts[n + 1]?.date ?? date, -1),
		figures: between(at[n], at[n + 1]),
	}));
	return {
		from,
		to,
		timeZone,
		totals: between(at[0], at.at(-1)),
		previous: { from: before, to: dateAfter(from, -1), totals: between(earlier, at[0]) },
		byDay: step === "day" ? parts.map(({ from: date, figures }) => ({ date, ...figures })) : [],
		byPeriod: step === "day" ? [] : parts.map(({ figures, ...range }) => ({ ...range, ...figures })),
		...subjectsOf(bySubject),
	};
}

function subjectOf({ number, assistantId, campaignId }: FiguresQuery): { kind: Kind; subject: string } {
	if (number !== undefined) return { kind: "number", subject: number };
	if (assistantId !== undefined) return { kind: "assistant", subject: assistantId };
	if (campaignId !== undefined) return { kind: "campaign", subject: campaignId };
	return { kind: "all", subject: "" };
}

/** The same by day, as a table for a spreadsheet. */
export async function* figuresCsv({ byDay }: Analytics): AsyncGenerator<string> {
	yield csvLine(COLUMNS.map(([head]) => head));
	for (const day of byDay) yield csvLine(COLUMNS.map(([, of]) => of(day)));
}

const COLUMNS: [head: string, of: (day: Analytics["byDay"][number]) => string | number][] = [
	["Day", (day) => day.date],
	["Calls", (day) => day.calls],
	["Inbound", (day) => day.inboundCalls],
	["Outbound", (day) => day.outboundCalls],
	["Answered", (day) => day.answeredCalls],
	["Minutes", (day) => day.minutes],
	["Texts sent", (day) => day.sentMessages],
	["Texts received", (day) => day.receivedMessages],
	["Spent", (day) => toUnits(day.spend.amountMicros)],
	["Campaign calls", (day) => day.campaignCalls],
	["Assistant calls", (day) => day.assistantCalls],
	["Assistant minutes", (day) => day.assistantMinutes],
];
