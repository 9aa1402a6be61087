/// <reference types="vite/types/importMeta.d.ts" />
import { describe, expect, it } from "vitest";
import { isCommonPassword } from "./common-passwords";

const lists = import.meta.glob<string>("../local/common-passwords.txt", {
	query: "?raw",
	import: "default",
	eager: true,
});
const words = Object.values(lists).join("").trim().split("\n");

describe("the most used passwords", () => {
	it("are all known, in any case", () => {
		const unknown = words.flatMap((word) => [word, word.toUpperCase()]).filter((word) => !isCommonPassword(word));

		expect(words.length).toBe(3_000);
		expect(unknown).toEqual([]);
	});

	it("are next to never taken for something else", () => {
		const others = Array.from({ length: 100_000 }, (_, n) => `a password that nobody uses, number ${n}`);

		const mistaken = others.filter(isCommonPassword);

		expect(mistaken.length).toBeLessThanOrEqual(10);
	});

	it("do not include a word with anything before or behind it", () => {
		const longer = words.flatMap((word) => [`${word} of mine`, `my ${word}`]);

		expect(longer.filter((text) => !words.includes(text) && isCommonPassword(text))).toEqual([]);
	});
});
