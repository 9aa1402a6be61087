import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { complaintsOf, contactsCsv, PEOPLE, toneWav } from "./desk";

test("a stranger signs up and watches a campaign call everybody on a list", async ({ page }) => {
	const complaints = complaintsOf(page);

	await test.step("sign up", async () => {
		await page.goto("/");
		await page.getByRole("link", { name: "Create an account" }).click();
		await page.getByLabel("Your name").fill("Mira Okafor");
		await page.getByLabel("E-mail").fill(`journey-${randomUUID()}@example.com`);
		await page.getByLabel("Password", { exact: true }).fill("a quiet desk by the window");
		await page.getByRole("button", { name: "Create account" }).click();
		await expect(page).toHaveURL("/dashboard");
	});

	await test.step("put off the personal number", async () => {
		await page.getByRole("dialog").getByRole("button", { name: "Not now" }).click();
		await expect(page.getByRole("heading", { name: "Your first campaign in five steps" })).toBeVisible();
	});

	await test.step("generate a phone number", async () => {
		await page.getByRole("link", { name: "Generate a number" }).click();
		await page.getByRole("button", { name: "Generate phone number" }).click();
		await expect(page.locator("strong").filter({ hasText: "+1" })).toBeVisible();
		await expect(page).toHaveURL("/chat");
		await expect(page.getByRole("button", { name: /USA - \+1/ })).toBeVisible();
	});

	await test.step("top up", async () => {
		await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Wallet" }).click();
		await page.getByRole("button", { name: "Top up" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Add $25.00" }).click();
		await expect(page.getByRole("cell", { name: /Top-up/ })).toBeVisible();
	});

	await test.step("import contacts", async () => {
		await page.getByRole("link", { name: "Contacts" }).first().click();
		await page.getByRole("main").getByRole("link", { name: "Import", exact: true }).click();
		await page.getByLabel("Choose a file").setInputFiles({
			name: "spring_check-up.csv",
			mimeType: "text/csv",
			buffer: Buffer.from(contactsCsv()),
		});
		await page.getByRole("button", { name: "Import contacts" }).click();
		await expect(page.getByRole("heading", { name: `${PEOPLE.length} contacts added` })).toBeVisible();
		await expect(page.getByRole("row", { name: /14 12 .*not a valid phone number/i })).toBeVisible();
		await expect(page.getByRole("row", { name: /15 .*no phone number/i })).toBeVisible();
	});

	await test.step("upload a greeting", async () => {
		await page.getByRole("link", { name: "Greetings" }).click();
		await page
			.getByLabel("Choose a file")
			.setInputFiles({ name: "hello.wav", mimeType: "audio/wav", buffer: toneWav() });
		await expect(page.getByRole("listitem").filter({ hasText: "hello.wav" })).toContainText("0:01");
	});

	await test.step("set a campaign up and start it", async () => {
		await page.getByRole("link", { name: "Campaigns" }).first().click();
		await page.getByRole("link", { name: "New campaign" }).click();
		await page.getByLabel("Name", { exact: true }).fill("Spring check-up");
		await page
			.getByLabel("Contact list or segment")
			.selectOption({ label: `spring check up (${PEOPLE.length} contacts)` });
		await page.getByLabel("Greeting", { exact: true }).selectOption({ index: 1 });
		await page.getByRole("button", { name: "Add a number" }).click();
		const dialog = page.getByRole("dialog");
		await dialog.getByLabel("Name").fill("Front desk");
		await dialog.getByLabel("Country").selectOption("GB");
		await dialog.getByLabel("Phone number").fill("020 7946 0000");
		await dialog.getByRole("button", { name: "Add number" }).click();
		await expect(dialog).toBeHidden();
		await page.getByRole("group", { name: "Caller numbers" }).getByRole("checkbox").first().check();
		await page.getByLabel("From", { exact: true }).fill("00:00");
		await page.getByLabel("Until").fill("23:59");
		for (const day of ["Saturday", "Sunday"]) await page.getByRole("checkbox", { name: day }).check();
		await page.getByLabel("Whose hours are closed").selectOption("skip");
		await page.getByRole("button", { name: "Save and look ahead" }).click();
		await expect(page.getByRole("heading", { name: "Spring check-up" })).toBeVisible();
		await expect(page.getByRole("heading", { name: "Before it starts" })).toBeVisible();
		await page.getByRole("checkbox", { name: /have agreed to be called/ }).check();
		await page.getByRole("button", { name: "Start calling" }).click();
	});

	await test.step("watch it finish", async () => {
		await expect(page.getByText("Everybody has had their turn.")).toBeVisible({ timeout: 180_000 });
		await expect(page.getByRole("progressbar", { name: /had their turn/ })).toHaveAttribute("aria-valuenow", "100");
		await expect(page.getByRole("heading", { name: "How it went" })).toBeVisible();
	});

	expect(complaints).toEqual([]);
});
