const PAGE = 0x4f676753; // "OggS"
const OPUS_RATE = 48_000;

/** Seconds of sound in an Ogg file (Opus, Vorbis, Speex or FLAC) by the position that its last page says it ends at. */
export function measureOgg(view: DataView): number | null {
	let codec: { rate: number; skip: number } | null = null;
	let serial = 0;
	let end = 0;
	for (let at = 0; at + 27 <= view.byteLength && view.getUint32(at) === PAGE; ) {
		const segments = view.getUint8(at + 26);
		const body = at + 27 + segments;
		if (body > view.byteLength) break;
		let size = 0;
		for (let i = 0; i < segments; i++) size += view.getUint8(at + 27 + i);
		if (at === 0) {
			codec = codecAt(view, body);
			serial = view.getUint32(at + 14);
		} else if (view.getUint32(at + 14) === serial) {
			const position = view.getBigInt64(at + 6, true);
			if (position > 0n) end = Math.max(end, Number(position)); // -1: no packet ends on this page
		}
		at = body + size;
	}
	return codec && codec.rate > 0 ? (end - codec.skip) / codec.rate : null;
}

function codecAt(view: DataView, at: number): { rate: number; skip: number } | null {
	const rest = view.byteLength - at;
	const says = (text: string) =>
		rest >= 40 && [...text].every((letter, i) => view.getUint8(at + i) === letter.charCodeAt(0));
	// The head of Opus is the shortest of all: 19 bytes, but a page always follows it.
	if (says("OpusHead")) return { rate: OPUS_RATE, skip: view.getUint16(at + 10, true) };
	if (says("\x01vorbis")) return { rate: view.getUint32(at + 12, true), skip: 0 };
	if (says("Speex   ")) return { rate: view.getUint32(at + 36, true), skip: 0 };
	if (says("\x7fFLAC")) return { rate: view.getUint32(at + 27) >>> 12, skip: 0 };
	return null;
}
