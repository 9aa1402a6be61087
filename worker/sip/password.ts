import type { Settings } from "../env";
import { seal, unseal } from "../identity/sealed";

type Place = { accountId: string; id: string };

// Sealed along with where it lies, so that a row with somebody else's password cannot be opened.
const placeOf = ({ accountId, id }: Place) => `${accountId}|sip_providers|${id}|password_sealed`;

export const sealPassword = (settings: Settings, place: Place, password: string): Promise<string> =>
	seal(settings, password, placeOf(place));

/** The password of a provider, for the carrier's eyes only. Undefined when it has none. */
export async function openPassword(
	settings: Settings,
	place: Place & { passwordSealed: string | null },
): Promise<string | undefined> {
	return place.passwordSealed === null ? undefined : unseal(settings, place.passwordSealed, placeOf(place));
}
