/** One unit of the currency in the millionths that all money here is counted in. */
export const MICROS = 1_000_000;

/** An amount on the wire. */
export interface Money {
	amountMicros: number;
	currency: string;
}

export function money(amountMicros: number, currency = "USD"): Money {
	return { amountMicros, currency };
}

/** Millionths as the plain number that some of the contract's fields keep: 1150000 -> 1.15. */
export function toUnits(micros: number): number {
	return micros / MICROS;
}

/** The other way, to the nearest millionth. */
export function toMicros(units: number): number {
	return Math.round(units * MICROS);
}
