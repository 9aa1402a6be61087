import { minuteOf } from "../campaigns/shape";
import { LegalHours } from "../campaigns/start";
import type { DialFacts } from "../campaigns/store";
import { type CallingHours, closesAt, nextOpening } from "../pure/calling-hours";

type Rules = Pick<CallingHours, "window" | "legal">;

/** The calling hours of a campaign: its own window within what the law leaves of the day. */
export function rulesOf({ campaign, legalHours }: DialFacts): Rules {
	const legal = LegalHours.parse(JSON.parse(legalHours));
	return {
		window: { startMinute: campaign.windowStartMinute, endMinute: campaign.windowEndMinute, days: campaign.windowDays },
		legal: { startMinute: minuteOf(legal.start), endMinute: minuteOf(legal.end) },
	};
}

/** Which zones may be called now, remembered until each one closes. */
export class OpenZones {
	readonly #closing = new Map<string, number>();

	/** True while people in these zones may be called. Nobody's zone is open to those who asked to dial unknown zones. */
	isOpen(zones: string, rules: Rules, now: number): boolean {
		if (zones === "") return true;
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

	/** Forgets everything: the rules have changed. */
	clear(): void {
		this.#closing.clear();
	}
}
