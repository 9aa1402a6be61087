import { expect, test } from "@playwright/test";
import { ask, notAsked, openAccount } from "./desk";
import { listOf } from "./furnish";
import { violationsOf } from "./judge";

const FILE = ["name,phone", "Ann,415 234 0000", "Ben,+14152340001", "Cid,415 234 0002", "Dee,12"].join("\n");

test("bad rows of a file are mended where they stand, and the whole import is taken back", async ({ page }) => {
	const account = await openAccount(page.request);
	await notAsked(page.request, account);
	await page.goto("/contacts/import");
	await page
		.getByLabel("Choose a file")
		.setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(FILE) });
	await page.getByLabel("Country of numbers without").selectOption("GB");
	await page.getByRole("button", { name: "Import contacts" }).click();
	await expect(page.getByRole("heading", { name: "1 contact added" })).toBeVisible();
	expect(await violationsOf(page)).toEqual([]);

	// On a telephone there is room to mend a number in, too.
	await page.setViewportSize({ width: 390, height: 844 });
	expect((await page.getByLabel("Number in line 5").boundingBox())?.width).toBeGreaterThan(200);
	await page.getByLabel("Number in line 5").fill("+1 415 234 0009");
	await page.getByRole("button", { name: "Save 1 row" }).click();
	await expect(page.getByRole("heading", { name: "2 contacts added" })).toBeVisible();

	await page.getByRole("button", { name: "Take it back" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Take it back" }).click();
	await expect(page.getByRole("heading", { name: /Taken back/ })).toBeVisible();
	expect(await ask(page.request, account, "GET", "/api/contacts")).toMatchObject({ items: [] });
});

test("columns are told apart by people where the guess is wrong, and tags come in", async ({ page }) => {
	const account = await openAccount(page.request);
	await notAsked(page.request, account);
	await page.goto("/contacts/import");
	const file =
		"Kunde,Zentrale,Durchwahl,Kreis\nAnn,+493090182000,+4915123456789,vip\nBen,+493090182001,+4915123456788,new\n";
	await page
		.getByLabel("Choose a file")
		.setInputFiles({ name: "kunden.csv", mimeType: "text/csv", buffer: Buffer.from(file) });
	await expect(page.getByLabel("What Zentrale holds")).toHaveValue("phone");
	await expect(page.getByText("2 rows", { exact: true })).toBeVisible();
	expect(await violationsOf(page)).toEqual([]);

	await page.getByLabel("What Zentrale holds").selectOption("Leave out");
	await expect(page.getByText("Say which column holds the phone numbers.")).toBeVisible();
	await expect(page.getByRole("button", { name: "Import contacts" })).toBeDisabled();
	await page.getByLabel("What Durchwahl holds").selectOption("Phone number");
	await page.getByLabel("What Kunde holds").selectOption("First name");
	await page.getByLabel("What Kreis holds").selectOption("Tags");
	await page.getByRole("button", { name: "Import contacts" }).click();
	await expect(page.getByRole("heading", { name: "2 contacts added" })).toBeVisible();

	const { items } = await ask(page.request, account, "GET", "/api/contacts");
	expect(
		items.map(({ phoneNumber, firstName, customFields, tags }: Record<string, unknown>) => [
			phoneNumber,
			firstName,
			customFields,
			tags,
		]),
	).toEqual([
		["+4915123456788", "Ben", {}, ["new"]],
		["+4915123456789", "Ann", {}, ["vip"]],
	]);
});

test("a file of 100,000 rows is read beside the page, which goes on", async ({ page }) => {
	const account = await openAccount(page.request);
	await notAsked(page.request, account);
	await page.goto("/contacts/import");
	const rows = Array.from({ length: 100_000 }, (_, n) => `Person ${n},+1415234${String(n % 90_000).padStart(5, "0")}`);
	await page.evaluate(() => {
		const said = new Set<string>();
		new MutationObserver(() => {
			const text = document.querySelector("main [role=status]")?.textContent ?? "";
			if (/rows? so far/.test(text)) said.add(text);
		}).observe(document.body, { subtree: true, childList: true, characterData: true });
		Object.assign(window, { said });
	});
	const reading = page.waitForEvent("worker", (worker) => worker.url().includes("read-file.worker"));

	await page.getByLabel("Choose a file").setInputFiles({
		name: "many.csv",
		mimeType: "text/csv",
		buffer: Buffer.from(`name,phone\n${rows.join("\n")}\n`),
	});
	await expect(page.getByText("100,000 rows", { exact: true })).toBeVisible({ timeout: 60_000 });

	// Somebody else reads, and between two pieces of the file the page does what else it has to do: it says how far that is.
	await reading;
	const said = await page.evaluate(() => (window as unknown as { said: Set<string> }).said.size);
	expect(said).toBeGreaterThan(10);
	await expect(page.getByText(/10,000 that came before in this file/)).toBeVisible();
});

