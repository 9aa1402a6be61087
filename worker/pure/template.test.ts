import { describe, expect, it } from "vitest";
import { filled, variablesOf } from "./template";

describe("a template", () => {
	it("names its variables once each", () => {
		expect(variablesOf("Hi {{firstName}}, {{ orderNo }} for {{firstName}}. {not} {{ }} {{1}}")).toEqual([
			"firstName",
			"orderNo",
		]);
	});

	it("is filled once: a value that looks like a variable stays", () => {
		expect(filled("{{a}} {{b}}", { a: "{{b}}", b: "$&" })).toEqual({ text: "{{b}} $&", missing: [] });
	});

	it("tells what is missing, also when it is named like something of the language", () => {
		expect(filled("{{toString}} {{a}} {{b}}", { a: "", b: "x" })).toEqual({
			text: "{{toString}} {{a}} x",
			missing: ["toString", "a"],
		});
	});
});
