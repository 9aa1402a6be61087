import type { House } from "../scope";

/**
 * Takes numbers that have just been silenced out of the hands of dialers that were about to call them; the database keeps them from
 * being claimed again. `campaigns` are the account's running ones. When this returns, no call to them starts any more.
 */
export async function spare(house: House, campaigns: { id: string }[], e164s: string[]): Promise<void> {
	await Promise.all(campaigns.map(({ id }) => house.dialerOf(id).spare(e164s)));
}
