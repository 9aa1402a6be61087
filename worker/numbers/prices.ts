import type { PriceRow } from "../wallet/store";

/** Which of an item's prices applies: the exact country goes before '*', then the exact type. */
export function priceFor(prices: PriceRow[], country: string, type: string): number {
	const exactness = (row: PriceRow) => (row.country === country ? 2 : 0) + (row.lineType === type ? 1 : 0);
	const fitting = prices.filter(
		(row) => (row.country === country || row.country === "*") && (row.lineType === type || row.lineType === "*"),
	);
	const [best] = fitting.sort((a, b) => exactness(b) - exactness(a));
	if (!best) throw new Error(`the price book has no price for ${country} ${type}`);
	return best.amountMicros;
}
