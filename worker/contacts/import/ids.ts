import { ulid } from "ulid";

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Makes ids that sort in the order in which they were made. One random draw serves a whole import: a million draws take a second. */
export function orderedIds(prefix: string, now: number): { start: string; next: () => string } {
	const start = `${prefix}_${ulid(now).slice(0, 20)}`;
	let made = 0;
	return { start, next: () => idAt(start, made++) };
}

/** The n-th id of those that begin with `start`. */
export function idAt(start: string, n: number): string {
	let digits = "";
	for (let rest = n, i = 0; i < 6; i++, rest = Math.floor(rest / 32)) digits = CROCKFORD[rest % 32] + digits;
	return start + digits;
}
