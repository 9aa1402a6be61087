/** People who are nobody: numbers that are kept for films and examples. */
export const PEOPLE = [
	["+14155550134", "Sam, San Francisco"],
	["+442079460102", "Grace, London"],
	["+61491570156", "Ava, Sydney"],
	["+33199005678", "Luc, Paris"],
] as const;
