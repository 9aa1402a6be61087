import { randomUUID } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { type Account, ask, complaintsOf, notAsked, openAccount } from "./desk";
import { judgeAsItStands } from "./judge";

const fold = (page: Page, name: string) => page.locator("summary", { hasText: name });
const choice = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const rule = (page: Page, what: "Tries in all" | "Minutes between", when: string) =>
	page.getByLabel(`${what} when ${when}`);

async function accountAtWork(page: Page): Promise<Account> {
	const account = await openAccount(page.request);
	await notAsked(page.request, account);
	return account;
}

/** Saves, and gives the campaign as the API has it then. */
async function saved(page: Page, account: Account, button: string) {
	await page.getByRole("button", { name: button, exact: true }).click();
	await expect(page).toHaveURL(/\/campaigns($|\?)/);
	const [{ id }] = await ask(page.request, account, "GET", "/api/campaigns");
	return ask(page.request, account, "GET", `/api/campaigns/${id}`);
}

async function edit(page: Page, id: string): Promise<void> {
	await page.goto(`/campaigns/new?id=${id}`);
	await fold(page, "Machines, keys and texts").click();
	await fold(page, "Pace and retries").click();
}

test("what is chosen in a campaign's form is what the API keeps and what the form shows again", async ({ page }) => {
	const complaints = complaintsOf(page);
	const account = await accountAtWork(page);
	const email = `e2e-${randomUUID()}@example.com`;
	const password = "a quiet desk by the window";
	const jonas = await ask(page.request, account, "POST", "/api/sub-accounts", { email, password, fullName: "Jonas" });
	const queue = await ask(page.request, account, "POST", "/api/queues", { name: "Support" });
	const assistant = await ask(page.request, account, "POST", "/api/assistants", { name: "Front desk" });
	const taker = page.getByLabel("Who takes the call");
	let id = "";
	let me = "";

	await test.step("a queue, a message for machines, an expiry, rules for retries", async () => {
		await page.goto("/campaigns/new");
		await page.getByLabel("Name", { exact: true }).fill("Every option");
		await taker.selectOption({ label: "Support" });
		await page.getByLabel("Expires").fill("2031-03-04T17:30");
		await fold(page, "Machines, keys and texts").click();
		await page.getByLabel("People are spoken to in").selectOption({ label: "German (Germany)" });
		await page.getByLabel("An answering machine").selectOption({ label: "gets a message after the tone" });
		await page.getByLabel("Listening for machines").selectOption({ label: "while the greeting plays" });
		await page.getByLabel("Message for the machine").fill("Please call us back.");
		await fold(page, "Pace and retries").click();
		await page.getByLabel("Tries per person").fill("3");
		await page.getByLabel("Minutes between tries").fill("30");
		await choice(page, "The line is busy").selectOption("own");
		await expect(rule(page, "Minutes between", "the line is busy")).toHaveValue("30");
		await rule(page, "Tries in all", "the line is busy").fill("5");
		await rule(page, "Minutes between", "the line is busy").fill("1.5");
		await choice(page, "A machine answers").selectOption("own");
		await rule(page, "Tries in all", "a machine answers").fill("2");
		await rule(page, "Minutes between", "a machine answers").fill("1440");
		await judgeAsItStands(page, "campaign-form-open");
		const campaign = await saved(page, account, "Save as draft");

		id = campaign.id;
		me = campaign.userId;
		expect(campaign).toMatchObject({
			transferNumberId: null,
			schedule: { expiresAt: "2031-03-04T17:30:00.000Z", endsAt: null },
			script: {
				language: "de-DE",
				transfer: { to: "queue", queueId: queue.id },
				machines: { do: "voicemail", detection: "meanwhile", text: "Please call us back." },
			},
		});
		expect(campaign.retries).toEqual({
			maxAttempts: 3,
			delaySeconds: 1_800,
			rules: { busy: { maxAttempts: 5, delaySeconds: 90 }, machine: { maxAttempts: 2, delaySeconds: 86_400 } },
		});
	});

	await test.step("shown again, and changed: a team's browsers, machines hung up on, later, other rules", async () => {
		await edit(page, id);
		await expect(taker).toHaveValue(`queue:${queue.id}`);
		await expect(page.getByLabel("Expires")).toHaveValue("2031-03-04T17:30");
		await expect(page.getByLabel("People are spoken to in")).toHaveValue("de-DE");
		await expect(page.getByLabel("An answering machine")).toHaveValue("voicemail");
		await expect(page.getByLabel("Listening for machines")).toHaveValue("meanwhile");
		await expect(page.getByLabel("Message for the machine")).toHaveValue("Please call us back.");
		await expect(page.getByLabel("Tries per person")).toHaveValue("3");
		await expect(rule(page, "Tries in all", "the line is busy")).toHaveValue("5");
		await expect(rule(page, "Minutes between", "the line is busy")).toHaveValue("1.5");
		await expect(rule(page, "Minutes between", "a machine answers")).toHaveValue("1440");
		await expect(choice(page, "Nobody answers")).toHaveValue("");

		await taker.selectOption({ label: "Everybody's browser: the first to answer" });
		await page.getByRole("group", { name: "Whose browsers ring" }).getByLabel("Mine").uncheck();
		await expect(taker).toHaveValue(`agents:${jonas.id}`);
		await page.getByRole("group", { name: "Whose browsers ring" }).getByLabel("Mine").check();
		await expect(taker).toHaveValue(`agents:${jonas.id},${me}`);
		await taker.selectOption({ label: "Everybody's browser: the first to answer" });
		await page.getByLabel("An answering machine").selectOption({ label: "is hung up on" });
		await page.getByLabel("Listening for machines").selectOption({ label: "before the greeting" });
		await choice(page, "The line is busy").selectOption({ label: "as above" });
		await choice(page, "Nobody answers").selectOption("own");
		await rule(page, "Tries in all", "nobody answers").fill("1");
		const campaign = await saved(page, account, "Save as draft");

		expect(campaign.script.transfer).toEqual({ to: "agents", userIds: [me, jonas.id] });
		expect(campaign.script.machines).toEqual({ do: "hang_up", detection: "before" });
		expect(campaign.schedule.expiresAt).toBe("2031-03-04T17:30:00.000Z");
		expect(campaign.retries.rules).toEqual({
			noAnswer: { maxAttempts: 1, delaySeconds: 1_800 },
			machine: { maxAttempts: 2, delaySeconds: 86_400 },
		});
	});

	await test.step("shown again, and changed: an assistant, machines like everybody, no expiry, no rules", async () => {
		await edit(page, id);
		await expect(taker).toHaveValue(`agents:${me},${jonas.id}`);
		await expect(page.getByLabel("An answering machine")).toHaveValue("hang_up");
		await expect(page.getByLabel("Listening for machines")).toHaveValue("before");
		await expect(rule(page, "Tries in all", "nobody answers")).toHaveValue("1");
		await expect(rule(page, "Tries in all", "the line is busy")).toBeHidden();

		await taker.selectOption({ label: "Front desk" });
		await page.getByLabel("An answering machine").selectOption({ label: "hears the same as everybody" });
		await page.getByLabel("Expires").fill("");
		await choice(page, "Nobody answers").selectOption("");
		await choice(page, "A machine answers").selectOption("");
		const campaign = await saved(page, account, "Save as draft");

		expect(campaign.script.transfer).toEqual({ to: "assistant", assistantId: assistant.id });
		expect(campaign.script.machines).toBeUndefined();
		expect(campaign.schedule.expiresAt).toBeNull();
		expect(campaign.retries).toEqual({ maxAttempts: 3, delaySeconds: 1_800, rules: {} });
	});

	await edit(page, id);
	await expect(taker).toHaveValue(`assistant:${assistant.id}`);
	await expect(page.getByLabel("An answering machine")).toHaveValue("off");
	expect(complaints).toEqual([]);
});

