/** Small recordings made byte by byte, for tests. */

const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

function joined(...pieces: Uint8Array[]): Uint8Array<ArrayBuffer> {
	const whole = new Uint8Array(pieces.reduce((size, { length }) => size + length, 0));
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.length;
	}
	return whole;
}

function little(...fields: [bytes: 1 | 2 | 4 | 8, value: number][]): Uint8Array {
	const view = new DataView(new ArrayBuffer(fields.reduce((size, [bytes]) => size + bytes, 0)));
	let at = 0;
	for (const [bytes, value] of fields) {
		if (bytes === 8) view.setBigInt64(at, BigInt(value), true);
		else if (bytes === 4) view.setUint32(at, value, true);
		else if (bytes === 2) view.setUint16(at, value, true);
		else view.setUint8(at, value);
		at += bytes;
	}
	return joined(new Uint8Array(view.buffer));
}

/** Silence in 16-bit PCM at 8,000 Hz. `claims`: the size that its header says, if another than its own. */
export function wav(seconds: number, claims?: number): Uint8Array<ArrayBuffer> {
	const bytes = Math.round(seconds * 8_000) * 2;
	const format = little([4, 16], [2, 1], [2, 1], [4, 8_000], [4, 16_000], [2, 2], [2, 16]);
	const riff = joined(ascii("RIFF"), little([4, claims ?? 36 + bytes]), ascii("WAVE"));
	return joined(riff, ascii("fmt "), format, ascii("data"), little([4, claims ?? bytes]), new Uint8Array(bytes));
}

/** Frames of MPEG 1 layer 3 at 44,100 Hz, one per bit rate index given; each is 1,152 samples. */
export function mp3(bitrates: number[], { tag = "", xing = false } = {}): Uint8Array<ArrayBuffer> {
	const kilobits = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
	const frame = (index: number, content = "") => {
		const bytes = new Uint8Array(Math.floor((144_000 * (kilobits[index] ?? 0)) / 44_100));
		bytes.set([0xff, 0xfb, index << 4, 0]);
		bytes.set(ascii(content), 36);
		return bytes;
	};
	const id3 = tag && joined(ascii("ID3"), Uint8Array.of(4, 0, 0, 0, 0, tag.length >> 7, tag.length & 127), ascii(tag));
	return joined(...(id3 ? [id3] : []), ...(xing ? [frame(9, "Xing")] : []), ...bitrates.map((index) => frame(index)));
}

/** Opus in Ogg pages: a head, its tags, and a page that ends at the given moment. */
export function ogg(seconds: number, skip = 312): Uint8Array<ArrayBuffer> {
	const page = (position: number, body: Uint8Array, sequence: number) =>
		joined(
			ascii("OggS"),
			little([1, 0], [1, 0], [8, position], [4, 7], [4, sequence], [4, 0], [1, 1], [1, body.length]),
			body,
		);
	const head = joined(ascii("OpusHead"), little([1, 1], [1, 1], [2, skip], [4, 48_000], [2, 0], [1, 0]));
	return joined(
		page(0, head, 0),
		page(0, joined(ascii("OpusTags"), new Uint8Array(40)), 1),
		page(Math.round(seconds * 48_000) + skip, new Uint8Array(200), 2),
	);
}
