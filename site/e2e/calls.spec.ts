import { expect, test } from "@playwright/test";
import { ask, complaintsOf } from "./desk";
import { judgeAsItStands } from "./judge";
import { accountWithLine, callIn, phoneOf, route, untilLogged } from "./voice";

test.use({
	launchOptions: async ({ launchOptions }, use) =>
		use({ ...launchOptions, args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"] }),
});

test("an empty log teaches, and a log with calls can be searched, told and taken away", async ({ page }) => {
	const complaints = complaintsOf(page);
	const { account, line } = await accountWithLine(page.request);

	await test.step("nothing yet", async () => {
		await page.goto("/calls");
		await expect(page.getByRole("heading", { name: "No calls yet" })).toBeVisible();
	});

	await test.step("a call out of a line stands there by itself, with its story and its cost", async () => {
		const order = { from: line.number, to: "+4915123456789", via: "phone" };
		await ask(page.request, account, "POST", "/api/calls", order);
		await expect(page.getByRole("link", { name: "+49 1512 3456789" })).toBeVisible();
		await untilLogged(page.request, account, { status: "completed" });
		await judgeAsItStands(page, "calls");
		await page.getByRole("row", { name: "+49 1512 3456789" }).click();
		await expect(page.getByRole("region", { name: "What happened" })).toContainText("The call is over");
		await expect(page.getByRole("region", { name: "Facts" })).toContainText("$0.");
		await judgeAsItStands(page, "call-story");
	});

	await test.step("filters stand in the address and survive a reload", async () => {
		await page.goto("/calls");
		await page.getByLabel("Direction").selectOption("inbound");
		await expect(page).toHaveURL(/direction=inbound/);
		await expect(page.getByRole("heading", { name: "No such calls" })).toBeVisible();
		await page.reload();
		await expect(page.getByLabel("Direction")).toHaveValue("inbound");
		await page.getByRole("button", { name: "Show every call" }).click();
		await page.getByLabel("Days").selectOption("Last 7 days");
		await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\d$/);
		await expect(page.getByRole("link", { name: "+49 1512 3456789" })).toBeVisible();
		await page.getByLabel("Days").selectOption("Certain days");
		await page.getByLabel("To", { exact: true }).fill("2020-01-31");
		await expect(page.getByRole("heading", { name: "No such calls" })).toBeVisible();
		await page.reload();
		await expect(page.getByLabel("To", { exact: true })).toHaveValue("2020-01-31");
		await page.getByRole("button", { name: "Clear filters" }).click();
		await expect(page.getByRole("link", { name: "+49 1512 3456789" })).toBeVisible();
	});

	await test.step("the export holds the same calls", async () => {
		const saving = page.waitForEvent("download");
		await page.getByRole("button", { name: "Export CSV" }).click();
		const download = await saving;
		expect(download.suggestedFilename()).toBe("calls.csv");
		const chunks: Buffer[] = [];
		for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
		expect(Buffer.concat(chunks).toString()).toContain("+4915123456789");
	});
	expect(complaints).toEqual([]);
});

test("a caller leaves a message that is heard and called back", async ({ page }) => {
	const { account, line } = await accountWithLine(page.request);
	await route(page.request, account, line, { steps: [{ kind: "voicemail" }] });

	await callIn(page.request, account, line);
	await untilLogged(page.request, account, { answeredBy: "voicemail", live: false });

	await page.goto("/calls?part=voicemail");
	const message = page.getByRole("listitem").filter({ hasText: "+44 20 7946 0102" });
	await expect(message.getByRole("img", { name: "New" })).toBeVisible();
	await judgeAsItStands(page, "voicemail");
	await message.getByRole("button", { name: /^Play/ }).click();
	await expect(message.getByRole("img", { name: "New" })).toHaveCount(0);
	await message.getByRole("link", { name: "+44 20 7946 0102" }).click();
	await expect(page.getByRole("slider", { name: "Position in the message" })).toBeVisible();
	await judgeAsItStands(page, "call-with-message");
});

test("a caller from outside rings the browser under its contact's name, and is answered", async ({ page }) => {
	const { account, line } = await accountWithLine(page.request);
	const contact = { firstName: "Grace", lastName: "Obi", phoneNumber: "+442079460102" };
	await ask(page.request, account, "POST", "/api/contacts", contact);
	await page.goto("/contacts");
	await expect(phoneOf(page)).toContainText("Ready for calls");

	await callIn(page.request, account, line, { staysFor: 3_600 });
	await expect(page.getByRole("alert", { name: "Incoming call from Grace Obi" })).toBeVisible();
	await phoneOf(page).getByRole("button", { name: "Answer" }).click();

	await expect(phoneOf(page).getByRole("timer")).toHaveText(/^\d+:\d\d$/);
	await expect(page).toHaveTitle(/^\d+:\d\d · /);
	await phoneOf(page).getByRole("button", { name: "Notes" }).click();
	await phoneOf(page).getByLabel("Notes on Grace Obi").fill("Wants the quote by Friday");
	await phoneOf(page).getByRole("button", { name: "Save notes" }).click();
	await expect(phoneOf(page)).toContainText("Saved with the contact.");
	await judgeAsItStands(page, "dock-in-call");
	await page.getByRole("heading", { level: 1 }).click();
	// Both within half a second: a busy machine may need another try.
	await expect(async () => {
		await page.keyboard.press("x");
		await page.keyboard.press("x");
		await expect(phoneOf(page)).toContainText("Call ended.", { timeout: 1_000 });
	}).toPass();
	const { items } = await ask(page.request, account, "GET", "/api/contacts?search=%2B442079460102");
	expect(items[0].notes).toBe("Wants the quote by Friday");

	await page.goto("/dashboard");
	const called = page.getByRole("region", { name: "Who called" }).getByRole("link", { name: "Grace Obi" });
	await expect(called).toContainText("Answered");
	await called.click();
	await expect(page.getByRole("heading", { level: 1 })).toContainText("Grace Obi");
});

test("a call is handed on to voicemail, and this side is free again", async ({ page }) => {
	const { account, line } = await accountWithLine(page.request);
	await page.goto("/calls");
	await expect(phoneOf(page)).toContainText("Ready for calls");
	await callIn(page.request, account, line, { staysFor: 3_600 });
	await page.getByRole("alert", { name: "Incoming call from" }).waitFor();
	await page.keyboard.press("Control+k");
	await page.getByRole("combobox", { name: "Search commands" }).fill("answer");
	await page.keyboard.press("Enter");
	await expect(phoneOf(page).getByRole("timer")).toBeVisible();

	await phoneOf(page).getByRole("button", { name: "Transfer" }).click();
	await phoneOf(page).getByLabel("Hand the call on to").selectOption("voicemail");
	await phoneOf(page).getByRole("button", { name: "Hand on" }).click();

	await expect(page.getByText("The call is handed on.")).toBeVisible();
	await expect(phoneOf(page)).toContainText("Ready for calls");
	const { id } = await untilLogged(page.request, account, { live: false });
	const { events } = await ask(page.request, account, "GET", `/api/calls/${id}`);
	expect(events.map(({ kind }: { kind: string }) => kind)).toContain("transferred");
});

test("a number that no browser has is called over a line, and this browser answers by itself", async ({ page }) => {
	const { line } = await accountWithLine(page.request);
	await page.goto("/calls");
	await expect(phoneOf(page)).toContainText("Ready for calls");
	await phoneOf(page).getByRole("button", { name: "Call somebody" }).click();
	await judgeAsItStands(page, "dock-open");
	await phoneOf(page).getByLabel("Phone number or call identity").fill("020 7946 0999");
	await phoneOf(page).getByLabel("Country").selectOption("GB");

	await phoneOf(page).getByRole("button", { name: "Call", exact: true }).click();
	await expect(phoneOf(page)).toContainText("No user found with this phone number");
	await phoneOf(page)
		.getByRole("button", { name: `Call from ${line.formatted}` })
		.click();

	await expect(phoneOf(page)).toContainText("Pretended call, no sound");
	await expect(phoneOf(page)).toContainText("+44 20 7946 0999");
});

test("the microphone is heard before anybody calls, and stays chosen", async ({ page }) => {
	await accountWithLine(page.request);
	await page.goto("/dashboard");
	await expect(phoneOf(page)).toContainText("Ready for calls");
	await phoneOf(page).getByRole("button", { name: "Call somebody" }).click();
	await phoneOf(page).getByRole("button", { name: "Sound" }).click();

	await phoneOf(page).getByRole("button", { name: "Test the microphone" }).click();

	const meter = phoneOf(page).getByRole("meter", { name: "How loud you are" });
	await expect.poll(() => meter.evaluate((one: HTMLMeterElement) => one.value)).toBeGreaterThan(0.01);
	await expect(phoneOf(page)).toContainText(/The server answers in \d+ ms/);
	await phoneOf(page).getByLabel("Microphone").selectOption({ index: 1 });
	const kept = await page.evaluate(() => localStorage.getItem("trunkline.phone"));
	expect(JSON.parse(kept ?? "{}").input).not.toBe("");
	await judgeAsItStands(page, "dock-sound");
});
