import { describe, expect, it } from "vitest";
import { isShown, sniffMedia } from "./media-type";

const bytes = (text: string) => Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)));

describe("a file", () => {
	it.each([
		["\xff\xd8\xff\xe0", "image/jpeg"],
		["\x89PNG\r\n\x1a\n", "image/png"],
		["GIF89a", "image/gif"],
		["RIFF\0\0\0\0WEBP", "image/webp"],
		["\0\0\0\x18ftypisom", "video/mp4"],
		["\0\0\0\x18ftyp3gp5", "video/3gpp"],
		["\0\0\0\x18ftypM4A ", "audio/mp4"],
		["\0\0\0\x18ftypheic", "image/heic"],
		["#!AMR\n", "audio/amr"],
		["%PDF-1.7", "application/pdf"],
		["BEGIN:VCARD\r\nVERSION:3.0", "text/vcard"],
		["RIFF\0\0\0\0WAVEfmt ", "audio/wav"],
		["<html>", null],
		["<svg xmlns=", null],
		["PK\x03\x04", null],
		["", null],
	])("that begins with %j is %s", (text, type) => {
		expect(sniffMedia(bytes(text))).toBe(type);
	});

	it("is shown in place only when it cannot do anything there", () => {
		expect(["image/png", "video/mp4", "audio/mpeg"].map(isShown)).toEqual([true, true, true]);
		expect(["image/svg+xml", "text/html", "application/pdf", "text/vcard"].map(isShown)).toEqual([
			false,
			false,
			false,
			false,
		]);
	});
});
