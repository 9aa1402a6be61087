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
	const question = page.getByRole("dialog", { name: "POST /api/contact-lists" });
	await expect(question).toContainText("for real");
	await question.getByRole("button", { name: "Send it" }).click();
	await expect(question).toBeHidden();
	await expect(maker.getByRole("status").last()).toContainText('"name": "From the docs"');
	expect(complaints).toEqual([]);
});

test("the API's page changes, sends files and deletes, and asks before each", async ({ page }) => {
	const complaints = complaintsOf(page);
	await openAccount(page.request);
	await page.goto("/docs/api");
	const open = async (method: string, path: string) => {
		await page.getByRole("searchbox").fill(`${method} ${path}`);
		await page.getByText(path, { exact: true }).click();
		return page.getByRole("form", { name: `Try ${method} ${path}`, exact: true });
	};
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
	await expect(page.getByRole("alert")).toContainText("The API's description did not load.");
	await page.getByRole("button", { name: "Try again" }).click();

	await page.getByRole("searchbox").fill("zebra");
	await expect(page.getByText("Nothing has these words.")).toBeVisible();
	await page.getByRole("searchbox").fill("get /api/contacts newest");
	await page.getByText("/api/contacts", { exact: true }).click();
	await page.getByRole("button", { name: "Send it" }).click();
	await expect(page.getByRole("alert")).toContainText("paste an API key");
});
