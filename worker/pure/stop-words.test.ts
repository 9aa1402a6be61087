import { describe, expect, it } from "vitest";
import { consentIn } from "./stop-words";

describe("words of consent", () => {
	it.each([
		"STOP",
		" stop. ",
		"Stop!",
		"STOP ALL",
		"opt-out",
		"Opt out",
		"cancel",
		"ＳＴＯＰ",
		"“quit”",
		"revoke",
		"END",
		"unsubscribe",
	])("%s ends it", (body) => expect(consentIn(body)).toBe("stop"));

	it.each(["START", "start.", "UnStop", "yes"])("%s opens it again", (body) => expect(consentIn(body)).toBe("start"));

	it.each(["", "HELP", "stop by at five", "please don't stop", "starting", "STOP".repeat(40)])(
		"%s says nothing of it",
		(body) => expect(consentIn(body)).toBeNull(),
	);
});
