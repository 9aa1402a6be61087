const PCM = 1;

/** Seconds of sound in a WAV file by its `fmt ` and `data` chunks. A size beyond the file's end counts as far as the file goes. */
export function measureWav(view: DataView): number | null {
	let bytesPerSecond = 0;
	let blockAlign = 0;
	for (let at = 12; at + 8 <= view.byteLength; ) {
		const name = view.getUint32(at);
		const size = view.getUint32(at + 4, true);
		if (name === 0x666d7420 && at + 24 <= view.byteLength) {
			const rate = view.getUint32(at + 12, true);
			blockAlign = view.getUint16(at + 20, true);
			bytesPerSecond = view.getUint16(at + 8, true) === PCM ? rate * blockAlign : view.getUint32(at + 16, true);
		}
		if (name === 0x64617461) {
			if (bytesPerSecond === 0 || blockAlign === 0) return null;
			const there = Math.min(size, view.byteLength - at - 8);
			return (there - (there % blockAlign)) / bytesPerSecond;
		}
		at += 8 + size + (size % 2);
	}
	return null;
}
