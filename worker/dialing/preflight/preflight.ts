import { type StartFacts, startFacts } from "../../campaigns/facts/store";
import { pricedLeg } from "../../campaigns/priced-leg";
import { missing } from "../../campaigns/start";
import { type Campaign, campaignById } from "../../campaigns/store";
import { inOneBatch } from "../../db/client";
import { notFound } from "../../errors";
import { type Forecast, forecast } from "../../pure/forecast";
import type { Scope } from "../../scope";
import { callPrices } from "../../wallet/store";
import { openHours, type Rules, rulesOf } from "../hours";
import { callMinutes } from "../prepare";
import { type Standing, standings } from "../recipients/store";
import type { PreflightShape } from "./inputs";

const DAY = 86_400_000;
/** What lies further ahead than this is not foreseen. */
const LOOK_DAYS = [8, 60];
/** What a call takes of a line, ringing included, where nothing else is known. */
const CALL_SECONDS = 30;
const STRIPS = 40;

/**
 * What a campaign would do if it started then: who is called when and who is not and why, by the rules and the code that its dialer
 * goes by, and what it costs at most. The list is counted by the database; one round trip, whatever its length.
 */
export async function preflight(scope: Scope, id: string, startsAt?: string): Promise<PreflightShape> {
	const { db, accountId } = scope;
	const [[row], [facts], standing, calls, assistants] = await inOneBatch(db, [
		campaignById(db, accountId, id),
		startFacts(db, accountId, id),
		standings(db, accountId, id),
		callPrices(db),
		callPrices(db, "assistant_minute"),
	]);
	if (!row || !facts) throw notFound("Campaign");
	const { campaign, transferE164 } = row;
	const now = scope.now();
	const from = startsAt ? Math.max(now, Date.parse(startsAt)) : Math.max(now, campaign.startsAt ?? now);
	const plan = planned(standing, campaign, { rules: rulesOf({ campaign, legalHours: facts.legalHours }), from });
	const pace = paceOf(campaign, facts, scope.settings);
	const seen = foresee(plan, { ...pace, from });
	const [ofCall, ofAssistant] = [priceIn(calls), priceIn(assistants)];
	const leg = pricedLeg(campaign, transferE164);
	const transfer = leg ? (leg.item === "call_minute" ? ofCall : ofAssistant)(leg.country) : 0;
	const onceMicros = plan.called.reduce(
		(sum, { country, people }) => sum + people * callMinutes({ campaign }) * (ofCall(country) + transfer),
		0,
	);
	const ceilingMicros = onceMicros * mostAttempts(campaign);
	const { availableMicros } = facts;
	return {
		startsAt: new Date(from).toISOString(),
		people: total(standing),
		dialable: total(plan.called),
		skipped: [...plan.skipped].map(([reason, count]) => ({ reason, count })),
		notReached: seen.left.reduce((sum, people) => sum + people, 0),
		mergedDuplicates: facts.merged,
		invalidRows: facts.invalid,
		cost: { onceMicros, ceilingMicros, availableMicros, isCovered: ceilingMicros <= availableMicros, currency: "USD" },
		pace: { callsPerSecond: pace.rate, limitedBy: pace.limitedBy },
		finishesAt: seen.finishesAt === null ? null : new Date(seen.finishesAt).toISOString(),
		zones: strips(plan, seen, from),
		missing: [...missing(facts, now)],
	};
}

/** The price in a country, by rows that name countries or "*" for all others. */
function priceIn(rows: { country: string; micros: number }[]): (country: string) => number {
	const priced = new Map(rows.map(({ country, micros }) => [country, micros]));
	return (country) => priced.get(country) ?? priced.get("*") ?? 0;
}

interface Plan {
	called: Standing[];
	skipped: Map<string, number>;
	/** People by zones, most first, with the hours in which they may be called as far as one looks ahead. */
	groups: { zones: string; people: number; rules: Rules }[];
}

