export interface Share {
	of: number;
	hits: number;
}

export interface Comparison {
	/** Rates, 0 to 1; null where nobody was asked. */
	a: number | null;
	b: number | null;
	/** How likely so large a difference is by chance alone, 0 to 1; null with too few to tell. */
	p: number | null;
	/** The better one when chance is an unlikely reason (p below 0.05); null otherwise. */
	winner: "a" | "b" | null;
}

/** Below so many expected hits and misses per side the normal curve says nothing. */
const LEAST = 5;

/** Compares two rates by the two-sided z-test of pooled proportions. */
export function compare(a: Share, b: Share): Comparison {
	const rate = ({ of, hits }: Share) => (of === 0 ? null : hits / of);
	const pooled = (a.hits + b.hits) / (a.of + b.of);
	const least = Math.min(a.of, b.of) * Math.min(pooled, 1 - pooled);
	const rates = { a: rate(a), b: rate(b) };
	if (rates.a === null || rates.b === null || !(least >= LEAST)) return { ...rates, p: null, winner: null };
	const z = Math.abs(rates.a - rates.b) / Math.sqrt(pooled * (1 - pooled) * (1 / a.of + 1 / b.of));
	const p = Math.min(1, 2 * tail(z));
	return { ...rates, p, winner: p < 0.05 ? (rates.a > rates.b ? "a" : "b") : null };
}

/** The share of the normal curve beyond z, to seven digits (Abramowitz and Stegun 26.2.17). */
function tail(z: number): number {
	const t = 1 / (1 + 0.2316419 * z);
	const series = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
	const sum = series.reduceRight((rest, factor) => (rest + factor) * t, 0);
	return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}
