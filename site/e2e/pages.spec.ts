import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { type Account, complaintsOf, pictureOf } from "./desk";
import { furnishedAccount } from "./furnish";

const RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
const LOOKS = [
	{ scheme: "light", width: 1280, height: 800, name: "day-1280" },
	{ scheme: "dark", width: 1280, height: 800, name: "night-1280" },
	{ scheme: "light", width: 390, height: 844, name: "day-390" },
	{ scheme: "dark", width: 390, height: 844, name: "night-390" },
] as const;

interface Stop {
	path: string;
	heading: string;
	/** Pictures are taken in these looks. */
	shots?: (typeof LOOKS)[number]["name"][];
	/** What must have arrived before the page is judged. */
	ready?: (page: Page) => Promise<void>;
}

const OUTSIDE: Stop[] = [
	{ path: "/", heading: "A phone system that calls people", shots: ["day-1280", "night-390"] },
	{ path: "/login", heading: "Sign in" },
	{ path: "/signup", heading: "Create an account", shots: ["night-1280"] },
	{ path: "/forgot", heading: "Choose a new password" },
	{ path: "/reset?token=xxxxxxxxxxxxxxxxxxxxxxxx", heading: "Set your password" },
	{ path: "/verify?token=xxxxxxxxxxxxxxxxxxxxxxxx", heading: "Confirm your address" },
	{ path: "/join?token=xxxxxxxxxxxxxxxxxxxxxxxx", heading: "You are invited" },
	{ path: "/outbox", heading: "Outbox" },
	{ path: "/docs", heading: "Start here" },
	{ path: "/no-such-page", heading: "This number is not in service" },
];

const seen = (text: string | RegExp) => (page: Page) =>
	expect(page.getByRole("main").getByText(text).first()).toBeVisible();

const INSIDE: Stop[] = [
	{ path: "/dashboard", heading: "Home", ready: seen("Spring check-up reminder"), shots: ["day-1280", "day-390"] },
	{ path: "/chat", heading: "Inbox", ready: seen("London office"), shots: ["day-1280"] },
	{ path: "/numbers", heading: "Numbers", ready: seen("London office"), shots: ["night-1280"] },
	{
		path: "/numbers/buy?country=US",
		heading: "Buy a number",
		ready: seen("a month"),
		shots: ["day-1280", "night-390"],
	},
	{ path: "/phone-config", heading: "Phone configuration" },
	{ path: "/contacts", heading: "Contacts", ready: seen("Mira Okafor"), shots: ["day-1280", "night-390"] },
	{ path: "/contacts/import", heading: "Import contacts", ready: seen("Drop a CSV file here") },
	{ path: "/greetings", heading: "Greetings", ready: seen("spring-check-up.wav") },
	{ path: "/campaigns", heading: "Campaigns", ready: seen("Autumn offer"), shots: ["night-1280"] },
	{ path: "/contacts/segments", heading: "Segments", ready: seen("New segment") },
	{ path: "/contacts/do-not-call", heading: "Do not call", ready: seen("Add many from a file") },
	{ path: "/campaigns/new", heading: "Set up a campaign", ready: seen("Who is called"), shots: ["day-1280"] },
	{
		path: "/assistants",
		heading: "Assistants",
		ready: seen("Who answers your numbers"),
		shots: ["day-1280", "night-390"],
	},
	{ path: "/analytics", heading: "Analytics", ready: seen("By campaign"), shots: ["day-1280", "night-390"] },
	{ path: "/settings?part=webhooks", heading: "Settings", ready: seen("https://example.com/trunkline") },
	{ path: "/wallet", heading: "Wallet", ready: seen("Statement"), shots: ["day-1280"] },
	{ path: "/wallet?part=plans", heading: "Wallet", ready: seen("of credit every month") },
	{ path: "/wallet?part=payments", heading: "Wallet", ready: seen("Top-up") },
	{ path: "/wallet?part=limits", heading: "Wallet", ready: seen("Save limits") },
	{ path: "/admin", heading: "Administration", ready: seen("For administrators") },
	{ path: "/settings", heading: "Settings", ready: seen("Save profile") },
	{ path: "/settings?part=telephone", heading: "Settings", ready: seen("Front desk") },
	{ path: "/settings?part=security", heading: "Settings", ready: seen("This device"), shots: ["night-1280"] },
	{ path: "/settings?part=team", heading: "Settings", ready: seen("Sub-accounts") },
	{ path: "/settings?part=audit", heading: "Settings", ready: seen("Check the seals") },
	{ path: "/settings?part=data", heading: "Settings", ready: seen("Download everything") },
	{ path: "/settings?part=programs", heading: "Settings", ready: seen("New key") },
];

