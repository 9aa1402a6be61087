import { expect, test } from "@playwright/test";
import { ask, contactsCsv, notAsked, openAccount } from "./desk";
import { judgeAsItStands, violationsOf } from "./judge";
import { seated } from "./seats";

/** Every page that shows something of the account: what it reads, and what it says when there is nothing. */
const PAGES = [
	{
		path: "/dashboard",
		api: "**/api/campaigns*",
		empty: "Your first campaign in five steps",
		trouble: "The campaigns did not load.",
	},
	{ path: "/chat", api: "**/api/channels*", empty: "No channels yet", trouble: "Your channels did not load." },
	{ path: "/calls", api: "**/api/calls?*", empty: "No calls yet", trouble: "The calls did not load." },
	{
		path: "/calls?part=voicemail",
		api: "**/api/voicemail?*",
		empty: "When nobody answers one of your numbers",
		trouble: "The messages did not load.",
	},
	{ path: "/queue", api: "**/api/queues*", empty: "No queue yet", trouble: "The queues did not load." },
	{
		path: "/numbers/routing",
		api: "**/api/phone-numbers*",
		empty: "No numbers yet",
		trouble: "Your numbers did not load.",
	},
	{ path: "/numbers", api: "**/api/phone-numbers*", empty: "No numbers yet", trouble: "Your numbers did not load." },
	{ path: "/campaigns", api: "**/api/campaigns*", empty: "No campaigns yet", trouble: "The campaigns did not load." },
	{ path: "/contacts", api: "**/api/contacts*", empty: "No contacts yet", trouble: "The contacts did not load." },
	{
		path: "/greetings",
		api: "**/api/greeting-files*",
		empty: "No greetings yet",
		trouble: "Your greetings did not load.",
	},
	{
		path: "/assistants",
		api: "**/api/assistants?*",
		empty: "Nobody answers by itself yet",
		trouble: "The assistants did not load.",
	},
	{
		path: "/analytics",
		api: "**/api/dashboard/analytics*",
		empty: "Nothing happened in these days",
		trouble: "Your figures did not load.",
	},
	{ path: "/wallet", api: "**/api/wallet/entries*", empty: "No movements yet", trouble: "The statement did not load." },
];

const inside = seated(async (request) => notAsked(request, await openAccount(request)));

for (const { path, api, empty, trouble } of PAGES) {
	inside(`${path} teaches when there is nothing`, async ({ page }) => {
		await page.goto(path);

		await expect(page.getByText(empty)).toBeVisible();
		expect(await violationsOf(page)).toEqual([]);
	});

	inside(`${path} shows that it is on its way, says what went wrong, and tries again`, async ({ page }) => {
		let well = false;
		let answer = () => {};
		const held = new Promise<void>((resolve) => {
			answer = resolve;
		});
		await page.route(api, async (route) => {
			if (well) return route.continue();
			await held;
			const body = {
				error: "Something went wrong on our side.",
				code: "internal",
				details: "",
				requestId: "01REQUEST",
			};
			return route.fulfill({ status: 500, json: body });
		});

		await page.goto(path);
		await expect(page.getByRole("main").getByRole("status").first()).toBeAttached();
		answer();
		await expect(page.getByRole("alert").filter({ hasText: trouble })).toContainText("report 01REQUEST");
		expect(await violationsOf(page)).toEqual([]);
		well = true;
		await page.getByRole("alert").filter({ hasText: trouble }).getByRole("button", { name: "Try again" }).click();

		await expect(page.getByText(empty)).toBeVisible();
	});
}

test.beforeEach(async ({ page }) => {
	await notAsked(page.request, await openAccount(page.request));
});

