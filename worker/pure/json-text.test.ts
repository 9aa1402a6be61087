import { expect, it } from "vitest";
import { joinedObjects } from "./json-text";

it("makes one object of several, whatever is in them", () => {
	const parts = [{ a: "}{" }, { b: { c: [] }, d: null }, { "e,": '"' }];

	expect(JSON.parse(joinedObjects(...parts.map((part) => JSON.stringify(part))))).toEqual(Object.assign({}, ...parts));
});