/** Who is called: whoever has no reason against it and whose hours open. Those that are shut at the start wait, or are skipped. */
function planned(standing: Standing[], campaign: Campaign, { rules, from }: { rules: Rules; from: number }): Plan {
	const called: Standing[] = [];
	const skipped = new Map<string, number>();
	const people = new Map<string, number>();
	for (const group of standing) {
		const reason = group.reason ?? shut(group.zones, campaign.outsideHours, rules, from);
		if (reason) skipped.set(reason, (skipped.get(reason) ?? 0) + group.people);
		else {
			called.push(group);
			people.set(group.zones, (people.get(group.zones) ?? 0) + group.people);
		}
	}
	const groups = [...people].map(([zones, count]) => ({ zones, people: count, rules }));
	return { called, skipped, groups: groups.sort((one, other) => other.people - one.people) };
}

function shut(zones: string, outside: "wait" | "skip", rules: Rules, from: number): string | null {
	const first = openHours(
		zones,
		rules,
		from,
		from + (LOOK_DAYS[0] ?? 0) * DAY + (rules.window.holidays?.length ?? 0) * DAY,
	)[0];
	if (!first) return rules.window.until !== undefined && rules.window.until <= from ? "not_reached" : "never_open";
	return outside === "skip" && first.start > from ? "outside_hours" : null;
}

function foresee({ groups }: Plan, { rate, from }: { rate: number; from: number }): Forecast {
	let seen: Forecast = { finishesAt: from, left: [], calls: [] };
	for (const days of LOOK_DAYS) {
		const open = groups.map(({ zones, people, rules }) => ({
			people,
			open: openHours(zones, rules, from, from + days * DAY),
		}));
		seen = forecast(open, { rate, from, hours: 24 });
		if (seen.finishesAt !== null) break;
	}
	return seen;
}

/** The pace that the dialer would keep: the campaign's own, within its share of the carrier's, as far as the lines allow. */
function paceOf(
	campaign: Campaign,
	{ campaignsRunning }: StartFacts,
	{ CALLS_PER_SECOND, MAX_CONCURRENT_CALLS }: Scope["settings"],
): { rate: number; limitedBy: PreflightShape["pace"]["limitedBy"] } {
	const limits = [
		{ rate: CALLS_PER_SECOND / (campaignsRunning + 1), limitedBy: "carrier" as const },
		{ rate: campaign.callsPerSecond ?? Number.POSITIVE_INFINITY, limitedBy: "campaign" as const },
		{
			rate: Math.min(campaign.maxConcurrent ?? MAX_CONCURRENT_CALLS, MAX_CONCURRENT_CALLS) / CALL_SECONDS,
			limitedBy: "concurrency" as const,
		},
	];
	return limits.reduce((least, limit) => (limit.rate < least.rate ? limit : least));
}

const mostAttempts = ({ maxAttempts, retryRules }: Campaign) =>
	Math.max(maxAttempts, ...Object.values(retryRules).map((rule) => rule.maxAttempts));

function strips({ groups }: Plan, { calls }: Forecast, from: number): PreflightShape["zones"] {
	return groups.slice(0, STRIPS).map(({ zones, people, rules }, at) => {
		const open = openHours(zones, rules, from, from + DAY);
		const opensAt = open[0]?.start ?? openHours(zones, rules, from, from + (LOOK_DAYS[1] ?? 0) * DAY)[0]?.start;
		return {
			zones: zones === "" ? [] : zones.split("|"),
			people,
			opensAt: opensAt === undefined ? null : new Date(opensAt).toISOString(),
			open: Array.from({ length: 24 }, (_, hour) => minutesOpen(open, from + hour * 3_600_000)),
			calls: (calls[at] ?? []).map((count) => Math.round(count)),
		};
	});
}

function minutesOpen(open: { start: number; end: number }[], hour: number): number {
	const within = open.map(({ start, end }) => Math.min(end, hour + 3_600_000) - Math.max(start, hour));
	return Math.round(within.filter((ms) => ms > 0).reduce((sum, ms) => sum + ms, 0) / 60_000);
}

const total = (groups: { people: number }[]) => groups.reduce((sum, { people }) => sum + people, 0);