test("a contact that was deleted comes back with Undo, and is gone without it", async ({ page }) => {
	const account = await openAccount(page.request);
	await notAsked(page.request, account);
	await ask(page.request, account, "POST", "/api/contacts", { phoneNumber: "+442079460101", firstName: "Mira" });
	await page.goto("/contacts");

	await page.getByRole("button", { name: "Delete Mira" }).click();
	await expect(page.getByRole("row", { name: /Mira/ })).toBeHidden();
	await page.getByRole("button", { name: "Undo" }).click();
	await expect(page.getByRole("row", { name: /Mira/ })).toBeVisible();
	await page.getByRole("button", { name: "Delete Mira" }).click();
	await page.goto("about:blank");
	await page.goto("/contacts");

	await expect(page.getByText("No contacts yet")).toBeVisible();
});

test("a file that is not audio is refused in words and leaves nothing behind", async ({ page }) => {
	await page.goto("/greetings");
	await page
		.getByLabel("Choose a file")
		.setInputFiles({ name: "hello.mp3", mimeType: "audio/mpeg", buffer: Buffer.from("<html>not a recording</html>") });

	await expect(page.getByRole("alert").filter({ hasText: "The file was not stored." })).toBeVisible();
	await expect(page.getByText("No greetings yet")).toBeVisible();
});

test("a number that costs more than the balance cannot be bought, and the way to more money stands there", async ({
	page,
}) => {
	await page.goto("/numbers/buy?country=US");
	await page
		.getByRole("button", { name: /^Buy \+1/ })
		.first()
		.click();

	const dialog = page.getByRole("dialog");
	await expect(dialog.getByText(/Balance is \$0\.00, this number costs/)).toBeVisible();
	await expect(dialog.getByRole("link", { name: "Top up your wallet" })).toBeVisible();
	await expect(dialog.getByRole("button", { name: /^Buy for/ })).toBeDisabled();
	expect(await violationsOf(page)).toEqual([]);
});

test("a number is bought once, labelled, and released after it has been typed", async ({ page }) => {
	const account = await openAccount(page.request);
	await notAsked(page.request, account);
	await ask(page.request, account, "POST", "/api/wallet/top-up", { amountMicros: 10_000_000 });
	await page.goto("/numbers/buy?country=US");
	await page
		.getByRole("button", { name: /^Buy \+1/ })
		.first()
		.click();
	await page.getByRole("button", { name: /^Buy for/ }).click();
	await expect(page).toHaveURL("/numbers");

	await page.getByRole("button", { name: /^Label/ }).click();
	await page.getByRole("dialog").getByLabel("Label", { exact: true }).fill("Main line");
	await page.getByRole("button", { name: "Save label" }).click();
	await expect(page.getByRole("row", { name: /Main line/ })).toBeVisible();
	await page.getByRole("button", { name: /^Release/ }).click();
	const dialog = page.getByRole("dialog");
	await expect(dialog.getByRole("button", { name: "Release number" })).toBeDisabled();
	const shown = await dialog.locator("strong").innerText();
	await dialog.getByRole("textbox").fill(shown);
	await dialog.getByRole("button", { name: "Release number" }).click();

	await expect(page.getByText("No numbers yet")).toBeVisible();
});

test("a campaign that lacks something is saved and says what", async ({ page }) => {
	await page.goto("/campaigns/new");
	await page.getByLabel("Name", { exact: true }).fill("Too early");
	await page.getByRole("button", { name: "Save and look ahead" }).click();

	await expect(page.getByText("It cannot start yet")).toBeVisible();
	await expect(page.getByRole("listitem").filter({ hasText: "choose a greeting" })).toBeVisible();
	expect(await violationsOf(page)).toEqual([]);
	await page.goto("/campaigns");
	await expect(page.getByRole("link", { name: /Too early/ })).toBeVisible();
});

test("the personal number is asked for once, checked while typing, and the question stays away afterwards", async ({
	page,
}) => {
	await openAccount(page.request);
	await page.goto("/dashboard");
	const dialog = page.getByRole("dialog");
	await expect(dialog).toBeVisible();
	expect(await violationsOf(page)).toEqual([]);

	await dialog.getByLabel("Personal number").fill("020 7946 0");
	await expect(dialog.getByRole("button", { name: "Save number" })).toBeDisabled();
	await page.keyboard.press("Escape");
	await expect(dialog).toBeHidden();
	await page.reload();

	await expect(page.getByText("Your first campaign in five steps")).toBeVisible();
	await expect(dialog).toBeHidden();
});

