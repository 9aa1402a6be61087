/** One part of a multipart/form-data body. Its bytes must be read, or left alone, before the next part is asked for. */
export interface Part {
	name: string;
	/** Null for a plain field. */
	filename: string | null;
	bytes: AsyncGenerator<Uint8Array>;
}

/** The body is not what its content type says. */
export class BadMultipart extends Error {
	override readonly name = "BadMultipart";
}

const LONGEST_HEAD = 16_384;
const CR = 13;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The boundary in a content type; null when it is not multipart/form-data. */
export function boundaryOf(contentType: string): string | null {
	if (!/^multipart\/form-data\b/i.test(contentType)) return null;
	const [, quoted, bare] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType) ?? [];
	return quoted ?? bare ?? null;
}

/** The parts of a body as they come, without ever holding a whole one. */
export async function* partsOf(body: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Part> {
	const source = new Source(body, encoder.encode(`\r\n--${boundary}`));
	for await (const _ of source.untilBoundary()); // whatever comes before the first part
	while (!(await source.isOver())) {
		const part = { ...headOf(await source.head()), bytes: source.untilBoundary() };
		yield part;
		for await (const _ of part.bytes); // what nobody wanted
	}
}

class Source {
	readonly #chunks: AsyncIterator<Uint8Array>;
	readonly #boundary: Uint8Array;
	// As if a line break came before the body: the first boundary is like the others then.
	#buffer: Uint8Array = encoder.encode("\r\n");

	constructor(body: AsyncIterable<Uint8Array>, boundary: Uint8Array) {
		this.#chunks = body[Symbol.asyncIterator]();
		this.#boundary = boundary;
	}

	/** The bytes up to the next boundary, which is read over. */
	async *untilBoundary(): AsyncGenerator<Uint8Array> {
		for (;;) {
			const { at, certain } = find(this.#buffer, this.#boundary);
			if (at > 0) yield this.#buffer.subarray(0, at);
			this.#buffer = this.#buffer.subarray(at);
			if (certain) {
				this.#buffer = this.#buffer.subarray(this.#boundary.length);
				return;
			}
			await this.#more();
		}
	}

	/** True behind the last part. */
	async isOver(): Promise<boolean> {
		while (this.#buffer.length < 2) await this.#more();
		return this.#buffer[0] === 45 && this.#buffer[1] === 45;
	}

	/** The lines that name a part. */
	async head(): Promise<string> {
		for (;;) {
			const text = decoder.decode(this.#buffer.subarray(0, LONGEST_HEAD));
			const end = text.indexOf("\r\n\r\n");
			if (end !== -1) {
				const head = text.slice(0, end);
				this.#buffer = this.#buffer.subarray(encoder.encode(head).length + 4);
				return head;
			}
			if (this.#buffer.length > LONGEST_HEAD) throw new BadMultipart("a part without an end to its head");
			await this.#more();
		}
	}

	async #more(): Promise<void> {
		const { value, done } = await this.#chunks.next();
		if (done) throw new BadMultipart("the body ends in the middle");
		const joined = new Uint8Array(this.#buffer.length + value.length);
		joined.set(this.#buffer);
		joined.set(value, this.#buffer.length);
		this.#buffer = joined;
	}
}

/** Where `wanted` starts, or where it might start at the end of what is there. */
function find(bytes: Uint8Array, wanted: Uint8Array): { at: number; certain: boolean } {
	for (let at = bytes.indexOf(CR); at !== -1; at = bytes.indexOf(CR, at + 1)) {
		let same = 1;
		while (same < wanted.length && bytes[at + same] === wanted[same]) same++;
		if (same === wanted.length) return { at, certain: true };
		if (at + same === bytes.length) return { at, certain: false };
	}
	return { at: bytes.length, certain: false };
}

function headOf(head: string): { name: string; filename: string | null } {
	const [disposition] = /^content-disposition:.*$/im.exec(head) ?? [];
	const name = / name="([^"]*)"/i.exec(disposition ?? "")?.[1];
	if (name === undefined) throw new BadMultipart("a part without a name");
	const filename = /; ?filename="((?:[^"\\]|\\.)*)"/i.exec(disposition ?? "")?.[1];
	return { name, filename: filename === undefined ? null : filename.replaceAll("%22", '"').replace(/\\(.)/g, "$1") };
}
