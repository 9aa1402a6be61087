import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { notAsked, openAccount } from "./desk";

test("a visitor who is not signed in is led to the door and, once in, to where they were headed", async ({ page }) => {
	const account = await openAccount(page.request);
	await page.context().clearCookies();

	await page.goto("/wallet?from=mail");
	await expect(page).toHaveURL("/login?next=%2Fwallet%3Ffrom%3Dmail");
	await page.getByLabel("E-mail").fill(account.email);
	await page.getByLabel("Password", { exact: true }).fill(account.password);
	await page.getByRole("button", { name: "Sign in" }).click();

	await expect(page).toHaveURL("/wallet?from=mail");
});

for (const next of [
	"//evil.example",
	"/\\evil.example",
	"https://evil.example",
	"/\t/evil.example",
	"javascript:alert(1)",
	"/login",
])
	test(`the door leads nowhere but into this site: next=${JSON.stringify(next)}`, async ({ page }) => {
		const account = await openAccount(page.request);
		await page.context().clearCookies();

		await page.goto(`/login?next=${encodeURIComponent(next)}`);
		await page.getByLabel("E-mail").fill(account.email);
		await page.getByLabel("Password", { exact: true }).fill(account.password);
		await page.getByRole("button", { name: "Sign in" }).click();

		await expect(page).toHaveURL("/dashboard");
	});

test("a wrong password is told in words, and the form stays as it was", async ({ page }) => {
	const account = await openAccount(page.request);
	await page.context().clearCookies();

	await page.goto("/login");
	await page.getByLabel("E-mail").fill(account.email);
	await page.getByLabel("Password", { exact: true }).fill("not this one");
	await page.getByRole("button", { name: "Sign in" }).click();

	await expect(page.getByRole("alert")).not.toBeEmpty();
	await expect(page.getByLabel("E-mail")).toHaveValue(account.email);
	await expect(page.getByRole("button", { name: "Sign in" })).toBeEnabled();
});

test("a password that everybody uses is refused beside its field", async ({ page }) => {
	await page.goto("/signup");
	await page.getByLabel("Your name").fill("Luc Moreau");
	await page.getByLabel("E-mail").fill(`door-${randomUUID()}@example.com`);
	await page.getByLabel("Password", { exact: true }).fill("password1");
	await page.getByRole("button", { name: "Create account" }).click();

	await expect(page.getByText("one of the most used passwords")).toBeVisible();
	await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("aria-invalid", "true");
});

test("a reload keeps the session, two tabs share it, and signing out ends it in both", async ({ page, context }) => {
	await notAsked(page.request, await openAccount(page.request));
	await page.goto("/dashboard");
	await expect(page.getByText("Your first campaign in five steps")).toBeVisible();
	await page.reload();
	await expect(page.getByText("Your first campaign in five steps")).toBeVisible();
	const other = await context.newPage();
	await Promise.all([page.reload(), other.goto("/numbers")]);
	await expect(other.getByText("No numbers yet")).toBeVisible();
	await expect(page.getByText("Your first campaign in five steps")).toBeVisible();

	await other.goto("/settings?part=security");
	await other.getByRole("button", { name: "Sign out here" }).click();

	await expect(other).toHaveURL("/login");
	await page.reload();
	await expect(page).toHaveURL("/login?next=%2Fdashboard");
});

test("an access token that has run out is renewed without a word", async ({ page }) => {
	await notAsked(page.request, await openAccount(page.request));
	let refused = 0;
	await page.route("**/api/wallet*", async (route) => {
		// The first request meets a token that the server no longer takes.
		if (refused++ === 0)
			await route.fulfill({ status: 401, json: { error: "expired", code: "signed_out", details: "", requestId: "" } });
		else await route.continue();
	});

	await page.goto("/dashboard");

	await expect(page.getByRole("link", { name: /Balance/ }).first()).toContainText("$0.00");
	expect(refused).toBeGreaterThan(1);
});

test("the old address of the inbox leads to the inbox", async ({ page }) => {
	await notAsked(page.request, await openAccount(page.request));

	await page.goto("/inbox");

	await expect(page).toHaveURL("/chat");
});

test("the sign-up form refuses to be sent without what it needs", async ({ page }) => {
	await page.goto("/signup");
	await page.getByRole("button", { name: "Create account" }).click();

	await expect(page.getByLabel("Your name")).toBeFocused();
	await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("autocomplete", "new-password");
});

test("whoever turned the second factor on is asked for a code, and gets in with it", async ({ page }) => {
	const account = await openAccount(page.request);
	await notAsked(page.request, account);
	await page.goto("/settings?part=security");
	await page.getByRole("region", { name: "Second factor" }).getByRole("button", { name: "Turn on" }).click();
	const dialog = page.getByRole("dialog");
	const secret = (await dialog.locator(".font-mono").innerText()).trim();
	await dialog.getByLabel("Code").fill(new TOTP({ secret: Secret.fromBase32(secret) }).generate());
	await dialog.getByRole("button", { name: "Turn on" }).click();
	const recovery = await dialog.getByRole("listitem").first().innerText();
	await dialog.getByRole("button", { name: "I have kept them" }).click();
	await page.getByRole("button", { name: "Sign out here" }).click();

	await page.getByLabel("E-mail").fill(account.email);
	await page.getByLabel("Password", { exact: true }).fill(account.password);
	await page.getByRole("button", { name: "Sign in" }).click();
	await expect(page.getByLabel("Code")).toBeFocused();
	await page.getByLabel("Code").fill(recovery);
	await page.getByRole("button", { name: "Sign in" }).click();

	await expect(page).toHaveURL("/dashboard");
});

test("a key for programs is shown once, opens what it may, and nothing once it is revoked", async ({ page }) => {
	await notAsked(page.request, await openAccount(page.request));
	await page.goto("/settings?part=programs");
	await page.getByRole("button", { name: "New key" }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel("Name").fill("Nightly export");
	await dialog.getByRole("button", { name: "Make key" }).click();
	const headers = { authorization: `Bearer ${(await dialog.locator("code").innerText()).trim()}` };
	await dialog.getByRole("button", { name: "I have kept it" }).click();
	expect((await page.request.get("/api/campaigns", { headers })).status()).toBe(200);

	await page.getByRole("button", { name: "Revoke Nightly export" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Revoke key" }).click();
	await expect(page.getByText("None yet. A key is shown once")).toBeVisible();

	expect((await page.request.get("/api/campaigns", { headers })).status()).toBe(401);
});
