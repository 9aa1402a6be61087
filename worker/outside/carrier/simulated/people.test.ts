import { describe, expect, it } from "vitest";
import { deskAt, isReachable, personAt } from "./people";

const everybody = Array.from({ length: 20_000 }, (_, n) => personAt(`+4930${1_234_000 + n * 7}`));
const share = (is: (person: (typeof everybody)[number]) => boolean) => everybody.filter(is).length / everybody.length;

describe("the people at pretend numbers", () => {
	it("are the same ones every time", () => {
		expect(personAt("+14155552671")).toEqual(personAt("+14155552671"));
	});

	it.each([
		["answer themselves", 0.55, (person) => person.outcome === "human"],
		["let a machine answer", 0.15, (person) => person.outcome === "machine"],
		["do not answer", 0.15, (person) => person.outcome === "no-answer"],
		["are busy", 0.1, (person) => person.outcome === "busy"],
		["cannot be reached", 0.05, (person) => person.outcome === "failed"],
		["press 1 at once", 0.183, (person) => person.keys[0] === "1"],
		["press 9", 0.055, (person) => person.keys[0] === "9"],
		["press a wrong key first", 0.04, (person) => person.keys[0] === "5"],
		["hang up early", 0.172, (person) => person.hangsUpAfter !== null],
	] satisfies [string, number, (person: (typeof everybody)[number]) => boolean][])(
		"%s: a share of %f",
		(_, wanted, is) => {
			expect(share(is)).toBeGreaterThan(wanted * 0.9);
			expect(share(is)).toBeLessThan(wanted * 1.1);
		},
	);

	it.each([
		["0001", { outcome: "human", keys: ["1"], hangsUpAfter: null }],
		["0009", { outcome: "human", keys: ["9"] }],
		["0005", { outcome: "human", keys: ["5", "1"] }],
		["0007", { outcome: "human", keys: [], hangsUpAfter: null }],
		["0008", { outcome: "human", keys: [], hangsUpAfter: null, talksFor: 14_400 }],
		["0000", { outcome: "human", keys: [], hangsUpAfter: expect.any(Number) }],
		["0002", { outcome: "machine" }],
		["0003", { outcome: "no-answer" }],
		["0004", { outcome: "busy" }],
		["0006", { outcome: "failed" }],
	])("do as their last digits %s say", (digits, expected) => {
		expect(personAt(`+1415555${digits}`)).toMatchObject(expected);
	});

	it("are at their desks, when a call is put through to them", () => {
		for (let n = 0; n < 200; n++) expect(deskAt(`+1415555${1000 + n}`)).toMatchObject({ outcome: "human" });
		expect(deskAt("sip:desk-0004@pbx.test")).toMatchObject({ outcome: "human" });
		expect(deskAt("+14155550004")).toMatchObject({ outcome: "busy" });
	});

	it("get their messages, nearly all", () => {
		const reached = Array.from({ length: 2000 }, (_, n) => `+1415${5_551_000 + n}`).filter(isReachable).length;

		expect(reached).toBeGreaterThan(1880);
		expect(reached).toBeLessThan(1960);
		expect(isReachable("+14155550006")).toBe(false);
	});
});
