const MOST_WORDS = 10;
const LONGEST_WORD = 40;

/** The words of what somebody looks for: letters and digits only, so that no search can be said in them. */
export function wordsIn(text: string): string[] {
	const words = text.normalize("NFKC").match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
	return words.slice(0, MOST_WORDS).map((word) => [...word].slice(0, LONGEST_WORD).join(""));
}