test("what was set over the API is shown and kept: a day that ends at midnight, machines told apart", async ({
	page,
}) => {
	const account = await accountAtWork(page);
	const { id } = await ask(page.request, account, "POST", "/api/campaigns", {
		title: "All day",
		schedule: { window: { start: "00:00", end: "24:00" } },
		script: { machines: { do: "greet", detection: "meanwhile" } },
	});

	await edit(page, id);
	await expect(page.getByLabel("Until", { exact: true })).toHaveValue("00:00");
	await expect(page.getByLabel("An answering machine")).toHaveValue("greet");
	await expect(page.getByLabel("Listening for machines")).toHaveValue("meanwhile");
	const campaign = await saved(page, account, "Save as draft");

	expect(campaign.schedule.window).toMatchObject({ start: "00:00", end: "24:00" });
	expect(campaign.script.machines).toEqual({ do: "greet", detection: "meanwhile" });
});

test("an expiry or a rule that cannot be meant is said at its field, and nothing is saved", async ({ page }) => {
	const account = await accountAtWork(page);
	await page.goto("/campaigns/new");
	await page.getByLabel("Name", { exact: true }).fill("Too much");
	await page
		.getByRole("region", { name: "When" })
		.getByLabel(/^Start/)
		.fill("2031-03-04T09:00");
	await page.getByLabel("Expires").fill("2031-03-03T09:00");
	await fold(page, "Pace and retries").click();
	await choice(page, "The call fails").selectOption("own");
	await rule(page, "Tries in all", "the call fails").fill("11");
	await rule(page, "Minutes between", "the call fails").fill("20000");
	await fold(page, "Pace and retries").click();
	await expect(rule(page, "Tries in all", "the call fails")).toBeHidden();

	await page.getByRole("button", { name: "Save as draft" }).click();

	await expect(page.getByRole("alert")).toContainText("It is not saved yet.");
	await expect(page.getByLabel("Expires")).toHaveAccessibleDescription(/It has to be after the start/);
	await expect(rule(page, "Tries in all", "the call fails")).toBeVisible();
	await expect(rule(page, "Tries in all", "the call fails")).toHaveAccessibleDescription(/from 1 to 10/);
	await expect(rule(page, "Minutes between", "the call fails")).toHaveAccessibleDescription(/to a week/);
	expect(await ask(page.request, account, "GET", "/api/campaigns")).toEqual([]);
	await judgeAsItStands(page, "campaign-form-wrong");

	await page.getByLabel("Expires").fill("2031-03-05T09:00");
	await rule(page, "Tries in all", "the call fails").fill("10");
	await rule(page, "Minutes between", "the call fails").fill("10080");
	const campaign = await saved(page, account, "Save as draft");
	expect(campaign.retries.rules).toEqual({ failed: { maxAttempts: 10, delaySeconds: 604_800 } });
});

