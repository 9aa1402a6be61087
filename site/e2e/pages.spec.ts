import { expect, type Locator, type Page, test } from "@playwright/test";
import { complaintsOf } from "./desk";
import { furnishedAccount } from "./furnish";
import { judgeAsItStands, violationsOf } from "./judge";
import { seated } from "./seats";

interface Stop {
	path: string;
	heading: string;
	/** What its pictures are called; its path unless said otherwise. */
	name?: string;
	/** What must have arrived before the page is judged. */
	ready?: (page: Page) => Promise<void>;
}

const OUTSIDE: Stop[] = [
	{ path: "/", heading: "A phone system that calls people" },
	{ path: "/login", heading: "Sign in" },
	{ path: "/signup", heading: "Create an account" },
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
	{ path: "/start", heading: "Get started", ready: seen("Invite somebody") },
	{ path: "/dashboard", heading: "Home", ready: seen("Spring check-up reminder") },
	{ path: "/chat", heading: "Inbox", ready: seen("London office") },
	{ path: "/numbers", heading: "Numbers", ready: seen("London office") },
	{
		path: "/numbers/buy?country=US",
		heading: "Buy a number",
		ready: seen("a month"),
	},
	{ path: "/phone-config", heading: "Phone configuration" },
	{ path: "/contacts", heading: "Contacts", ready: seen("Mira Okafor") },
	{ path: "/contacts/import", heading: "Import contacts", ready: seen("Drop a CSV file here") },
	{ path: "/greetings", heading: "Greetings", ready: seen("spring-check-up.wav") },
	{ path: "/campaigns", heading: "Campaigns", ready: seen("Autumn offer") },
	{ path: "/contacts/segments", heading: "Segments", ready: seen("New segment") },
	{ path: "/contacts/do-not-call", heading: "Do not call", ready: seen("Add many from a file") },
	{
		path: "/campaigns/new",
		heading: "Set up a campaign",
		ready: async (page) => {
			await expect(page.getByLabel("Contact list or segment").getByRole("option")).not.toHaveCount(1);
			await expect(page.getByLabel("Greeting", { exact: true }).getByRole("option")).not.toHaveCount(1);
			await expect(page.getByRole("group", { name: "Caller numbers" }).getByRole("checkbox")).not.toHaveCount(0);
			await expect(page.getByText(/to spend$/)).toBeVisible();
		},
	},
	{
		path: "/assistants",
		heading: "Assistants",
		ready: seen("Who answers your numbers"),
	},
	{ path: "/analytics", heading: "Analytics", ready: seen("By campaign") },
	{ path: "/settings?part=webhooks", heading: "Settings", ready: seen("https://example.com/trunkline") },
	{ path: "/wallet", heading: "Wallet", ready: seen("Statement") },
	{ path: "/wallet?part=plans", heading: "Wallet", ready: seen("of credit every month") },
	{ path: "/wallet?part=payments", heading: "Wallet", ready: seen("Top-up") },
	{ path: "/wallet?part=limits", heading: "Wallet", ready: seen("Save limits") },
	{ path: "/admin", heading: "Administration", ready: seen("For administrators") },
	{ path: "/settings", heading: "Settings", ready: seen("Save profile") },
	{ path: "/settings?part=telephone", heading: "Settings", ready: seen("Front desk") },
	{ path: "/settings?part=security", heading: "Settings", ready: seen("This device") },
	{ path: "/settings?part=team", heading: "Settings", ready: seen("Sub-accounts") },
	{ path: "/settings?part=audit", heading: "Settings", ready: seen("Check the seals") },
	{ path: "/settings?part=data", heading: "Settings", ready: seen("Download everything") },
	{ path: "/settings?part=programs", heading: "Settings", ready: seen("New key") },
];

/** Where something is chosen among others, and what is not. */
const CHOICES = [
	{ path: "/dashboard", chosen: ".rail-link[aria-current]", other: ".rail-link:not([aria-current])" },
	{ path: "/wallet", chosen: "main .rail-link[aria-current]", other: "main .rail-link:not([aria-current])" },
	{ path: "/analytics", chosen: "main .btn[aria-pressed=true]", other: "main .btn[aria-pressed=false]" },
];

const nameOf = (path: string) =>
	path.replace("?part=", "-").replace(/\?.*/, "").slice(1).replaceAll("/", "-") || "front";

async function judge(page: Page, { path, heading, ready, name }: Stop): Promise<void> {
	await page.goto(path);
	await expect(page.getByRole("heading", { level: 1 })).toContainText(heading);
	await ready?.(page);
	await judgeAsItStands(page, name ?? nameOf(path));
}

test.describe("for everybody", () => {
	for (const stop of OUTSIDE)
		test(`${stop.path} has no accessibility violation by day and night, wide and narrow`, async ({ page }) => {
			const complaints = complaintsOf(page);
			await judge(page, stop);
			expect(complaints).toEqual([]);
		});
});

const inside = seated(furnishedAccount);
inside.describe("for those who are signed in", () => {
	for (const stop of INSIDE)
		inside(`${stop.path} has no accessibility violation by day and night, wide and narrow`, async ({ page }) => {
			const complaints = complaintsOf(page);
			await judge(page, stop);
			expect(complaints).toEqual([]);
		});

	inside("/campaigns?id= has no accessibility violation by day and night, wide and narrow", async ({ page, seat }) => {
		const complaints = complaintsOf(page);
		await judge(page, {
			path: `/campaigns?id=${seat.who.campaignId}`,
			heading: "Spring check-up reminder",
			ready: seen("How it went"),
			name: "campaign-report",
		});
		expect(complaints).toEqual([]);
	});

	inside("what is chosen and what has the focus stand out in forced colours", async ({ page }) => {
		await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
		const ground = (one: Locator) => one.evaluate((element) => getComputedStyle(element).backgroundColor);
		for (const { path, chosen, other } of CHOICES) {
			await page.goto(path);
			const [there, beside] = [page.locator(chosen).first(), page.locator(other).first()];
			await expect(there).toBeVisible();
			expect(await ground(there), `${path}: ${chosen}`).not.toBe(await ground(beside));
			await there.focus();
			await page.keyboard.press("Tab");
			const ring = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outline);
			expect(ring, path).toMatch(/solid 3px/);
		}
	});

	inside("the command menu has no accessibility violation, and Enter goes where it says", async ({ page }) => {
		await page.goto("/dashboard");
		await seen("Spring check-up reminder")(page);
		await page.keyboard.press("Control+k");
		await page.getByRole("combobox", { name: "Search commands" }).fill("wal");
		expect(await violationsOf(page)).toEqual([]);
		await page.keyboard.press("Enter");
		await expect(page).toHaveURL("/wallet");
	});
});
