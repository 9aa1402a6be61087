import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, type Page } from "@playwright/test";

type Axe = typeof import("axe-core");
declare const axe: Axe;

const require = createRequire(import.meta.url);
const { source }: Axe = createRequire(require.resolve("@axe-core/playwright"))("axe-core");

const SHOTS = join(dirname(fileURLToPath(import.meta.url)), "shots");
const RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
const LOOKS = [
	{ scheme: "light", width: 1280, height: 800, name: "day-1280" },
	{ scheme: "dark", width: 1280, height: 800, name: "night-1280" },
	{ scheme: "light", width: 390, height: 844, name: "day-390" },
	{ scheme: "dark", width: 390, height: 844, name: "night-390" },
] as const;

/** What axe has against the page as it stands. It is put into a page once: that, and not the looking, takes its time. */
export async function violationsOf(page: Page): Promise<string[]> {
	if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
	const violations = await page.evaluate(async (tags) => {
		// Where the system chooses the colours, it is the one to say which stand on which.
		const rules = { "color-contrast": { enabled: !matchMedia("(forced-colors: active)").matches } };
		return (await axe.run(document, { runOnly: tags, rules, resultTypes: ["violations"] })).violations;
	}, RULES);
	return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}

/** The whole page at once: what lies half under the dock until somebody scrolls would count as too small to press. */
async function wholeHeight(page: Page, least: number): Promise<number> {
	return Math.max(least, await page.evaluate(() => document.documentElement.scrollHeight));
}

/** Looks at a page as it stands, by day and night, wide and narrow: no violation, nothing that sticks out, and a picture where one is kept. */
export async function judgeAsItStands(page: Page, name: string): Promise<void> {
	for (const look of LOOKS) {
		await page.emulateMedia({ colorScheme: look.scheme, reducedMotion: "reduce" });
		await page.setViewportSize(look);
		await page.setViewportSize({ width: look.width, height: await wholeHeight(page, look.height) });
		expect(await violationsOf(page), `${name} ${look.name}`).toEqual([]);
		await page.setViewportSize(look);
		for (const direction of ["ltr", "rtl"]) {
			const beyond = await page.evaluate((dir) => {
				const html = document.documentElement;
				html.dir = dir;
				const width = html.scrollWidth;
				html.dir = "ltr";
				return width - innerWidth;
			}, direction);
			expect(beyond, `${name} ${look.name} ${direction} is wider than the screen`).toBeLessThanOrEqual(0);
		}
		await picture(page, `${name}-${look.name}`);
	}
	await page.setViewportSize(LOOKS[0]);
	await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}

/**
 * Renews a picture that is kept in the repository, when asked with E2E_SHOTS=1, and says what axe found and what the page
 * has loaded by then. A new one is kept once there is an empty file of its name.
 */
export async function picture(page: Page, name: string): Promise<void> {
	const path = join(SHOTS, `${name}.png`);
	if (!process.env.E2E_SHOTS || !existsSync(path)) return;
	await page.screenshot({ path });
	const shown = page.viewportSize();
	if (shown) await page.setViewportSize({ ...shown, height: await wholeHeight(page, shown.height) });
	const { length } = await violationsOf(page);
	if (shown) await page.setViewportSize(shown);
	const [js, css] = await page.evaluate(() => {
		const loaded = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
		return [".js", ".css"].map((kind) =>
			loaded.filter((one) => one.name.endsWith(kind)).reduce((sum, one) => sum + one.encodedBodySize, 0),
		);
	});
	const kb = (bytes = 0) => `${(bytes / 1000).toFixed(1)} kB`;
	console.log(`${name}: axe ${length} violations, script ${kb(js)}, style ${kb(css)}`);
}
