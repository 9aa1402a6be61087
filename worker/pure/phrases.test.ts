import { expect, it } from "vitest";
import { phrase } from "./phrases";

it("is said in the language of a call, whatever its region", () => {
	expect(phrase("stopCalls", "de-AT")).toEqual(["Um diese Anrufe nicht mehr zu bekommen, drücken Sie die 9.", "de-AT"]);
	expect(phrase("placeInLine", "FR", 3)).toEqual(["Vous êtes en position 3. Veuillez patienter.", "FR"]);
});

it.each([undefined, "ja-JP", ""])("is said in English and as English when there are no words in %j", (language) => {
	expect(phrase("details", language, 4)).toEqual(["For a message with the details, press 4.", undefined]);
});
