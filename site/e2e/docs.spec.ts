import { expect, type Locator, type Page, test } from "@playwright/test";
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

/** Opens the form of an operation on the page of its area. */
async function tried(page: Page, area: string, method: string, path: string): Promise<Locator> {
	const operation = page.locator("section").filter({ has: page.getByText(path, { exact: true }) });
	await page.goto(`/docs/api/${area}`);
	await operation.filter({ hasText: method }).getByText("Try it", { exact: true }).click();
	return page.getByRole("form", { name: `Try ${method} ${path}`, exact: true });
}

test("the API is searched, read and tried as whoever is signed in", async ({ page }) => {
	const complaints = complaintsOf(page);
	await openAccount(page.request);

	await page.goto("/api/docs");
	await expect(page).toHaveURL("/docs/api");
	await page.getByRole("searchbox").fill("get contacts newest");
	await expect(page.getByRole("status")).toHaveText("1 operation for “get contacts newest”");
	await judgeAsItStands(page, "docs-api");
	await page.getByRole("link", { name: "/api/contacts The contacts" }).click();
	await expect(page).toHaveURL("/docs/api/contacts#getContacts");
	const operation = page.getByRole("region", { name: "The contacts, newest first" });
	await expect(operation).toContainText('curl -s "$HOST/api/contacts"');
	await operation.getByText("Try it", { exact: true }).click();
	const form = page.getByRole("form", { name: "Try GET /api/contacts", exact: true });
	await form.getByLabel("limit").fill("3");
	await expect(form.getByText("/api/contacts?limit=3")).toBeVisible();
	await form.getByRole("button", { name: "Send it" }).click();
	await expect(form.getByRole("status").last()).toContainText('"nextCursor": null');
	await judgeAsItStands(page, "docs-api-contacts");
	expect(complaints).toEqual([]);
});

test("an address that named an operation on the old page leads to where it is told now", async ({ page }) => {
	await page.goto("/docs/api#postContactLists");

	await expect(page).toHaveURL("/docs/api/contact-lists#postContactLists");
	await expect(page.locator("#postContactLists")).toBeInViewport();
});

test("the API is read without a script, and what is tried loads when it is opened", async ({ page, browser }) => {
	const plain = await browser.newContext({ javaScriptEnabled: false });
	const reader = await plain.newPage();
	await reader.goto("/docs/api/campaigns");
	await expect(reader.getByRole("heading", { level: 1 })).toHaveText("Campaigns");
	await expect(reader.locator("#postCampaigns")).toContainText('"contactListId"');
	await plain.close();
	const scripts: string[] = [];
	page.on("request", (request) => request.resourceType() === "script" && scripts.push(request.url()));

	await page.goto("/docs/api/campaigns", { waitUntil: "networkidle" });
	expect(scripts).toEqual([]);
	await page.locator("#postCampaigns").getByText("Try it", { exact: true }).click();

	await expect(page.getByRole("form", { name: "Try POST /api/campaigns", exact: true })).toBeVisible();
	expect(scripts.length).toBeGreaterThan(0);
});

test("the API's page changes, sends files and deletes, and asks before each", async ({ page }) => {
	const complaints = complaintsOf(page);
	await openAccount(page.request);
	const open = (method: string, path: string) => tried(page, "contact-lists", method, path);
	const agree = (verb: string) => page.getByRole("dialog").getByRole("button", { name: verb }).click();

	const maker = await open("POST", "/api/contact-lists");
	await maker.getByLabel("Body").fill('{"name":"People"}');
	await maker.getByRole("button", { name: "Send it" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
	await expect(maker.getByRole("status").last()).toBeEmpty();
	await maker.getByRole("button", { name: "Send it" }).click();
	await agree("Send it");
	await expect(maker.getByRole("status").last()).toContainText('"name": "People"');
	const { id } = JSON.parse((await maker.getByRole("status").locator("code").innerText()) || "{}");

	const importer = await open("POST", "/api/contact-lists/{id}/import");
	await importer.getByLabel("id", { exact: true }).fill(id);
	await importer
		.getByLabel("File", { exact: true })
		.setInputFiles({ name: "a.csv", mimeType: "text/csv", buffer: Buffer.from("phone\n+14155552671\n") });
	await importer.getByRole("button", { name: "Send it" }).click();
	await agree("Send it");
	await expect(importer.getByRole("status").last()).toContainText('"rowsAdded": 1');

	const changer = await open("PATCH", "/api/contact-lists/{id}");
	await changer.getByLabel("id", { exact: true }).fill(id);
	await changer.getByLabel("Body").fill('{"name":"Folk"}');
	await changer.getByRole("button", { name: "Send it" }).click();
	await agree("Send it");
	await expect(changer.getByRole("status").last()).toContainText('"name": "Folk"');

	const remover = await open("DELETE", "/api/contact-lists/{id}");
	await remover.getByLabel("id", { exact: true }).fill(id);
	await remover.getByRole("button", { name: "Send it" }).click();
	await judgeAsItStands(page, "docs-api-asks");
	await agree("Delete it");
	await expect(remover.getByRole("status").last()).toContainText('"success": true');
	expect(complaints).toEqual([]);
});

test("the API's document and its types are files of the installation", async ({ request }) => {
	const document = await (await request.get("/api/openapi.json")).json();
	const types = await request.get("/openapi.d.ts");

	expect(document.openapi).toBe("3.1.0");
	expect(Object.keys(document.paths).length).toBeGreaterThan(150);
	expect(types.headers()["content-type"]).toContain("text/plain");
	expect(await types.text()).toContain("export interface paths");
});

test("the API's page says what to do when nobody is signed in, nothing is found, or nothing loads", async ({
	page,
}) => {
	await page.route("**/api/openapi.json", (route) => route.abort(), { times: 1 });
	await page.goto("/docs/api");
	await page.getByRole("searchbox").fill("zebra");
	await expect(page.getByText("Nothing has these words.")).toBeVisible();

	const form = await tried(page, "contacts", "GET", "/api/contacts");
	await expect(page.getByRole("alert")).toContainText("The API's description did not load.");
	await page.getByRole("button", { name: "Try again" }).click();
	await form.getByRole("button", { name: "Send it" }).click();
	await expect(page.getByRole("alert")).toContainText("paste an API key");
});