/** Looks at a page by day and by night, wide and narrow: no violation, nothing that sticks out to the side. */
async function judge(page: Page, stop: Stop): Promise<void> {
	await page.goto(stop.path);
	await expect(page.getByRole("heading", { level: 1 })).toContainText(stop.heading);
	await stop.ready?.(page);
	await page.emulateMedia({ reducedMotion: "reduce" });
	for (const look of LOOKS) {
		await page.emulateMedia({ colorScheme: look.scheme, reducedMotion: "reduce" });
		await page.setViewportSize(look);
		// The whole page at once: what lies half under the dock until somebody scrolls would count as too small to press.
		const height = await page.evaluate(() => document.documentElement.scrollHeight);
		await page.setViewportSize({ width: look.width, height: Math.max(look.height, height) });
		const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
		await page.setViewportSize(look);
		const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
		expect(told, `${stop.path} ${look.name}`).toEqual([]);
		const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		expect(beyond, `${stop.path} ${look.name} is wider than the screen`).toBeLessThanOrEqual(0);
		if (stop.shots?.includes(look.name)) await shoot(page, stop.path, look.name);
	}
}

async function shoot(page: Page, path: string, look: string): Promise<void> {
	const name = path.replace(/\?.*/, "").replaceAll("/", "-").slice(1) || "front";
	await page.screenshot({ path: pictureOf(`${name}-${look}`) });
}

test.describe("for everybody", () => {
	for (const stop of OUTSIDE)
		test(`${stop.path} has no accessibility violation by day and night, wide and narrow`, async ({ page }) => {
			const complaints = complaintsOf(page);
			await judge(page, stop);
			expect(complaints).toEqual([]);
		});
});

test.describe("for those who are signed in", () => {
	let account: Account & { campaignId: string };
	test.beforeAll(async ({ playwright, baseURL }) => {
		const request = await playwright.request.newContext(baseURL ? { baseURL } : {});
		account = await furnishedAccount(request);
		await request.dispose();
	});
	// Every test is a device of its own: a refresh token that two of them used would end the session.
	test.beforeEach(async ({ page }) => {
		const { email, password } = account;
		expect((await page.request.post("/api/auth/login", { data: { email, password } })).ok()).toBe(true);
	});

	for (const stop of INSIDE)
		test(`${stop.path} has no accessibility violation by day and night, wide and narrow`, async ({ page }) => {
			const complaints = complaintsOf(page);
			await judge(page, stop);
			expect(complaints).toEqual([]);
		});

	test("/campaigns?id= has no accessibility violation by day and night, wide and narrow", async ({ page }) => {
		const complaints = complaintsOf(page);
		await judge(page, {
			path: `/campaigns?id=${account.campaignId}`,
			heading: "Spring check-up reminder",
			ready: seen("How it went"),
			shots: [],
		});
		for (const look of ["day-1280", "night-390"] as const) {
			const chosen = LOOKS.find(({ name }) => name === look) ?? LOOKS[0];
			await page.emulateMedia({ colorScheme: chosen.scheme, reducedMotion: "reduce" });
			await page.setViewportSize(chosen);
			await shoot(page, "/campaign-report", look);
		}
		expect(complaints).toEqual([]);
	});

	test("the command menu has no accessibility violation, and Enter goes where it says", async ({ page }) => {
		await page.goto("/dashboard");
		await seen("Spring check-up reminder")(page);
		await page.keyboard.press("Control+k");
		await page.getByRole("combobox", { name: "Search commands" }).fill("wal");
		const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
		expect(violations.map(({ id }) => id)).toEqual([]);
		await page.keyboard.press("Enter");
		await expect(page).toHaveURL("/wallet");
	});
});
