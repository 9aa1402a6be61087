import { expect, test } from "@playwright/test";
import { type Account, ask, notAsked, openAccount } from "./desk";
import { judgeAsItStands } from "./judge";

/** Signs the page in as a fresh account that has a number. */
let account: Account;
test.beforeEach(async ({ page }) => {
	account = await openAccount(page.request);
	await notAsked(page.request, account);
	await ask(page.request, account, "POST", "/api/wallet/top-up", { amountMicros: 20_000_000 });
	await ask(page.request, account, "POST", "/api/channels/generate-phone-number", { country: "GB", name: "Desk" });
});

test("an assistant is made, answers a number, is changed, and goes again", async ({ page }) => {
	await page.goto("/assistants");
	await expect(page.getByText("Nobody answers by itself yet")).toBeVisible();
	await page.getByRole("button", { name: "New assistant" }).click();
	await page.getByLabel("Name").fill("Front desk");
	await page.getByLabel("Says first").fill("Hello, this is the front desk.");
	await page.getByRole("button", { name: "Make assistant" }).click();
	await expect(page.getByText("Front desk is ready to answer.")).toBeVisible();

	const choice = page.getByRole("combobox", { name: /Who answers/ });
	await choice.selectOption({ label: "Front desk" });
	await expect(page.getByText("Answering")).toBeVisible();
	await page.getByRole("button", { name: "Delete Front desk" }).click();
	await page.getByRole("button", { name: "Delete assistant" }).click();
	await expect(page.getByText(/Disconnect it first/)).toBeVisible();
	await page.getByRole("button", { name: "Cancel" }).click();

	await page.getByRole("button", { name: "Edit Front desk" }).click();
	await page.getByLabel("Name").fill("Night desk");
	await page.getByRole("button", { name: "Save changes" }).click();
	await expect(page.getByText("Night desk is ready to answer.")).toBeVisible();

	await choice.selectOption({ label: "No assistant" });
	await expect(page.getByText("No assistant", { exact: true }).first()).toBeVisible();
	await page.getByRole("button", { name: "Delete Night desk" }).click();
	await page.getByRole("button", { name: "Delete assistant" }).click();
	await expect(page.getByText("Nobody answers by itself yet")).toBeVisible();
});

test("whoever calls is answered, and what was said appears by itself", async ({ page }) => {
	const [{ id, number }] = await ask(page.request, account, "GET", "/api/phone-numbers");
	const assistant = await ask(page.request, account, "POST", "/api/assistants", {
		name: "Front desk",
		recordCalls: true,
	});
	await ask(page.request, account, "PUT", `/api/phone-numbers/${id}`, { assistantId: assistant.id });
	await page.goto("/assistants");
	await expect(page.getByText("None yet. Connect a number above")).toBeVisible();

	await ask(page.request, account, "POST", "/api/debug/pretend/calls", {
		from: "+447712345678",
		to: number,
		staysFor: 20,
	});

	await expect(async () => {
		await page.request.get("/cdn-cgi/handler/scheduled");
		await expect(page.getByText("asked when Front desk is open")).toBeVisible({ timeout: 2_000 });
	}).toPass({ timeout: 180_000 });
	await page.getByText("+44 7712 345678").click();
	await expect(page.getByText("User: No, that is all. Thank you!")).toBeVisible();

	await page.getByRole("link", { name: "Listen to the call" }).click();
	await expect(page.getByText("Front desk answers")).toBeVisible();
	await expect(page.getByText("Front desk is through: the caller hung up")).toBeVisible();
	const position = page.getByRole("slider", { name: /^Position/ });
	const turn = page.getByRole("button", { name: /^Caller .*No, that is all/ });
	await turn.focus();
	await turn.press("Enter");
	await expect(page.getByRole("button", { name: "Pause the recording" })).toBeVisible();
	await expect.poll(async () => Number(await position.inputValue())).toBeGreaterThanOrEqual(3);
	await expect(turn).toHaveAttribute("aria-current", "true");
	await page.getByRole("button", { name: /^Assistant .*Hello/ }).click();
	await expect.poll(async () => Number(await position.inputValue())).toBeLessThan(3);
	await judgeAsItStands(page, "assistant-story");
});

test("a connection that the provider refused says so, and what to do next", async ({ page }) => {
	const [{ id, number }] = await ask(page.request, account, "GET", "/api/phone-numbers");
	const { id: assistantId } = await ask(page.request, account, "POST", "/api/assistants", { name: "Front desk" });
	const refused = {
		...{ phoneNumberId: id, number, formatted: number, label: "Desk", canVoice: true, updatedAt: null },
		...{ assistantId: null, wantedAssistantId: assistantId, status: "error", error: "the number is not known there" },
	};
	await page.route("**/api/assistants/connections*", (asked) => asked.fulfill({ json: [refused] }));
	await page.goto("/assistants");

	await expect(page.getByText("the number is not known there. Calls go on as before.")).toBeVisible();
	await judgeAsItStands(page, "assistant-refused");
	await page.unroute("**/api/assistants/connections*");
	await page.getByRole("button", { name: "Try Front desk again" }).click();

	await expect(page.getByText("Answering")).toBeVisible();
});

test("what is wrong with an assistant stands beside it", async ({ page }) => {
	await page.goto("/assistants");
	await page.getByRole("button", { name: "New assistant" }).click();
	await page.getByLabel("Name").fill("Front desk");
	await page.getByLabel("May hand calls to").fill("12");
	await page.getByRole("button", { name: "Make assistant" }).click();

	await expect(page.getByText(/must be an international telephone number/)).toBeVisible();
});

test("a webhook is made, shows its secret once, and keeps a log", async ({ page }) => {
	await page.goto("/settings?part=webhooks");
	await page.getByRole("button", { name: "New webhook" }).click();
	await page.getByLabel("Address").fill("https://127.0.0.1/in");
	await page.getByRole("button", { name: "Make webhook" }).click();
	await expect(page.getByText(/must be on the public internet/)).toBeVisible();
	await page.getByLabel("Address").fill("https://example.com/trunkline");
	await page.getByRole("button", { name: "Make webhook" }).click();
	await expect(page.getByText(/^whsec_/)).toBeVisible();
	await page.getByRole("button", { name: "I have kept it" }).click();

	await page.getByRole("button", { name: "Open https://example.com/trunkline" }).click();
	await expect(page.getByText("Nothing was sent yet.")).toBeVisible();
	await page.getByRole("button", { name: "Send a test event" }).click();
	await expect(page.getByRole("code").filter({ hasText: "test" })).toBeVisible();
	await page.getByRole("button", { name: "Delete" }).click();
	await page.getByRole("button", { name: "Delete webhook" }).click();
	await expect(page.getByText("None yet. Give an https address")).toBeVisible();
});

test("figures keep their range in the address, and say what they show", async ({ page }) => {
	await page.goto("/analytics?from=2026-01-05&to=2026-01-18");
	await expect(page.getByText("Nothing happened in these days")).toBeVisible();
	await page.getByRole("button", { name: "7 days" }).click();

	await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d/);
	await expect(page.getByRole("img", { name: /Nothing in 7 days/ })).toBeVisible();
	await page.getByRole("button", { name: "Spent" }).click();
	await expect(page.getByRole("img", { name: /in 7 days; the most on/ })).toBeVisible();
	await page.getByText("As a table").click();
	await expect(page.getByRole("row")).not.toHaveCount(0);
	const saving = page.waitForEvent("download");
	await page.getByRole("button", { name: "Export CSV" }).click();
	expect((await saving).suggestedFilename()).toMatch(/^figures-.*\.csv$/);
});
