import { expect, test } from "@playwright/test";
import { complaintsOf, openAccount } from "./desk";
import { judgeAsItStands } from "./judge";

test("the documents lead from one to the next, and every link between them leads somewhere", async ({ page }) => {
	const complaints = complaintsOf(page);
	const seen = new Set<string>();
	const documents = page.getByRole("navigation", { name: "Documents" });
	await page.goto("/docs");
	for (;;) {
		seen.add(new URL(page.url()).pathname);
		const links = page.getByRole("article").locator('a[href^="/docs"], a[href^="#"]');
		for (const href of await links.evaluateAll((all) => all.map((each) => each.getAttribute("href") ?? ""))) {
			if (href.startsWith("#")) await expect(page.locator(href)).toHaveCount(1);
			else expect((await page.request.get(href)).status(), href).toBe(200);
		}
		const next = page.locator('a[rel="next"]');
		if ((await next.count()) === 0) break;
		await next.click();
		await expect(documents.locator('[aria-current="page"]')).toHaveCount(1);
	}
	expect(seen.size).toBe(await documents.getByRole("link").count());
	expect(complaints).toEqual([]);
});

for (const path of ["/docs", "/docs/settings", "/docs/runbook", "/docs/quick-start"])
	test(`${path} reads well by day and night, wide and narrow, without a script`, async ({ page }) => {
		await page.goto(path);

		await expect(page.locator("script")).toHaveCount(0);
		await judgeAsItStands(page, `docs${path.replace("/docs", "").replace("/", "-")}`);
	});

test("the API is searched, read and tried as whoever is signed in", async ({ page }) => {
	const complaints = complaintsOf(page);
	await openAccount(page.request);

	await page.goto("/api/docs");
	await expect(page).toHaveURL("/docs/api");
	await page.getByRole("searchbox").fill("get contacts newest");
	await page.getByText("/api/contacts", { exact: true }).click();
	const form = page.getByRole("form", { name: "Try GET /api/contacts", exact: true });
	await form.getByLabel("limit").fill("3");
	await expect(form.getByText("/api/contacts?limit=3")).toBeVisible();
	await form.getByRole("button", { name: "Send it" }).click();
	await expect(form.getByRole("status").last()).toContainText('"nextCursor": null');

	await judgeAsItStands(page, "docs-api");
	await page.getByRole("searchbox").fill("post contact-lists");
	await page.getByText("/api/contact-lists", { exact: true }).click();
	const maker = page.getByRole("form", { name: "Try POST /api/contact-lists", exact: true });
	await maker.getByLabel("Body").fill('{"name":"From the docs"}');
	await maker.getByRole("button", { name: "Send it" }).click();
	await expect(maker.getByRole("status").last()).toContainText('"name": "From the docs"');
	expect(complaints).toEqual([]);
});

test("the API's page says what to do when nobody is signed in, nothing is found, or nothing loads", async ({
	page,
}) => {
	await page.route("**/api/openapi.json", (route) => route.abort(), { times: 1 });
	await page.goto("/docs/api");
	await expect(page.getByRole("alert")).toContainText("The API's description did not load.");
	await page.getByRole("button", { name: "Try again" }).click();

	await page.getByRole("searchbox").fill("zebra");
	await expect(page.getByText("Nothing has these words.")).toBeVisible();
	await page.getByRole("searchbox").fill("get /api/contacts newest");
	await page.getByText("/api/contacts", { exact: true }).click();
	await page.getByRole("button", { name: "Send it" }).click();
	await expect(page.getByRole("alert")).toContainText("paste an API key");
});