test("a message for machines that has no words is said at its field, opened for it", async ({ page }) => {
	await accountAtWork(page);
	await page.goto("/campaigns/new");
	await page.getByLabel("Name", { exact: true }).fill("Without words");
	await fold(page, "Machines, keys and texts").click();
	await page.getByLabel("An answering machine").selectOption("voicemail");
	await fold(page, "Machines, keys and texts").click();

	await page.getByRole("button", { name: "Save as draft" }).click();

	await expect(page.getByLabel("Message for the machine")).toBeVisible();
	await expect(page.getByLabel("Message for the machine")).toHaveAttribute("aria-invalid", "true");
});

test("a campaign that is calling takes another expiry and other retries", async ({ page }) => {
	const account = await accountAtWork(page);
	await ask(page.request, account, "POST", "/api/wallet/top-up", { amountMicros: 20_000_000 });
	const { id: list } = await ask(page.request, account, "POST", "/api/contact-lists", { name: "People" });
	await page.request.post(`/api/contact-lists/${list}/import`, {
		headers: { authorization: `Bearer ${account.token}`, "content-type": "text/csv" },
		data: "phone\n+12122340002\n",
	});
	const channel = { country: "US", type: "voice" };
	const { phoneNumber } = await ask(page.request, account, "POST", "/api/channels/generate-phone-number", channel);
	// Open on one day of the week that is nowhere now: it runs, and waits.
	const day = ((new Date().getUTCDay() + 3) % 7) + 1;
	const { id } = await ask(page.request, account, "POST", "/api/campaigns", {
		title: "Under way",
		contactListId: list,
		callerNumbers: [phoneNumber],
		schedule: { window: { days: [day] } },
		retries: { rules: { machine: { maxAttempts: 2, delaySeconds: 100 } } },
		script: { greetingText: "Good day." },
	});
	await ask(page.request, account, "POST", `/api/campaigns/${id}/start?consentConfirmed=true`, {});
	await page.goto(`/campaigns/new?id=${id}`);
	await expect(page.getByText("It is calling right now")).toBeVisible();

	await page.getByLabel("Expires").fill("2031-03-04T17:30");
	await fold(page, "Pace and retries").click();
	await choice(page, "The line is busy").selectOption("own");
	const campaign = await saved(page, account, "Save");

	expect(campaign.schedule.expiresAt).toBe("2031-03-04T17:30:00.000Z");
	expect(campaign.retries.rules).toEqual({
		busy: { maxAttempts: 2, delaySeconds: campaign.retries.delaySeconds },
		machine: { maxAttempts: 2, delaySeconds: 100 },
	});
});