test("a past import is mended by the kind, and taken back from the list of them", async ({ page }) => {
	const account = await openAccount(page.request);
	await notAsked(page.request, account);
	const { id: list } = await ask(page.request, account, "POST", "/api/contact-lists", { name: "Fair" });
	await page.request.post(`/api/contact-lists/${list}/import?filename=fair.csv&country=GB`, {
		headers: { authorization: `Bearer ${account.token}`, "content-type": "text/csv" },
		data: "name,phone\nAnn,415 234 0000\nBen,+14152340001 ext 5\nCid,415 234 0002\nDee,+14152340003\n",
	});
	await page.goto("/contacts/import");
	const line = page.getByRole("listitem").filter({ hasText: "fair.csv" });
	await expect(line).toContainText("1 contact added");
	expect(await violationsOf(page)).toEqual([]);

	await line.getByRole("button", { name: /Mend 3 rows/ }).click();
	await page.getByRole("button", { name: "Drop the extensions" }).click();
	await expect(page.getByRole("heading", { name: "2 contacts added" })).toBeVisible();
	await page.getByLabel(/Country of all rows of this kind/).selectOption("US");
	await page.getByRole("button", { name: "Fix all like this" }).click();
	await expect(page.getByRole("heading", { name: "4 contacts added" })).toBeVisible();
	await page.reload();
	await expect(page.getByRole("heading", { name: "4 contacts added" })).toBeVisible();

	await page.goto("/contacts/import");
	await line.getByRole("button", { name: "Take back" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Take it back" }).click();
	await expect(line).toContainText("taken back");
	await expect(line.getByRole("button")).toHaveCount(0);
	expect(await ask(page.request, account, "GET", "/api/contacts")).toMatchObject({ items: [] });
});

test("a number is put on the do-not-call list, and taken off again", async ({ page }) => {
	const account = await openAccount(page.request);
	await notAsked(page.request, account);
	await page.goto("/contacts");
	await page.getByRole("link", { name: "Do not call" }).click();
	await expect(page.getByText("Nobody yet")).toBeVisible();
	expect(await violationsOf(page)).toEqual([]);

	await page.getByLabel("Add a number").fill("+1 415 555 2671");
	await page.getByRole("button", { name: "Never call this number" }).click();
	const line = page.getByRole("listitem").filter({ hasText: "+1 415 555 2671" });
	await expect(line).toContainText("calls and texts, entered by you");
	expect(await violationsOf(page)).toEqual([]);

	await page
		.getByLabel("Choose a CSV file")
		.setInputFiles({ name: "no.csv", mimeType: "text/csv", buffer: Buffer.from("phone\n+14155552672\nnobody\n") });
	await expect(page.getByRole("status").filter({ hasText: "1 number added" })).toContainText("1 row without a number");
	await expect(page.getByText(/^Line 3: “nobody”/)).toBeVisible();
	await line.getByRole("button", { name: /Remove/ }).click();
	await expect(line).toBeHidden();
});

test("a segment is made of a tag, counts its people, and is called", async ({ page }) => {
	const account = await openAccount(page.request);
	await notAsked(page.request, account);
	for (const [at, tags] of [["vip"], ["vip", "new"], []].entries())
		await ask(page.request, account, "POST", "/api/contacts", { phoneNumber: `+1415234000${at}`, tags });
	await page.goto("/contacts/segments");
	await expect(page.getByText("No segments yet")).toBeVisible();

	await page.getByLabel("Name of the segment").fill("Best customers");
	await page.getByLabel("Tags").fill("vip");
	await page.getByRole("button", { name: "Save segment" }).click();

	const line = page.getByRole("listitem").filter({ hasText: "Best customers" });
	await expect(line).toContainText("tagged vip");
	await expect(line).toContainText("2 contacts");
	expect(await violationsOf(page)).toEqual([]);
	await line.getByRole("link", { name: /Call them/ }).click();
	await expect(page.getByLabel("Contact list or segment")).toHaveValue(/^seg_/);
	await expect(page.getByText("Best customers").last()).toBeVisible();
});

test("what people asked for with a key stands in the report, is heard and ticked off", async ({ page }) => {
	const account = await openAccount(page.request);
	await notAsked(page.request, account);
	const keys = { "2": { do: "callback" }, "3": { do: "record", maxSeconds: 30 } };
	const { id } = await ask(page.request, account, "POST", "/api/campaigns", { title: "Asked", script: { keys } });
	await ask(page.request, account, "POST", `/api/campaigns/${id}/cancel`);
	const one = { contactId: "con_1", phoneNumber: "+14152340001", formatted: "+1 415 234 0001", doneAt: null };
	const at = { createdAt: new Date().toISOString() };
	const items = [
		{ id: "req_2", callId: "call_2", name: "Ann Lee", kind: "recording", isRecorded: true, seconds: 12, ...one, ...at },
		{ id: "req_1", callId: "call_1", name: "", kind: "callback", isRecorded: false, seconds: null, ...one, ...at },
	];
	const marked: unknown[] = [];
	await page.route(/\/api\/campaigns\/[^/]+\/requests/, (route) => {
		if (route.request().method() === "GET") return route.fulfill({ json: { items, nextCursor: null } });
		marked.push(route.request().postDataJSON());
		return route.fulfill({ json: { success: true } });
	});
	await page.route("**/api/recordings/call_2", (route) =>
		route.fulfill({ status: 409, json: { error: "not yet", code: "not_ready", details: "", requestId: "r" } }),
	);
	await page.goto(`/campaigns?id=${id}`);

	const line = page.getByRole("listitem").filter({ hasText: "Ann Lee" });
	await line.getByRole("button", { name: "Listen" }).click();
	await expect(line.getByText(/on its way from the carrier/)).toBeVisible();
	await line.getByRole("checkbox", { name: "Done for Ann Lee" }).check();
	await expect.poll(() => marked).toEqual([{ done: true }]);
	await expect(page.getByText("wants to be called back")).toBeVisible();
	expect(await violationsOf(page)).toEqual([]);
});

test("a campaign is looked at before it starts, and starts only with a word about consent", async ({ page }) => {
	const account = await openAccount(page.request);
	await notAsked(page.request, account);
	await ask(page.request, account, "POST", "/api/wallet/top-up", { amountMicros: 20_000_000 });
	const csv = "phone\n+14152340001\n+12122340002\n+493090182000\n";
	const list = await listOf(page.request, account, "People", csv);
	await ask(page.request, account, "POST", "/api/do-not-call", { phoneNumber: "+14152340001" });
	const { phoneNumber } = await ask(page.request, account, "POST", "/api/channels/generate-phone-number", {
		country: "US",
		type: "voice",
	});
	const { id } = await ask(page.request, account, "POST", "/api/campaigns", {
		title: "Check-up",
		contactListId: list,
		callerNumbers: [phoneNumber],
		script: { greetingText: "Good day, {{firstName}}." },
	});
	await page.goto(`/campaigns?id=${id}`);

	await expect(page.getByText("of 3 people")).toBeVisible();
	await expect(page.getByText("On your do-not-call list")).toBeVisible();
	await expect(page.getByRole("img", { name: /Berlin: open for/ })).toBeVisible();
	expect(await violationsOf(page)).toEqual([]);
	await page.getByRole("slider").fill("5");
	await expect(page.getByText(/What if it started \d/)).toBeVisible();
	await page.getByRole("button", { name: "Start calling" }).click();
	await expect(page.getByRole("alert").filter({ hasText: "Say so first" })).toBeVisible();
	await page.getByRole("checkbox", { name: /have agreed to be called/ }).check();
	await page.getByRole("button", { name: "Start calling" }).click();
	await expect(page.getByRole("progressbar", { name: /had their turn/ })).toBeVisible();

	const started = await ask(page.request, account, "GET", `/api/campaigns/${id}`);
	expect(started.consentConfirmedAt).toEqual(expect.any(String));
});
