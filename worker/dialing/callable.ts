import type { DialFacts } from "../campaigns/facts/store";
import type { Db } from "../db/client";
import type { Ready } from "./attempts/store";
import { OpenZones, rulesOf } from "./hours";
import { zonesOfCampaign } from "./recipients/store";

/** Whom a campaign may call at the moment, by the hours of the zones that they live in. */
export class Callable {
	readonly #db: Db;
	readonly #campaignId: string;
	readonly #open = new OpenZones();
	#zones: string[] | undefined;

	constructor(db: Db, campaignId: string) {
		this.#db = db;
		this.#campaignId = campaignId;
	}

	/** Looks at every zone again: people have come in, or were claimed although their hours are over. */
	lookAgain(): void {
		this.#zones = undefined;
	}

	/** The zones that are closed, with when each opens; none as long as all that were open the last time still are. */
	async closed(facts: DialFacts, now: number): Promise<Record<string, number | null>> {
		if (this.#zones && now < this.#open.nextClosing()) return {};
		this.#zones ??= (await zonesOfCampaign(this.#db, this.#campaignId)).map((row) => row.zones);
		return this.#open.closed(this.#zones, rulesOf(facts), now);
	}

	/** Parts those who may be called from those who may not any more: all, where the campaign is gone. */
	parted(ready: Ready[], facts: DialFacts | undefined, now: number): { open: Ready[]; shut: Ready[] } {
		const rules = facts && rulesOf(facts);
		const { open = [], shut = [] } = Object.groupBy(ready, ({ zones }) =>
			rules && this.#open.isOpen(zones, rules, now) ? "open" : "shut",
		);
		if (shut.length > 0) this.lookAgain();
		return { open, shut };
	}
}
