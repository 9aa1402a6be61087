/** On how many shelves the marks stand; which one is half of what a mark tells. */
export const SHELVES = 512;

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
const SHELF_BITS = 9;
export const MARK_LENGTH = 3;

/**
 * Twenty-seven bits that stand for a password in the list of the most used ones, which would weigh twice as much word by word. A password
 * that is not in it looks as if it were once in 45,000 times. No secret: it is only ever compared with public words.
 */
export function markOf(password: string): { shelf: number; mark: string } {
	const hash = hashOf(password);
	const rest = hash >>> SHELF_BITS;
	const mark = Array.from({ length: MARK_LENGTH }, (_, digit) => DIGITS[(rest >>> (6 * digit)) & 63]).join("");
	return { shelf: hash & (SHELVES - 1), mark };
}

// FNV-1a over UTF-16 units, its bits stirred once more as MurmurHash3 does at its end.
function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}
