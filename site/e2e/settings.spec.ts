import { randomUUID } from "node:crypto";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { ask, notAsked, openAccount } from "./desk";

const someEmail = () => `e2e-${randomUUID()}@example.com`;
const PNG = Buffer.from(
	"iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FAAhKDveksOjmAAAAAElFTkSuQmCC",
	"base64",
);

/** Opens an account and its settings, at one of their parts. */
async function openSettings(page: Page, part: string) {
	const account = await openAccount(page.request);
	await notAsked(page.request, account);
	await page.goto(`/settings?part=${part}`);
	return account;
}

/** Somebody else at a browser of their own. */
async function elsewhere(browser: Browser): Promise<Page> {
	const { baseURL } = test.info().project.use;
	const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}) });
	return context.newPage();
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
	await page.goto("/login");
	await expect(page.getByRole("button", { name: "Sign in" })).toBeEnabled();
	await page.getByLabel("E-mail").fill(email);
	await page.getByLabel("Password", { exact: true }).fill(password);
	await page.keyboard.press("Enter");
}

test("whoever is invited joins by the mailed link, and sees what is theirs", async ({ page, browser }) => {
	const email = someEmail();
	await openSettings(page, "team");
	await expect(page.getByText("Nobody yet")).toBeVisible();
	await page.getByRole("button", { name: "Add" }).click();
	await page.getByRole("dialog").getByLabel("E-mail").fill(email);
	await page.getByRole("dialog").getByLabel("Spending limit").fill("25");
	await page.getByRole("button", { name: "Send invitation" }).click();
	await expect(page.getByRole("listitem", { name: email })).toContainText("Invited");

	const theirs = await elsewhere(browser);
	await theirs.goto("/outbox");
	await theirs.getByRole("listitem").filter({ hasText: email }).getByRole("link").click();
	await expect(theirs.getByText("Mira Okafor, Okafor & Weber")).toBeVisible();
	await theirs.getByLabel("Your name").fill("Jonas Weber");
	await theirs.getByLabel("Password", { exact: true }).fill("jonas chose this himself");
	await theirs.getByRole("button", { name: "Join" }).click();
	await expect(theirs).toHaveURL("/dashboard");
	await theirs.goto("/settings");

	await expect(theirs.getByLabel("Name", { exact: true })).toHaveValue("Jonas Weber");
	await expect(theirs.getByRole("link", { name: "API keys" })).toBeVisible();
	for (const name of ["Sub-accounts", "Audit log", "Your data"])
		await expect(theirs.getByRole("link", { name })).toHaveCount(0);
	await page.reload();
	await expect(page.getByRole("listitem", { name: "Jonas Weber" })).toContainText("Active");
	await expect(page.getByRole("listitem", { name: "Jonas Weber" })).toContainText("of $25.00 spent this month");
});

test("an invitation that is used, old or cut short is said to be", async ({ page }) => {
	await page.goto("/join?token=nobody-was-ever-given-this-token");

	await expect(page.getByRole("alert")).toContainText("This invitation is no longer good");
});

test("a temporary password opens the door only to choose one's own", async ({ page, browser }) => {
	const email = someEmail();
	await openSettings(page, "team");
	await page.getByRole("button", { name: "Add" }).click();
	await page.getByRole("dialog").getByLabel("E-mail").fill(email);
	await page.getByLabel("With a temporary password").check();
	await page.getByLabel("Temporary password", { exact: true }).fill("told by the owner");
	await page.getByRole("button", { name: "Open sub-account" }).click();
	await expect(page.getByRole("listitem", { name: email })).toContainText("Active");

	const theirs = await elsewhere(browser);
	await signIn(theirs, email, "told by the owner");
	await theirs.getByLabel("New password").fill("told by the owner");
	await theirs.getByRole("button", { name: "Set password and go in" }).click();
	await expect(theirs.getByText("That is the password you were given")).toBeVisible();
	await theirs.getByLabel("New password").fill("a sentence of my own");
	await theirs.getByRole("button", { name: "Set password and go in" }).click();
	await expect(theirs).toHaveURL("/dashboard");
});

