import type { DialFacts } from "../campaigns/facts/store";
import { minuteOf } from "../campaigns/shape";
import { LegalHours } from "../campaigns/start";
import { type CallingHours, closesAt, nextOpening, openBetween, type Stretch } from "../pure/calling-hours";

export type Rules = Pick<CallingHours, "window" | "legal">;

/** The calling hours of a campaign: its own window, without holidays and up to its end, within what the law leaves of the day. */
export function rulesOf({ campaign, legalHours }: Pick<DialFacts, "campaign" | "legalHours">): Rules {
	const legal = LegalHours.parse(JSON.parse(legalHours));
	return {
		window: {
			startMinute: campaign.windowStartMinute,
			endMinute: campaign.windowEndMinute,
			days: campaign.windowDays,
			holidays: campaign.holidays,
			...(campaign.endsAt === null ? {} : { until: campaign.endsAt }),
		},
		legal: { startMinute: minuteOf(legal.start), endMinute: minuteOf(legal.end) },
	};
}

/** When people in these zones may be called between two moments. Nobody's zone is open all day to those who asked to dial unknown zones. */
export function openHours(zones: string, rules: Rules, from: number, to: number): Stretch[] {
	if (zones !== "") return openBetween({ zones, ...rules, from }, to);
	const end = Math.min(to, rules.window.until ?? to);
	return end > from ? [{ start: from, end }] : [];
}

/** Which zones may be called now, remembered until each one closes. */
export class OpenZones {
	readonly #closing = new Map<string, number>();

	#rules = "";

	/** True while people in these zones may be called. */
	isOpen(zones: string, rules: Rules, now: number): boolean {
		this.#heed(rules);
		if (zones === "") return now < (rules.window.until ?? Number.POSITIVE_INFINITY);
		const until = this.#closing.get(zones);
		if (until !== undefined && now < until) return true;
		const closes = closesAt({ zones, ...rules, from: now });
		if (closes === null) this.#closing.delete(zones);
		else this.#closing.set(zones, closes);
		return closes !== null;
	}

	/** Those of the zones that are closed now, with the moment each opens; null when it never does. */
	closed(all: string[], rules: Rules, now: number): Record<string, number | null> {
		const shut = all.filter((zones) => !this.isOpen(zones, rules, now));
		return Object.fromEntries(shut.map((zones) => [zones, nextOpening({ zones, ...rules, from: now })]));
	}

	/** When the next zone that is open now closes; never, when none is. */
	nextClosing(): number {
		return Math.min(...this.#closing.values(), Number.POSITIVE_INFINITY);
	}

	// A campaign can be edited while its dialer is awake: what was open by other rules is not remembered.
	#heed(rules: Rules): void {
		const said = JSON.stringify(rules);
		if (said !== this.#rules) this.#closing.clear();
		this.#rules = said;
	}
}
