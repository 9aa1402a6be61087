import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { pictureOf } from "./desk";

const RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
const LOOKS = [
	{ scheme: "light", width: 1280, height: 800, name: "day-1280" },
	{ scheme: "dark", width: 1280, height: 800, name: "night-1280" },
	{ scheme: "light", width: 390, height: 844, name: "day-390" },
	{ scheme: "dark", width: 390, height: 844, name: "night-390" },
] as const;

/** Looks at a page as it stands, by day and night, wide and narrow: no violation, nothing that sticks out, and a picture of each. */
export async function judgeAsItStands(page: Page, name: string): Promise<void> {
	for (const look of LOOKS) {
		await page.emulateMedia({ colorScheme: look.scheme, reducedMotion: "reduce" });
		await page.setViewportSize(look);
		// The whole page at once: what lies half under the dock until somebody scrolls would count as too small to press.
		const height = await page.evaluate(() => document.documentElement.scrollHeight);
		await page.setViewportSize({ width: look.width, height: Math.max(look.height, height) });
		const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
		await page.setViewportSize(look);
		const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
		expect(told, `${name} ${look.name}`).toEqual([]);
		const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		expect(beyond, `${name} ${look.name} is wider than the screen`).toBeLessThanOrEqual(0);
		await page.screenshot({ path: pictureOf(`${name}-${look.name}`) });
	}
	await page.setViewportSize(LOOKS[0]);
	await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}
