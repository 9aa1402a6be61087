import { expect, it } from "vitest";
import { joinedObjects } from "./json-text";

it("makes one object of several, whatever is in them", () => {
	const [a, b, c] = [{ a: "}{" }, { b: { c: [] }, d: null }, { "e,": '"' }];

	const whole = joinedObjects(JSON.stringify(a), JSON.stringify(b), JSON.stringify(c));

	expect(JSON.parse(whole)).toEqual({ ...a, ...b, ...c });
});
