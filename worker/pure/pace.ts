/**
 * Keeps a rate by the last N starts: the next one may come no sooner than a window after the N-th before it, so that no sliding
 * second ever holds more than the rate allows. A token clock would let two bursts meet at its edge.
 */
export interface Pace {
	/** Milliseconds to wait at `now` before the next start, or so many together; 0 when they may start at once. */
	wait(now: number, together?: number): number;
	/** Notes a start at `now`. */
	started(now: number): void;
	/** One that was noted for `noted` really came later, at `really`. */
	moved(noted: number, really: number): void;
	readonly perSecond: number;
}

/** Clocks and timers are a little coarse; without this slack two starts could be seen 999 ms apart. 0.2 % of the rate. */
const SLACK_MS = 2;

/** Starts also keep this share of their even distance, so that a network that delays some of them does not push two seconds' worth together. */
const EVENNESS = 0.8;

/** A machine that was busy elsewhere for so long makes up for it at once: the last N starts alone then say when the next may come. */
const CATCH_UP_MS = 100;

/** A pace of `perSecond` starts, also below one: 0.2 is one start in five seconds. Infinity never waits. */
export function paceOf(perSecond: number, earlier: readonly number[] = []): Pace {
	const most = Math.max(1, Math.floor(perSecond));
	const windowMs = (most / perSecond) * 1000 + SLACK_MS;
	const apartMs = most > 1 ? (windowMs / most) * EVENNESS : 0;
	const starts = Number.isFinite(perSecond) ? earlier.slice(-most) : [];
	/** When the last start was due. A timer that was late must not put off all that come after it. */
	let due = starts.at(-1) ?? -Infinity;
	return {
		perSecond,
		wait(now, together = 1) {
			if (!Number.isFinite(perSecond)) return 0;
			const oldest = starts[starts.length - 1 - most + Math.min(together, most)];
			return Math.max(0, (oldest ?? -Infinity) + windowMs - now, due + apartMs - now);
		},
		started(now) {
			if (!Number.isFinite(perSecond)) return;
			due = Math.max(due + apartMs, now - Math.max(apartMs, CATCH_UP_MS));
			starts.push(now);
			if (starts.length > most) starts.splice(0, starts.length - most);
		},
		moved(noted, really) {
			let at = starts.lastIndexOf(noted);
			if (at === -1) return;
			// In their order, as they are asked for: it goes past the few that started in between.
			for (let next = starts[at + 1]; next !== undefined && next < really; next = starts[++at + 1]) starts[at] = next;
			starts[at] = really;
		},
	};
}
