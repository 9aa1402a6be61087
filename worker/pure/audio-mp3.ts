interface Frame {
	bytes: number;
	samples: number;
	rate: number;
	/** Version, layer and sampling rate: the same in every frame of one stream. */
	kind: number;
	headBytes: number;
}

const V1 = 3;
const RATES = [44_100, 48_000, 32_000];
/** Kilobits per second by layer (3, 2, 1) for MPEG 1, and for MPEG 2 and 2.5. */
const BITRATES: Record<string, number[]> = {
	"V1 L1": [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
	"V1 L2": [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
	"V1 L3": [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
	"V2 L1": [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
	"V2 L2": [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
	"V2 L3": [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
/** How far behind its tag a file may hide its first frame. */
const MOST_PADDING = 65_536;

/** Seconds of sound in an MP3 file: its frames are counted, so a variable bit rate is measured as exactly as a constant one. */
export function measureMp3(view: DataView): number | null {
	const start = firstFrame(view, behindTag(view));
	if (!start) return null;
	let { at } = start;
	let samples = 0;
	let isFirst = true;
	for (;;) {
		const frame = frameAt(view, at);
		if (frame?.kind === start.frame.kind) {
			// The first frame may hold an index (Xing, Info, VBRI) in place of sound.
			if (!(isFirst && isIndex(view, at, frame))) samples += frame.samples;
			isFirst = false;
			at += frame.bytes;
		} else {
			const next = nextFrame(view, at + 1, start.frame.kind);
			if (next === null) return samples / start.frame.rate;
			at = next;
		}
	}
}

/** Where an ID3v2 tag ends; 0 without one. */
function behindTag(view: DataView): number {
	if (view.byteLength < 10 || view.getUint32(0) >>> 8 !== 0x494433) return 0;
	const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + (view.getUint8(at) & 127), 0);
	return 10 + size + (view.getUint8(5) & 0x10 ? 10 : 0);
}

/** The first frame that another one like it follows, or the end: two bytes alone look like a frame too easily. */
function firstFrame(view: DataView, from: number): { at: number; frame: Frame } | null {
	const until = Math.min(view.byteLength - 4, from + MOST_PADDING);
	for (let at = from; at <= until; at++) {
		const frame = frameAt(view, at);
		if (!frame) continue;
		if (frameAt(view, at + frame.bytes)?.kind === frame.kind) return { at, frame };
		if (at === from && at + frame.bytes === view.byteLength) return { at, frame };
	}
	return null;
}

function nextFrame(view: DataView, from: number, kind: number): number | null {
	for (let at = from; at + 4 <= view.byteLength; at++) {
		const frame = frameAt(view, at);
		if (frame?.kind !== kind) continue;
		const end = at + frame.bytes;
		if (end === view.byteLength || frameAt(view, end)?.kind === kind) return at;
	}
	return null;
}

/** The frame whose head starts here and whose bytes are all there. */
function frameAt(view: DataView, at: number): Frame | null {
	if (at + 4 > view.byteLength) return null;
	const head = view.getUint32(at);
	if (head >>> 21 !== 0x7ff) return null;
	const version = (head >>> 19) & 3;
	const layer = 4 - ((head >>> 17) & 3);
	const rate = RATES[(head >>> 10) & 3];
	const kilobits = BITRATES[`V${version === V1 ? 1 : 2} L${layer}`]?.[(head >>> 12) & 15];
	if (version === 1 || rate === undefined || !kilobits) return null;
	const slower = version === V1 ? 1 : version === 2 ? 2 : 4;
	const samples = layer === 1 ? 384 : layer === 2 || version === V1 ? 1_152 : 576;
	const slot = layer === 1 ? 4 : 1;
	const padding = (head >>> 9) & 1;
	const bytes = (Math.floor((samples * kilobits * 125) / (rate / slower) / slot) + padding) * slot;
	if (at + bytes > view.byteLength) return null;
	const mono = ((head >>> 6) & 3) === 3;
	const side = version === V1 ? (mono ? 17 : 32) : mono ? 9 : 17;
	return {
		bytes,
		samples,
		rate: rate / slower,
		kind: ((head >>> 17) & 15) * 4 + ((head >>> 10) & 3),
		headBytes: 4 + side,
	};
}

function isIndex(view: DataView, at: number, { headBytes, bytes }: Frame): boolean {
	const says = (offset: number) => (offset + 4 <= bytes ? view.getUint32(at + offset) : 0);
	return [0x58696e67, 0x496e666f].includes(says(headBytes)) || says(36) === 0x56425249;
}
