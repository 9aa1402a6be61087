import { busyCampaignsAnyAccount } from "../campaigns/running/store";
import { startScheduled } from "../campaigns/start";

import type { House } from "../scope";

/** Starts scheduled campaigns whose moment has come. */
export async function startDueCampaigns(house: House): Promise<void> {
	await startScheduled(house);
}

/** Wakes the dialer of every running campaign with somebody to call: one that was lost with its alarm goes on, the others notice nothing. */
export async function wakeDialers(house: House): Promise<void> {
	const running = await busyCampaignsAnyAccount(house.db, house.now());
	await Promise.all(running.map(({ id }) => house.dialerOf(id).nudge()));
}