test("the theme that was chosen is worn before the first paint of the next page", async ({ page }) => {
	await page.goto("/settings");
	await page.getByRole("radio", { name: "Night" }).check();
	await expect(page.locator("html")).toHaveAttribute("data-theme", "night");

	await page.goto("/wallet", { waitUntil: "commit" });

	await expect(page.locator("html")).toHaveAttribute("data-theme", "night");
});

test("single keys work on every page until somebody switches them off", async ({ page }) => {
	const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
	await page.goto("/wallet");
	await expect(page.getByText("To spend")).toBeVisible();
	await page.keyboard.press("?");
	await expect(sheet).toContainText("Hang up");
	await judgeAsItStands(page, "key-sheet");
	await sheet.getByLabel("Single keys work while no field has the focus").uncheck();
	await page.keyboard.press("Escape");
	await expect(sheet).toHaveCount(0);

	await page.keyboard.press("?");
	await page.keyboard.press("g");
	await page.keyboard.press("c");
	await page.keyboard.press("ControlOrMeta+k");
	await expect(page.getByRole("dialog", { name: "Command menu" })).toBeVisible();
	await expect(sheet).toHaveCount(0);
	await page.getByRole("combobox", { name: "Search commands" }).fill("settings");
	await page.keyboard.press("Enter");

	await page.getByLabel("Single keys work while no field has the focus").check();
	await page.getByRole("radio", { name: "Compact rows" }).check();
	await expect(page.getByRole("radio", { name: "Compact rows" })).toBeChecked();
	await page.locator("h1").focus();
	await page.keyboard.press("g");
	await page.keyboard.press("c");
	await expect(page).toHaveURL("/calls");
	await page.reload();
	await expect(page.locator("html")).toHaveAttribute("data-density", "compact");
});

test("a number that is pasted into the palette can be called and texted", async ({ page }) => {
	await page.goto("/wallet");
	await page.keyboard.press("ControlOrMeta+k");
	await page.getByRole("combobox", { name: "Search commands" }).fill("+44 20 7946 0101");

	await expect(page.getByRole("option")).toHaveText([/^Call \+44/, /^Text \+44/, /^Add \+44/, /^Calls with \+44/]);
	await page.getByRole("option", { name: "Text +44 20 7946 0101" }).click();

	await expect(page).toHaveURL("/chat?to=%2B442079460101");
	await page.keyboard.press("ControlOrMeta+k");
	await page.getByRole("combobox", { name: "Search commands" }).fill("+44 20 7946 0101");
	await page.getByRole("option", { name: /^Add/ }).click();

	await page.getByLabel("First name").fill("Mira");
	await page.getByRole("dialog").getByRole("button", { name: "Add contact" }).click();
	await expect(page.getByRole("row", { name: /Mira/ })).toContainText("+44 20 7946 0101");
	await expect(page).toHaveURL("/contacts");
});

test("an import of many rows counts them and hands the bad ones back", async ({ page }) => {
	await page.goto("/contacts/import");
	await page
		.getByLabel("Choose a file")
		.setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(contactsCsv()) });
	await expect(page.getByRole("region", { name: "First rows of the file" })).toContainText("Okafor");
	expect(await violationsOf(page)).toEqual([]);
	await page.getByRole("button", { name: "Import contacts" }).click();
	await expect(page.getByRole("heading", { name: "12 contacts added" })).toBeVisible();
	expect(await violationsOf(page)).toEqual([]);

	const saving = page.waitForEvent("download");
	await page.getByRole("button", { name: "These rows as CSV" }).click();

	expect((await saving).suggestedFilename()).toBe("rows-to-mend.csv");
});
