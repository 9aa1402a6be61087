const KEYPAD = ["abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"];

/** The pattern of {@link StockQuery.contains} as keys of a telephone: letters become digits, `*` stays, the rest is dropped. */
export function asKeys(contains: string): string {
	return [...contains.toLowerCase()].map((char) => (/[\d*]/.test(char) ? char : keyOf(char))).join("");
}

/** True when the number contains the pattern. An empty pattern is in every number. */
export function isContained(e164: string, contains: string): boolean {
	return new RegExp(asKeys(contains).replaceAll("*", "\\d")).test(e164.slice(1));
}

function keyOf(char: string): string {
	const row = KEYPAD.findIndex((letters) => letters.includes(char));
	return row === -1 ? "" : String(row + 2);
}
