import type { Ready } from "./attempts/store";

/**
 * A note in the journal holds the next request up until it is durable. A fast dialer notes so much of a second's work at once: after
 * a crash a few people more must be looked for at the carrier, and none is called twice.
 */
const NOTES_PER_SECOND = 25;
const MOST_NOTED = 24;

/** Whom to note before the next `share` of the queue may leave; nobody, while they are noted. */
export function noteworthy(
	queue: readonly Ready[],
	noted: ReadonlySet<string>,
	{ share, perSecond }: { share: number; perSecond: number },
): Ready[] {
	if (queue.slice(0, share).every(({ id }) => noted.has(id))) return [];
	const block = Math.max(share, Math.min(MOST_NOTED, perSecond / NOTES_PER_SECOND));
	return queue.filter(({ id }, at) => at < MOST_NOTED + share && !noted.has(id)).slice(0, block);
}