test("a sub-account that is suspended is out at once, and in again when its owner says so", async ({
	page,
	browser,
}) => {
	const [email, password] = [someEmail(), "a quiet desk by the window"];
	const owner = await openSettings(page, "team");
	await ask(page.request, owner, "POST", "/api/sub-accounts", { email, password, fullName: "Jonas" });
	await page.reload();
	const theirs = await elsewhere(browser);
	await signIn(theirs, email, password);
	await theirs.getByLabel("New password").fill("a sentence of my own");
	await theirs.getByRole("button", { name: "Set password and go in" }).click();
	await expect(theirs).toHaveURL("/dashboard");

	await page.getByRole("button", { name: "Suspend Jonas" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Suspend" }).click();
	await expect(page.getByRole("listitem", { name: "Jonas" })).toContainText("Suspended");

	await theirs.reload();
	await expect(theirs).toHaveURL("/login?next=%2Fdashboard");
	await signIn(theirs, email, "a sentence of my own");
	await expect(theirs.getByRole("alert")).toContainText("may not sign in");
	await page.getByRole("button", { name: "Let in again" }).click();
	await expect(page.getByRole("listitem", { name: "Jonas" })).toContainText("Active");
	await signIn(theirs, email, "a sentence of my own");
	await expect(theirs).toHaveURL("/dashboard");

	await page.getByRole("button", { name: "Remove Jonas" }).click();
	await page.getByRole("button", { name: "Remove for good" }).click();
	await expect(page.getByText("Nobody yet")).toBeVisible();
});

test("the audit log tells what was done, and that nobody changed it", async ({ page }) => {
	const owner = await openSettings(page, "audit");
	await expect(page.getByText("Nothing yet.")).toBeVisible();
	await ask(page.request, owner, "POST", "/api/api-keys", { name: "Shop", scopes: ["read", "calls"] });
	await page.reload();

	await expect(page.getByText("Made an API key")).toBeVisible();
	await expect(page.getByText("“Shop” · read, calls")).toBeVisible();
	await page.getByRole("button", { name: "Check the seals" }).click();
	await expect(page.getByText("1 entry, all as written")).toBeVisible();
	const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV" }).click()]);
	expect(file.suggestedFilename()).toBe("audit.csv");
});

test("the account's data is taken along, and the account closed only by who knows the password", async ({ page }) => {
	const { email, password } = await openSettings(page, "data");
	const [json] = await Promise.all([
		page.waitForEvent("download"),
		page.getByRole("button", { name: "Download everything" }).click(),
	]);
	expect(json.suggestedFilename()).toMatch(/^trunkline-\d{4}-\d{2}-\d{2}\.json$/);
	await page.getByLabel("One table").selectOption("People");
	const [csv] = await Promise.all([
		page.waitForEvent("download"),
		page.getByRole("button", { name: "Download CSV" }).click(),
	]);
	expect(csv.suggestedFilename()).toBe("users.csv");

	await page.getByRole("button", { name: "Close the account" }).click();
	const dialog = page.getByRole("dialog");
	const close = dialog.getByRole("button", { name: "Close the account for good" });
	await expect(close).toBeDisabled();
	await dialog.getByLabel(`Type ${email}`).fill(email);
	await dialog.getByLabel("Your password").fill("not this one");
	await close.click();
	await expect(dialog.getByRole("alert")).toContainText("The password is wrong");
	await dialog.getByLabel("Your password").fill(password);
	await close.click();

	await expect(page.getByText("Your account is closed.")).toBeVisible();
	await signIn(page, email, password);
	await expect(page.getByRole("alert")).toContainText("may not sign in");
});

test("who signs up by a referral link appears with whoever gave it", async ({ page, browser }) => {
	await openSettings(page, "you");
	await page.getByRole("button", { name: "Get my referral link" }).click();
	const link = new URL(await page.getByRole("region", { name: "Refer others" }).locator("code").innerText());

	const theirs = await elsewhere(browser);
	await theirs.goto(`${link.pathname}${link.search}`);
	await expect(theirs.getByRole("button", { name: "Create account" })).toBeEnabled();
	await theirs.getByLabel("Your name").fill("Hana Sato");
	await theirs.getByLabel("E-mail").fill(someEmail());
	await theirs.getByLabel("Password", { exact: true }).fill("a quiet desk by the window");
	await theirs.getByRole("button", { name: "Create account" }).click();
	await expect(theirs).toHaveURL("/dashboard");
	await page.reload();

	await expect(page.getByText("1 sign-up")).toBeVisible();
	await expect(page.getByRole("listitem").filter({ hasText: "Hana Sato" })).toBeVisible();
});

test("a picture is uploaded and removed, and what is none is refused in words", async ({ page }) => {
	await openSettings(page, "you");
	const file = page.locator("input[type=file]");
	await file.setInputFiles({ name: "me.png", mimeType: "image/png", buffer: Buffer.from("<svg onload=alert(1)>") });
	await expect(page.getByText("not a PNG, JPEG, GIF or WebP picture")).toBeVisible();

	await file.setInputFiles({ name: "me.png", mimeType: "image/png", buffer: PNG });
	const picture = page.getByAltText("You, as others see you");
	await expect(picture).toBeVisible();
	await expect
		.poll(() => picture.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth))
		.toBe(10);
	await page.getByRole("region", { name: "Profile" }).getByRole("button", { name: "Remove" }).click();

	await expect(page.getByText("Upload a picture")).toBeVisible();
});

test("an address is confirmed by the mail that the outbox shows", async ({ page }) => {
	const { email } = await openSettings(page, "you");
	await page.getByRole("button", { name: "Mail it again" }).click();
	await page.getByRole("link", { name: "read it in the outbox" }).click();
	await page.getByRole("listitem").filter({ hasText: email }).first().getByRole("link").click();
	await expect(page.getByText("Thank you, the address is yours.")).toBeVisible();

	await page.goto("/settings");
	await expect(page.getByLabel("E-mail")).toHaveValue(email);
	await expect(page.getByText("not confirmed yet")).toHaveCount(0);
});

test("a forgotten password is replaced by the mailed link, and the old one opens nothing", async ({ page }) => {
	const { email, password } = await openAccount(page.request);
	await page.context().clearCookies();
	await page.goto("/forgot");
	await expect(page.getByRole("button", { name: "Mail me a link" })).toBeEnabled();
	await page.getByLabel("E-mail").fill(email);
	await page.getByRole("button", { name: "Mail me a link" }).click();
	await page.getByRole("link", { name: "read it in the outbox" }).click();
	const letter = page.getByRole("listitem").filter({ hasText: email }).filter({ hasText: "Choose a new password" });
	await letter.getByRole("link").click();
	await expect(page.getByRole("button", { name: "Set password" })).toBeEnabled();
	await page.getByRole("textbox", { name: "New password" }).fill("another desk by the door");
	await page.getByRole("button", { name: "Set password" }).click();
	await expect(page.getByText("The password is set.")).toBeVisible();

	await signIn(page, email, password);
	await expect(page.getByRole("alert")).toContainText("wrong");
	await signIn(page, email, "another desk by the door");
	await expect(page).toHaveURL("/dashboard");
});

test("the second factor hands out codes to keep, and new ones when asked", async ({ page }) => {
	await openSettings(page, "security");
	const factor = page.getByRole("region", { name: "Second factor" });
	await factor.getByRole("button", { name: "Turn on" }).click();
	const dialog = page.getByRole("dialog");
	await expect(dialog.getByRole("img", { name: "The key as a picture to scan" })).toBeVisible();
	const secret = Secret.fromBase32((await dialog.locator(".font-mono").innerText()).trim());
	await dialog.getByLabel("Code").fill(new TOTP({ secret }).generate());
	await dialog.getByRole("button", { name: "Turn on" }).click();
	await expect(dialog.getByRole("listitem")).toHaveCount(10);
	const first = await dialog.getByRole("listitem").allInnerTexts();
	const [file] = await Promise.all([
		page.waitForEvent("download"),
		dialog.getByRole("button", { name: "Download" }).click(),
	]);
	expect(file.suggestedFilename()).toBe("trunkline-recovery-codes.txt");
	await dialog.getByRole("button", { name: "I have kept them" }).click();
	await expect(factor.getByText("10 recovery codes left")).toBeVisible();

	await factor.getByRole("button", { name: "New recovery codes" }).click();
	await dialog.getByLabel("Code").fill(first[0] ?? "");
	await dialog.getByRole("button", { name: "Make new codes" }).click();
	await expect(dialog.getByRole("listitem")).toHaveCount(10);
	expect(await dialog.getByRole("listitem").allInnerTexts()).not.toEqual(first);
});

test("a personal number is asked about when its field is left, and one that is taken is said to be", async ({
	page,
}) => {
	const other = await openAccount(page.request);
	const number = `+44 7712 ${String(Date.now() % 1_000_000).padStart(6, "0")}`;
	await ask(page.request, other, "PATCH", "/api/users/phone", { phoneNumber: number });
	await openSettings(page, "telephone");
	await page.getByRole("button", { name: "Add your number" }).click();
	const dialog = page.getByRole("dialog");

	await dialog.getByLabel("Personal number").fill(number);
	await page.keyboard.press("Tab");

	await expect(dialog.getByText("Phone number is already taken")).toBeVisible();
	await expect(dialog.getByRole("button", { name: "Save number" })).toBeDisabled();
	await dialog.getByLabel("Personal number").fill("12");
	await page.keyboard.press("Tab");
	await expect(dialog.getByText("not a complete number")).toBeVisible();
});

test("the door shows the way in with Google where there is one, and says why it did not open", async ({ page }) => {
	await page.route("**/api/auth/providers", (route) => route.fulfill({ json: { google: true } }));

	await page.goto("/login?error=google_unreachable&next=%2Fwallet");
	await expect(page.getByRole("alert")).toContainText("Google cannot be reached right now");
	await expect(page.getByRole("link", { name: "Continue with Google" })).toHaveAttribute(
		"href",
		"/api/auth/google?next=%2Fwallet",
	);
	await page.goto("/signup");
	await expect(page.getByRole("link", { name: "Continue with Google" })).toBeVisible();
});

test("the door opens without a mouse", async ({ page }) => {
	const { email, password } = await openAccount(page.request);
	await page.context().clearCookies();
	await page.goto("/login");
	await expect(page.getByRole("button", { name: "Sign in" })).toBeEnabled();
	const until = async (name: string) => {
		for (let presses = 0; presses < 10; presses++) {
			await page.keyboard.press("Tab");
			if (await page.evaluate((wanted) => document.activeElement?.getAttribute("name") === wanted, name)) return;
		}
		throw new Error(`Tab never reaches ${name}`);
	};

	await until("email");
	await page.keyboard.type(email);
	await until("password");
	await page.keyboard.type(password);
	await page.keyboard.press("Enter");

	await expect(page).toHaveURL("/dashboard");
});
