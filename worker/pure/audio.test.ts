import { describe, expect, it } from "vitest";
import { mp3, ogg, wav } from "../test/recordings";
import { measureAudio, sniffAudio } from "./audio";

const text = (content: string) => new TextEncoder().encode(content);
const FRAME_MS = (1_152 / 44_100) * 1_000;

function measured(bytes: Uint8Array): number | null {
	const type = sniffAudio(bytes);
	return type && measureAudio(bytes, type);
}

describe("a recording", () => {
	it("is known by its first bytes", () => {
		expect([wav(1), mp3([9, 9]), mp3([9, 9], { tag: "title" }), ogg(1)].map((bytes) => sniffAudio(bytes))).toEqual([
			"audio/wav",
			"audio/mpeg",
			"audio/mpeg",
			"audio/ogg",
		]);
	});

	it.each([
		["HTML", text("<html><script>alert(1)</script>")],
		["SVG", text('<svg xmlns="http://www.w3.org/2000/svg"/>')],
		["a ZIP archive", text("PK\x03\x04 WAVE")],
		["RIFF that is no WAVE", text("RIFF....AVI LIST")],
		["nothing", new Uint8Array()],
		["one byte", Uint8Array.of(0xff)],
	])("is not %s", (_, bytes) => {
		expect(sniffAudio(bytes)).toBeNull();
	});

	it.each([0.001, 1, 2.5, 61.25])("in WAV lasts as long as its samples: %d s", (seconds) => {
		expect(measured(wav(seconds))).toBe(seconds * 1_000);
	});

	it("in WAV with a header that claims 4 GB lasts as long as it goes", () => {
		expect(measured(wav(2, 0xffffffff))).toBe(2_000);
	});

	it("in MP3 lasts as long as its frames, at one bit rate or at many", () => {
		expect(measured(mp3(Array(100).fill(9)))).toBe(Math.round(100 * FRAME_MS));
		expect(measured(mp3([9, 1, 14, 5, 9, 2]))).toBe(Math.round(6 * FRAME_MS));
	});

	it("in MP3 does not count its index, its tag and what stands between frames", () => {
		const whole = mp3(Array(20).fill(9), { tag: "<html>", xing: true });
		const broken = new Uint8Array([...whole, ...text("TAGjunk"), ...mp3(Array(5).fill(9)), ...text("TAG")]);

		expect(measured(whole)).toBe(Math.round(20 * FRAME_MS));
		expect(measured(broken)).toBe(Math.round(25 * FRAME_MS));
	});

	it("in Ogg lasts until its last position, without what the decoder skips", () => {
		expect(measured(ogg(3))).toBe(3_000);
		expect(measured(ogg(0.5, 3_840))).toBe(500);
	});

	it.each([
		["a WAV header without sound", wav(0)],
		["a WAV header alone", wav(1).subarray(0, 20)],
		[
			"two bytes like an MP3 frame in other data",
			Uint8Array.from({ length: 900 }, (_, i) => [0xff, 0xfb, 0x90][i] ?? i % 250),
		],
		["an ID3 tag with a page behind it", new Uint8Array([...mp3([], { tag: "x" }), ...text("<html>".repeat(50))])],
		["an Ogg page without a codec that we know", text(`OggS${"\0".repeat(23)}video`)],
		["an Ogg head without a page behind it", ogg(1).subarray(0, 47)],
	])("is not there: %s", (_, bytes) => {
		expect(measured(bytes)).toBeNull();
	});

	it("is measured or refused whatever its bytes are", () => {
		let state = 1;
		for (const whole of [wav(0.1), mp3([9, 9, 9], { tag: "t" }), ogg(1)])
			for (let i = 0; i < 400; i++) {
				const bytes = whole.slice();
				for (let n = 0; n < 4; n++) {
					state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
					bytes[state % bytes.length] = state >>> 24;
				}
				const ms = measured(bytes.subarray(0, (state >>> 3) % bytes.length));

				expect(ms === null || (ms > 0 && Number.isSafeInteger(ms))).toBe(true);
			}
	});
});
