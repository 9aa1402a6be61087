import { expect, it } from "vitest";
import { wordsIn } from "./search-words";

it("keeps letters and digits, and nothing that a search could be said in", () => {
	expect(wordsIn('"hello" OR body:* NEAR(Zoë, ２) -- +1 (415)')).toEqual([
		"hello",
		"OR",
		"body",
		"NEAR",
		"Zoë",
		"2",
		"1",
		"415",
	]);
	expect(wordsIn(" *\"'- ")).toEqual([]);
	expect(wordsIn("a ".repeat(50))).toHaveLength(10);
	expect(wordsIn("a".repeat(100))).toEqual(["a".repeat(40)]);
});
