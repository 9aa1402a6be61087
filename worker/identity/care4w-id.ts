const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A new call identity: `care4w-` and 7 characters of Crockford's base32. Given at sign-up, never changed. */
export function newCare4wId(): string {
	return `care4w-${randomCrockford(7)}`;
}

/** A code that a person may read out: no letter looks like a digit. */
export function randomCrockford(length: number): string {
	const picks = crypto.getRandomValues(new Uint8Array(length));
	return Array.from(picks, (pick) => CROCKFORD[pick % 32]).join("");
}
