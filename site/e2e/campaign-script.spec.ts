import { expect, type Page, test } from "@playwright/test";
import { type Account, ask, complaintsOf, notAsked, openAccount, toneWav } from "./desk";
import { judgeAsItStands } from "./judge";

const open = (page: Page) => page.locator("summary", { hasText: "Machines, keys and texts" }).click();

async function accountAtWork(page: Page): Promise<Account> {
	const account = await openAccount(page.request);
	await notAsked(page.request, account);
	return account;
}

async function greeting(page: Page, { token }: Account, name: string): Promise<string> {
	const reply = await page.request.post("/api/greeting-files", {
		headers: { authorization: `Bearer ${token}` },
		multipart: { file: { name, mimeType: "audio/wav", buffer: toneWav() } },
	});
	return (await reply.json()).id;
}

async function saveDraft(page: Page, account: Account, id: string) {
	await page.getByRole("button", { name: "Save as draft", exact: true }).click();
	await expect(page).toHaveURL(/\/campaigns$/);
	return ask(page.request, account, "GET", `/api/campaigns/${id}`);
}

test("all that can be heard in a call is shown by the form, and kept as it was", async ({ page }) => {
	const complaints = complaintsOf(page);
	const account = await accountAtWork(page);
	const file = await greeting(page, account, "after-hours.wav");
	const provider = await ask(page.request, account, "POST", "/api/sip-providers", {
		name: "Office",
		host: "pbx.example.com",
		port: 5060,
	});
	const script = {
		greetingText: "Good day, {{firstName}}.",
		language: "de-DE",
		machines: { do: "voicemail", detection: "meanwhile", greetingFileId: file, text: "Please call us." },
		keys: {
			"2": { do: "play", prompt: "For our hours, press 2.", greetingFileId: file, text: "Nine to five." },
			"4": { do: "sms", prompt: "For a link, press 4.", text: "example.com" },
			"5": { do: "record", prompt: "To leave a message, press 5.", maxSeconds: 45 },
			"*": { do: "callback" },
		},
		noInput: { times: 2 },
		wrongInput: { times: 3, text: "That key does nothing." },
		abandoned: { greetingFileId: file },
		transfer: { to: "sip", sipProviderId: provider.id, user: "sales" },
		test: { share: 30, text: "Another greeting." },
	};
	const { id } = await ask(page.request, account, "POST", "/api/campaigns", { title: "Every word", script });

	await page.goto(`/campaigns/new?id=${id}`);
	await open(page);
	await expect(page.getByLabel("Whom to ring there")).toHaveValue("sales");
	await expect(page.getByLabel("Recording for the machine")).toHaveValue(file);
	await expect(page.getByLabel("Longest message, in seconds")).toHaveValue("45");
	await expect(page.getByLabel("How key 4 is offered")).toHaveValue("For a link, press 4.");
	await expect(page.getByLabel("Said after a wrong key")).toHaveValue("That key does nothing.");
	await judgeAsItStands(page, "campaign-script");
	const kept = await saveDraft(page, account, id);

	expect(kept.script).toEqual(script);
	expect(complaints).toEqual([]);
});

test("a key is chosen, and what it has nothing to say for is said at its field", async ({ page }) => {
	const account = await accountAtWork(page);
	const file = await greeting(page, account, "directions.wav");
	const { id } = await ask(page.request, account, "POST", "/api/campaigns", {
		title: "Keys",
		script: { machines: { do: "voicemail", text: "Please call us." } },
	});
	await page.goto(`/campaigns/new?id=${id}`);
	await open(page);
	await page.getByRole("button", { name: "Add a key" }).click();
	await page.getByLabel("Key", { exact: true }).selectOption("7");
	await page.getByLabel("What key 7 does").selectOption({ label: "plays or says something" });
	await page.getByLabel("Message for the machine").fill("");

	await page.getByRole("button", { name: "Save as draft" }).click();
	await expect(page.getByLabel("What key 7 says")).toHaveAccessibleDescription(/Choose a recording/);
	await expect(page.getByLabel("Message for the machine")).toHaveAccessibleDescription(/Choose a recording/);
	await page.getByLabel("What key 7 plays").selectOption(file);
	await page.getByLabel("Recording for the machine").selectOption(file);
	const kept = await saveDraft(page, account, id);

	expect(kept.script.keys).toEqual({ "7": { do: "play", greetingFileId: file } });
	expect(kept.script.machines).toEqual({ do: "voicemail", detection: "before", greetingFileId: file });
});

test("a campaign is copied: the same in all but its name and its days", async ({ page }) => {
	const account = await accountAtWork(page);
	const script = { greetingText: "Good day.", keys: { "3": { do: "callback", prompt: "Press 3." } } };
	const { id } = await ask(page.request, account, "POST", "/api/campaigns", {
		title: "Spring",
		script,
		schedule: { startsAt: "2031-03-04T09:00:00Z", window: { start: "10:00", end: "12:00", days: [2] } },
		retries: { maxAttempts: 4, delaySeconds: 600 },
	});

	await page.goto(`/campaigns?id=${id}`);
	await page.getByRole("link", { name: "Copy" }).click();
	await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Copy of Spring");
	await page.getByRole("button", { name: "Save as draft" }).click();
	await expect(page).toHaveURL(/\/campaigns$/);

	const [copy, first] = await ask(page.request, account, "GET", "/api/campaigns");
	expect(first).toMatchObject({ id, title: "Spring" });
	expect(copy).toMatchObject({
		title: "Copy of Spring",
		script: expect.objectContaining(script),
		schedule: { startsAt: null, window: { start: "10:00", end: "12:00", days: [2] } },
		retries: { maxAttempts: 4, delaySeconds: 600 },
	});
});
