import type * as z from "zod";
import type { CampaignRow } from "../../campaigns/store";
import { offsetAt } from "../../pure/calling-hours";
import { compare } from "../../pure/significance";
import type { ReportShape } from "../inputs";
import type { outcomesOf } from "../recipients/store";
import type { HourRow, VariantRow } from "./store";

type Report = z.output<typeof ReportShape>;
type OutcomeRow = Awaited<ReturnType<typeof outcomesOf>>[number];

const HOUR = 3_600_000;
const ANSWERED = new Set(["answered", "transferred", "opted_out"]);

/** How many people came how far: on the list, called, picked up, pressed 1, talked. The latest result of each; nobody who pressed 1 is called again. */
export function toFunnel(rows: OutcomeRow[], { counters }: CampaignRow): Report["funnel"] {
	const count = (which: (row: OutcomeRow) => boolean) =>
		rows.filter(which).reduce((sum, { people }) => sum + people, 0);
	const transferred = count(({ state, outcome }) => state !== "skipped" && outcome === "transferred");
	return {
		people: count(() => true),
		called: count(
			({ state, outcome }) => state === "done" || state === "active" || (state === "pending" && outcome !== ""),
		),
		answered: count(({ state, outcome }) => state !== "skipped" && ANSWERED.has(outcome)),
		transferred,
		// A talk counts as soon as somebody has taken the call, its 1 with the end of it: no more can have come through than pressed.
		connected: Math.min(counters.connectedCalls, transferred),
	};
}

/** Calls and answers by the hour of the people's own day, one row per zone, those with most calls first. */
export function toHeatMap(rows: HourRow[]): Report["byHour"] {
	const zones = new Map<string, Report["byHour"][number]>();
	for (const { zones: joined, hour, calls, answered } of rows) {
		const zone = joined.split("|")[0] ?? "";
		const line = zones.get(zone) ?? {
			zone,
			calls: new Array<number>(24).fill(0),
			answered: new Array<number>(24).fill(0),
		};
		zones.set(zone, line);
		const at = localHour(zone, hour);
		line.calls[at] = (line.calls[at] ?? 0) + calls;
		line.answered[at] = (line.answered[at] ?? 0) + answered;
	}
	const total = ({ calls }: { calls: number[] }) => calls.reduce((sum, count) => sum + count, 0);
	return [...zones.values()].sort((one, other) => total(other) - total(one));
}

/** The hour of the day in which most of an hour of UTC lies in a zone; UTC's own where the zone is unknown. */
function localHour(zone: string, hour: number): number {
	const moment = hour * HOUR + HOUR / 2;
	return Math.floor((moment + (zone === "" ? 0 : (offsetAt(zone, moment) ?? 0))) / HOUR) % 24;
}

/** What each greeting came to, and whether the difference is more than chance. Null while only one has been heard. */
export function toTest(rows: VariantRow[]): Report["test"] {
	const of = (name: "a" | "b") => rows.find(({ variant }) => variant === name);
	const [a, b] = [of("a"), of("b")];
	if (!b) return null;
	const figures = (row: VariantRow | undefined) => ({
		calls: row?.calls ?? 0,
		answered: row?.answered ?? 0,
		transferred: row?.transferred ?? 0,
		optedOut: row?.optedOut ?? 0,
	});
	const [one, other] = [figures(a), figures(b)];
	const shares = (hits: "transferred" | "optedOut") =>
		compare({ of: one.answered, hits: one[hits] }, { of: other.answered, hits: other[hits] });
	return { a: one, b: other, transferred: shares("transferred"), optedOut: shares("optedOut") };
}

/** What one call answered by a person, one 1 and one talk cost on average; null while there was none. */
export function toCosts({ counters }: CampaignRow): Report["costs"] {
	const per = (count: number) => (count === 0 ? null : Math.round(counters.spentMicros / count));
	return {
		perAnswerMicros: per(counters.answeredCalls - counters.machineCalls),
		perTransferMicros: per(counters.transferredCalls),
		perConnectMicros: per(counters.connectedCalls),
	};
}
