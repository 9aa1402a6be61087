export interface ByteRange {
	start: number;
	length: number;
}

/**
 * The one range that a `Range` header asks for. Null means the whole: without a header, for one that cannot be read, and for several
 * ranges at once, which a server may answer with everything. "unsatisfiable" when nothing of it lies within `size` bytes.
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | null | "unsatisfiable" {
	const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "") ?? [];
	if (first === "" && last === "") return null;
	if (first === "") {
		const length = Math.min(Number(last), size);
		return length === 0 ? "unsatisfiable" : { start: size - length, length };
	}
	const start = Number(first);
	if (last !== "" && Number(last) < start) return null;
	if (start >= size) return "unsatisfiable";
	return { start, length: Math.min(last === "" ? size : Number(last) + 1, size) - start };
}
