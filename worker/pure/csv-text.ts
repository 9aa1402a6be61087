const LEAST_PIECE = 131_072;

/**
 * The text of a file that comes in bytes, in pieces of some size: UTF-8 or UTF-16 by its byte order mark or by its zeros, and
 * Windows-1252, which spreadsheets still write, when it is not UTF-8.
 */
export async function* textOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
	let decoder: TextDecoder | undefined;
	let waiting: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of bytes) {
		waiting.push(chunk);
		size += chunk.length;
		if (size < LEAST_PIECE) continue;
		const joined = join(waiting, size);
		decoder ??= decoderFor(joined);
		yield decoder.decode(joined, { stream: true });
		waiting = [];
		size = 0;
	}
	const joined = join(waiting, size);
	yield (decoder ?? decoderFor(joined)).decode(joined);
}

function join(chunks: Uint8Array[], size: number): Uint8Array {
	const joined = new Uint8Array(size);
	let at = 0;
	for (const chunk of chunks) {
		joined.set(chunk, at);
		at += chunk.length;
	}
	return joined;
}

function decoderFor(head: Uint8Array): TextDecoder {
	const [first, second] = head;
	if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le");
	if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be");
	// Latin text in UTF-16 without a mark has a zero beside every letter.
	if (first !== 0 && second === 0 && head[3] === 0) return new TextDecoder("utf-16le");
	if (first === 0 && second !== 0 && head[2] === 0) return new TextDecoder("utf-16be");
	try {
		new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(head, { stream: true });
		return new TextDecoder("utf-8");
	} catch {
		return new TextDecoder("windows-1252");
	}
}
