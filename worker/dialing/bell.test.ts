import { describe, expect, it } from "vitest";
import { Bell } from "./bell";

const NEVER_REACHED_MS = 60_000;

describe("a bell", () => {
	it("lets go on at once when there is something to get up for already", async () => {
		expect(await new Bell().until(() => true, NEVER_REACHED_MS)).toBe(true);
	});

	it("wakes for what is worth it, and for nothing else", async () => {
		const bell = new Bell();
		let isWorthIt = false;
		let isAwake = false;
		const waiting = bell
			.until(() => isWorthIt, NEVER_REACHED_MS)
			.then(() => {
				isAwake = true;
			});

		bell.ring();
		await Promise.resolve();
		const wokenForNothing = isAwake;
		isWorthIt = true;
		bell.ring();
		await waiting;

		expect(wokenForNothing).toBe(false);
		expect(isAwake).toBe(true);
	});

	it("says when nothing happened", async () => {
		expect(await new Bell().until(() => false, 1)).toBe(false);
	});
});
