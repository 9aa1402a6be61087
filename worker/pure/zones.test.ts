import { describe, expect, it } from "vitest";
import { ZONE_PREFIXES } from "./zone-data";
import { clockIn, zoneNamed, zonesOf } from "./zones";

describe("the zones of a number", () => {
	it.each([
		["+14155550100", "America/Los_Angeles"],
		["+12025550100", "America/New_York"],
		["+12085550100", "America/Boise|America/Los_Angeles"],
		["+442079460000", "Europe/London"],
		["+919876543210", "Asia/Kolkata"],
		["+4915112345678", "Europe/Berlin"],
		["+81312345678", "Asia/Tokyo"],
		["+9779812345678", "Asia/Kathmandu"],
		["+16585550100", "America/Jamaica"],
		["+19435550100", "America/New_York"],
	])("%s: %s", (e164, zones) => {
		expect(zonesOf(e164)).toBe(zones);
	});

	it.each([
		["+79161234567", 16, "Asia/Vladivostok"],
		["+61412345678", 8, "Australia/Perth"],
		["+34612345678", 2, "Atlantic/Canary"],
		["+6281234567890", 3, "Asia/Jayapura"],
	])("a mobile may be anywhere in its country: %s", (e164, count, farAway) => {
		const zones = zonesOf(e164, "MOBILE").split("|");

		expect(zones).toHaveLength(count);
		expect(zones).toContain(farAway);
	});

	it.each([
		["+18765550100", "America/Jamaica"],
		["+77011234567", "Asia/Almaty|Asia/Aqtobe"],
		["+5511961234567", "America/Sao_Paulo"],
		["+5212221234567", zonesOf("+5212221234567")],
	])("a mobile with an area code is where that is: %s", (e164, zones) => {
		expect(zonesOf(e164, "MOBILE")).toBe(zones);
		expect(zones).not.toBe("");
	});

	it.each(["+18005550100", "+17005550100", "+80012345678", "+870773111632", "+0", "+", "", "+1"])(
		"does not know where %j is",
		(e164) => {
			expect(zonesOf(e164)).toBe("");
		},
	);

	it("lets the longest prefix win, one digit more or less", () => {
		expect(zonesOf("+1208201")).toBe("America/Denver");
		expect(zonesOf("+120820")).toBe("America/Boise|America/Los_Angeles");
		expect(zonesOf("+120")).toBe("");
	});

	it("uses zones only that the runtime knows", () => {
		const zones = new Set(ZONE_PREFIXES.flatMap(([joined]) => (joined ? joined.split("|") : [])));

		expect(zones.size).toBeGreaterThan(200);
		expect([...zones].filter((zone) => !clockIn(zone))).toEqual([]);
	});
});

describe("a zone's name", () => {
	it("is taken in any case, and kept in the spelling that was given when the runtime has an older one", () => {
		expect(zoneNamed(" america/new_york ")).toBe("America/New_York");
		expect(zoneNamed("Asia/Kolkata")).toBe("Asia/Kolkata");
		expect(zoneNamed("UTC")).toBe("UTC");
	});

	it.each(["Mars/Phobos", "", "+05:30", "America/New_York; DROP", "x".repeat(200), "-"])("%j is none", (name) => {
		expect(zoneNamed(name)).toBeNull();
	});
});
