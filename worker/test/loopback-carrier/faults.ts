/** What can go wrong with a request, seen from its sender. */
export const FAULT_MODES = [
	"429",
	"500-before", // before the effect
	"cut-before",
	"500-after", // after it
	"timeout-after", // never answered
	"cut-after", // the connection is cut
	"malformed-after", // the answer cannot be read
] as const;

export type FaultMode = (typeof FAULT_MODES)[number];

export interface Fault {
	mode: FaultMode;
	/** The operation of the OpenAPI description that it befalls; every one when not named. */
	operation?: string | undefined;
	/** How many requests it befalls; all of them when not named. */
	times?: number | undefined;
	/** Share of the requests that it befalls. */
	share?: number | undefined;
}

/** The faults that are switched on. */
export class Faults {
	readonly #chance: () => number;
	#armed: Fault[] = [];

	constructor(chance: () => number) {
		this.#chance = chance;
	}

	arm(fault: Fault): void {
		this.#armed.push({ ...fault });
	}

	clear(): void {
		this.#armed = [];
	}

	/** The fault that befalls a request, if any; counts it. */
	next(operation: string): FaultMode | null {
		const fault = this.#armed.find(
			(each) =>
				(!each.operation || each.operation === operation) &&
				(each.times ?? 1) > 0 &&
				(each.share === undefined || this.#chance() < each.share),
		);
		if (fault?.times !== undefined) fault.times--;
		return fault?.mode ?? null;
	}
}
