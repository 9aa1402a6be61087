import { describe, expect, it } from "vitest";
import { fillIn } from "./fill-in";

describe("a text with places", () => {
	it("is filled in with what is known of somebody", () => {
		expect(
			fillIn("Hello {{firstName}}, your {{ custom.plan name }} ends.", {
				firstName: "Ann",
				"custom.plan name": "Gold",
			}),
		).toBe("Hello Ann, your Gold ends.");
	});

	it("reads on where nothing is known", () => {
		expect(fillIn("Hello {{firstName}}, good day.", { firstName: " " })).toBe("Hello, good day.");
		expect(fillIn("{{constructor}}{{toString}} Hi", {})).toBe(" Hi");
	});

	it("does not fill in what was filled in", () => {
		expect(fillIn("{{firstName}}", { firstName: "{{lastName}}", lastName: "X" })).toBe("{{lastName}}");
	});
});
