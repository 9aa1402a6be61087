import { expect, it } from "vitest";
import { isSigned, type Signed, signedQuery } from "./signed-url";

const KEY = new Uint8Array(32).fill(7);
const SIGNED: Signed = { kind: "greeting", id: "grt_1", expires: 1_000 };
const signature = new URLSearchParams(signedQuery(KEY, SIGNED)).get("s") ?? "";

it("holds for what was signed, until its time is over", () => {
	expect(isSigned(KEY, SIGNED, signature, 999_999)).toBe(true);
	expect(isSigned(KEY, SIGNED, signature, 1_000_000)).toBe(false);
});

it.each([
	["another thing", { ...SIGNED, id: "grt_2" }, signature, KEY],
	["another sort", { ...SIGNED, kind: "recording" }, signature, KEY],
	["another time", { ...SIGNED, expires: 2_000 }, signature, KEY],
	["another key", SIGNED, signature, new Uint8Array(32)],
	["half a signature", SIGNED, signature.slice(0, 20), KEY],
	["no signature", SIGNED, "", KEY],
])("does not hold for %s", (_, signed, given, key) => {
	expect(isSigned(key, signed, given, 0)).toBe(false);
});
