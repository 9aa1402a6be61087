/**
 * What goes wrong at the carrier, each with how often (0 to 1): `refuse` and `lose` before the effect (429, connection cut), the
 * others after it: `fail` answers 500, `cut` closes the connection, `hang` answers after everybody has stopped waiting.
 * `repeat` sends a callback twice, `shuffle` sends those of one call in any order, `drop` never sends one.
 */
export const NO_FAULTS = { refuse: 0, lose: 0, fail: 0, cut: 0, hang: 0, repeat: 0, shuffle: 0, drop: 0 };

/** Decides by chance that can be repeated: the same seed makes the same mishaps in the same order. */
export function chance(seed, faults) {
	const shares = { ...NO_FAULTS, ...faults };
	let state = seed >>> 0;
	const random = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const firstOf = (names) => {
		let left = random();
		for (const name of names) {
			if (left < shares[name]) return name;
			left -= shares[name];
		}
		return null;
	};
	return {
		before: () => firstOf(["refuse", "lose"]),
		after: () => firstOf(["fail", "cut", "hang"]),
		happens: (name) => random() < shares[name],
		random,
	};
}
