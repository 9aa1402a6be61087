import AxeBuilder from "@axe-core/playwright";
import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { type Account, ask, complaintsOf, notAsked, openAccount, pictureOf } from "./desk";

const RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
const LOOKS = [
	{ scheme: "light", width: 1280, height: 800, name: "day-1280" },
	{ scheme: "dark", width: 1280, height: 800, name: "night-1280" },
	{ scheme: "light", width: 390, height: 844, name: "day-390" },
	{ scheme: "dark", width: 390, height: 844, name: "night-390" },
] as const;

/** Numbers of the pretend network whose phones are switched on. */
const MIRA = "+442079460102";
const JONAS = "+61491570156";

interface Desk {
	account: Account;
	/** The own number. */
	line: string;
	/** Somebody outside writes. */
	says: (from: string, body: string) => Promise<void>;
}

async function deskWithLine(request: APIRequestContext): Promise<Desk> {
	const account = await openAccount(request);
	await notAsked(request, account);
	await ask(request, account, "POST", "/api/wallet/top-up", { amountMicros: 20_000_000 });
	const channel = { country: "USA", type: "sms", name: "Main line" };
	const { phoneNumber: line } = await ask(request, account, "POST", "/api/channels/generate-phone-number", channel);
	const person = { firstName: "Mira", lastName: "Okafor", phoneNumber: MIRA };
	await ask(request, account, "POST", "/api/contacts", person);
	const says = async (from: string, body: string) => {
		await ask(request, account, "POST", "/api/debug/pretend/messages", { from, to: line, body });
	};
	return { account, line, says };
}

const lines = (page: Page) => page.getByRole("list", { name: "Conversations" }).getByRole("link");
const composer = (page: Page) => page.getByRole("textbox", { name: /^Message from/ });
const thread = (page: Page) => page.getByRole("region", { name: /^Messages with/ });

async function judged(page: Page, what: string): Promise<void> {
	for (const { name, scheme, width, height } of LOOKS) {
		await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
		await page.setViewportSize({ width, height });
		const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
		const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
		expect(told, `${what} ${name}`).toEqual([]);
		const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		expect(beyond, `${what} ${name} is wider than the screen`).toBeLessThanOrEqual(0);
		await page.screenshot({ path: pictureOf(`${what}-${name}`) });
	}
	await page.emulateMedia({ colorScheme: "light" });
	await page.setViewportSize({ width: 1280, height: 800 });
}

test("a message arrives by itself, is answered, and the answer is delivered", async ({ page }) => {
	const complaints = complaintsOf(page);
	const desk = await deskWithLine(page.request);
	await page.goto("/chat");
	await expect(page.getByRole("heading", { name: "No messages yet" })).toBeVisible();

	await desk.says(MIRA, "Hi, can you call me back about <b>the quote</b>?");
	await expect(lines(page)).toContainText(["Mira Okafor"]);
	await expect(lines(page).first()).toContainText("1 unread");
	await lines(page).first().click();
	await expect(thread(page).getByText("Hi, can you call me back about <b>the quote</b>?")).toBeVisible();
	await expect(lines(page).first()).not.toContainText("unread");
	await composer(page).fill("Sure, in 10 minutes.");
	await expect(page.getByText("1 segment")).toBeVisible();
	await composer(page).press("Enter");

	await expect(composer(page)).toHaveValue("");
	await expect(thread(page).getByText("Sure, in 10 minutes.")).toHaveCount(1);
	await expect(thread(page).getByText("Delivered")).toBeVisible();
	await expect(lines(page).first()).toContainText("You: Sure, in 10 minutes.");
	expect(complaints).toEqual([]);
});

test("what could not be sent says why, and leaves with Retry once, however often it is pressed", async ({ page }) => {
	const desk = await deskWithLine(page.request);
	await desk.says(MIRA, "Are you there?");
	await page.goto("/chat");
	await lines(page).first().click();
	let well = false;
	const keys = new Set<string>();
	await page.route("**/api/messages", async (route) => {
		keys.add(route.request().headers()["idempotency-key"] ?? "");
		if (well) return route.continue();
		return route.abort("connectionfailed");
	});

	await composer(page).fill("Yes, we are.");
	await page.getByRole("button", { name: "Send", exact: true }).click();
	await expect(page.getByRole("alert").filter({ hasText: "Not sent: No connection" })).toBeVisible();
	well = true;
	await thread(page).getByRole("button", { name: "Retry" }).click();

	await expect(thread(page).getByText("Delivered")).toBeVisible();
	await expect(thread(page).getByText("Yes, we are.")).toHaveCount(1);
	expect(keys.size).toBe(1);
});

test("whoever writes STOP can no longer be written to, at once and with the proof", async ({ page }) => {
	const desk = await deskWithLine(page.request);
	await desk.says(MIRA, "Who is this?");
	await page.goto("/chat");
	await lines(page).first().click();
	await expect(composer(page)).toBeVisible();

	await desk.says(MIRA, "STOP");

	await expect(page.getByText(/^Asked for silence by message/).first()).toBeVisible();
	await expect(composer(page)).toBeHidden();
	await expect(page.getByText("No messages", { exact: true })).toBeVisible();
	await judged(page, "inbox-stopped");
	await desk.says(MIRA, "START");
	await expect(composer(page)).toBeVisible();
});

test("done, snoozed and archived conversations leave the list, and Undo brings them back", async ({ page }) => {
	const desk = await deskWithLine(page.request);
	await desk.says(MIRA, "Thanks, that works.");
	await page.goto("/chat");
	await lines(page).first().click();
	await expect(thread(page).getByText("Thanks, that works.")).toBeVisible();

	await page.getByRole("button", { name: "Done", exact: true }).click();
	await expect(lines(page)).toHaveCount(0);
	await page.getByRole("button", { name: "Undo" }).click();
	await expect(lines(page)).toHaveCount(1);
	await page.getByRole("button", { name: "Snooze" }).click();
	await page.getByRole("button", { name: /^Tomorrow morning/ }).click();
	await expect(lines(page)).toHaveCount(0);
	await page.getByRole("button", { name: "More filters" }).click();
	await page.getByRole("button", { name: "Snoozed" }).click();

	await expect(lines(page)).toHaveCount(1);
	await expect(page).toHaveURL(/show=snoozed/);
	await desk.says(MIRA, "One more thing");
	await expect(lines(page)).toHaveCount(0);
	await page.getByRole("button", { name: "Open", exact: true }).click();
	await expect(lines(page)).toHaveCount(1);
});

test("the keys walk through the inbox, and do nothing while somebody types", async ({ page }) => {
	const desk = await deskWithLine(page.request);
	await page.goto("/chat");
	await desk.says(JONAS, "The older one");
	await expect(lines(page)).toHaveCount(1);
	await desk.says(MIRA, "The newer one");
	await expect(lines(page)).toHaveCount(2);

	await page.locator("h1").focus();
	await page.keyboard.press("j");
	await expect(thread(page).getByText("The newer one")).toBeVisible();
	await composer(page).press("j");
	await expect(composer(page)).toHaveValue("j");
	await composer(page).fill("");
	await page.locator("h1").focus();
	await page.keyboard.press("j");
	await expect(thread(page).getByText("The older one")).toBeVisible();
	await composer(page).blur();
	await page.keyboard.press("k");
	await expect(thread(page).getByText("The newer one")).toBeVisible();
	await composer(page).blur();
	await page.keyboard.press("e");
	await expect(lines(page)).toHaveCount(1);
	await page.locator("h1").focus();
	await page.keyboard.press("?");

	await expect(page.getByRole("dialog", { name: "Keys in the inbox" })).toBeVisible();
});

test("drafts wait in their thread, also after a reload", async ({ page }) => {
	const desk = await deskWithLine(page.request);
	await desk.says(JONAS, "First");
	await desk.says(MIRA, "Second");
	await page.goto("/chat");
	await lines(page).filter({ hasText: "Mira" }).click();
	await composer(page).fill("Half a sentence");
	await lines(page).filter({ hasText: "First" }).click();
	await expect(composer(page)).toHaveValue("");
	await expect(lines(page).filter({ hasText: "Mira" })).toContainText("Half a sentence");

	await lines(page).filter({ hasText: "Mira" }).click();
	await expect(composer(page)).toHaveValue("Half a sentence");
	await page.reload();

	await expect(composer(page)).toHaveValue("Half a sentence");
});

test("a first message is written to a number, with a template, a picture and a note", async ({ page }) => {
	const { account } = await deskWithLine(page.request);
	const template = { name: "Thanks", body: "Thank you, {{firstName}}! You hear from us {{when}}." };
	await ask(page.request, account, "POST", "/api/message-templates", template);
	await page.goto("/chat");

	await page.getByRole("button", { name: "Write", exact: true }).click();
	await page.getByRole("textbox", { name: "To" }).fill(MIRA);
	await page.getByRole("textbox", { name: /^Message from/ }).fill("Good morning from the front desk.");
	await page.getByRole("button", { name: "Send", exact: true }).click();
	await expect(page).toHaveURL(/\?id=cnv_/);
	await expect(thread(page).getByText("Good morning from the front desk.")).toBeVisible();
	await page.getByRole("button", { name: "Use a template" }).click();
	await page.getByRole("button", { name: /^Thanks/ }).click();
	await page.getByLabel("when").fill("on Monday");
	await page.getByRole("button", { name: "Put it in" }).click();
	await expect(composer(page)).toHaveValue("Thank you, Mira! You hear from us on Monday.");
	await page.getByLabel("Attach pictures or files").setInputFiles({
		name: "plan.png",
		mimeType: "image/png",
		buffer: Buffer.from(
			"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
			"base64",
		),
	});
	await expect(page.getByText("Ready", { exact: true })).toBeVisible();
	await page.getByRole("button", { name: "Send", exact: true }).click();
	await expect(thread(page).getByRole("img", { name: "plan.png" })).toBeVisible();
	await page.getByRole("button", { name: "Note", exact: true }).click();
	await page.getByRole("textbox", { name: "Internal note" }).fill("She prefers the afternoon.");
	await page.getByRole("button", { name: "Save note" }).click();

	await expect(thread(page).getByText("She prefers the afternoon.")).toBeVisible();
	await expect(thread(page).getByText("Note by You")).toBeVisible();
});

test("a message waits for its time, and can be taken back", async ({ page }) => {
	const desk = await deskWithLine(page.request);
	await desk.says(MIRA, "Call me tomorrow");
	await page.goto("/chat");
	await lines(page).first().click();
	await composer(page).fill("Good morning, Mira!");

	await page.getByRole("button", { name: "Send later" }).click();
	await page.getByRole("button", { name: "In a week" }).click();
	await page
		.getByRole("dialog")
		.getByRole("button", { name: /^Send \d/ })
		.click();
	await expect(thread(page).getByText(/^Will be sent/)).toBeVisible();
	await expect(composer(page)).toHaveValue("");
	await thread(page).getByRole("button", { name: "Do not send" }).click();

	await expect(thread(page).getByText(/^Will be sent/)).toBeHidden();
});

test("words, names and labels find a conversation, and its message is shown", async ({ page }) => {
	const desk = await deskWithLine(page.request);
	await desk.says(MIRA, "The quote for fourteen rooms, please");
	await desk.says(JONAS, "Nothing to do with it");
	await page.goto("/chat");
	await lines(page).filter({ hasText: "Mira" }).click();
	await page.getByLabel("Add a label").first().fill("hotel");
	await page.getByRole("button", { name: "Add the label" }).click();
	await expect(lines(page).filter({ hasText: "hotel" })).toHaveCount(1);

	await page.getByRole("searchbox", { name: /^Search messages/ }).fill("fourteen");
	await expect(lines(page)).toHaveCount(1);
	await expect(lines(page).locator("mark")).toHaveText("fourteen");
	await page.getByRole("searchbox", { name: /^Search messages/ }).fill("nobody wrote this");
	await expect(page.getByRole("heading", { name: "Nothing found" })).toBeVisible();
	await page.getByRole("button", { name: "Show all conversations" }).click();
	await page.getByRole("button", { name: "More filters" }).click();
	await page.getByRole("button", { name: /^hotel/ }).click();

	await expect(lines(page)).toHaveCount(1);
	await expect(page).toHaveURL(/label=hotel/);
});

test("on a small screen there is one part at a time, and Back goes back", async ({ page }) => {
	const desk = await deskWithLine(page.request);
	await desk.says(MIRA, "From my phone to yours");
	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto("/chat");

	await lines(page).first().click();
	await expect(thread(page)).toBeVisible();
	await expect(lines(page).first()).toBeHidden();
	await page.getByRole("button", { name: "Details" }).click();
	await expect(page.getByRole("complementary", { name: "Details" })).toBeVisible();
	await expect(thread(page)).toBeHidden();
	await page.getByRole("button", { name: "Conversation", exact: true }).click();
	await expect(thread(page)).toBeVisible();
	await page.goBack();

	await expect(lines(page).first()).toBeVisible();
	await expect(thread(page)).toBeHidden();
	await page.goForward();
	await expect(thread(page)).toBeVisible();
});

test("every part of the inbox is without violation by day and night, wide and narrow", async ({ page }) => {
	test.slow();
	const complaints = complaintsOf(page);
	const desk = await deskWithLine(page.request);
	await page.goto("/chat");
	await expect(page.getByRole("link", { name: "Text yourself from a pretend phone" })).toBeVisible();
	await judged(page, "inbox-empty");
	await desk.says(JONAS, "Is the 3 o'clock slot still free?");
	await desk.says("+966501234567", "مرحبا، هل يمكنكم تأكيد الموعد غدا الساعة 10؟");
	await desk.says(MIRA, "Hi, can you call me back about the quote?");
	await expect(lines(page)).toHaveCount(3);

	await judged(page, "inbox-list");
	await lines(page).filter({ hasText: "Mira" }).click();
	await composer(page).fill("Sure, in 10 minutes.");
	await composer(page).press("Enter");
	await expect(thread(page).getByText("Delivered")).toBeVisible();
	await judged(page, "inbox-thread");
	await page.setViewportSize({ width: 390, height: 844 });
	await page.getByRole("button", { name: "Details" }).click();
	await expect(page.getByText("Nothing was said against it.")).toBeVisible();
	await judged(page, "inbox-details");
	await page.goto("/chat?write=1");
	await expect(page.getByRole("textbox", { name: "To" })).toBeVisible();
	await judged(page, "inbox-new");
	expect(complaints).toEqual([]);
});

test("the pretend phone writes to the inbox, shows the answer, and rings", async ({ page, context }) => {
	const desk = await deskWithLine(page.request);
	await page.goto(`/pretend?line=${encodeURIComponent(desk.line)}`);
	await page.getByLabel("Who writes").selectOption({ label: "Grace, London" });
	await page.getByLabel("What the person writes").fill("Is anybody there?");
	await page.getByRole("button", { name: "Send as this person" }).click();
	const phone = page.getByRole("region", { name: "Messages on this phone" });
	await expect(phone.getByText("Is anybody there?")).toBeVisible();
	await judged(page, "pretend");

	const inbox = await context.newPage();
	await inbox.goto("/chat");
	await lines(inbox).first().click();
	await composer(inbox).fill("We are.");
	await composer(inbox).press("Enter");
	await expect(phone.getByText("We are.")).toBeVisible();
	await page.getByRole("button", { name: "STOP" }).click();
	await expect(inbox.getByText(/^Asked for silence/).first()).toBeVisible();
	await page.getByRole("button", { name: "Ring" }).click();

	await expect(page.getByText(/is calling/)).toBeVisible();
	await expect(
		page.getByRole("region", { name: "Phone", exact: true }).getByRole("button", { name: /Answer/ }),
	).toBeVisible();
});

test("templates are written, changed and thrown away", async ({ page }) => {
	await notAsked(page.request, await openAccount(page.request));
	await page.goto("/templates");
	await page.getByRole("button", { name: "New template" }).click();
	await page.getByLabel("Name").fill("Thanks");
	await page.getByRole("textbox", { name: "Text" }).fill("Thank you, ");
	await page.getByRole("button", { name: "{{firstName}}" }).click();
	await page.getByRole("button", { name: "Save template" }).click();
	await expect(page.getByText("Thank you, {{firstName}}")).toBeVisible();
	await judged(page, "templates");

	await page.getByRole("button", { name: "Change Thanks" }).click();
	await page.getByLabel("Name").fill("Many thanks");
	await page.getByRole("button", { name: "Save template" }).click();
	await expect(page.getByRole("heading", { name: "Many thanks" })).toBeVisible();
	await page.getByRole("button", { name: "Delete Many thanks" }).click();
	await expect(page.getByRole("heading", { name: "No templates yet" })).toBeVisible();
	await page.getByRole("button", { name: "Undo" }).click();

	await expect(page.getByRole("heading", { name: "Many thanks" })).toBeVisible();
});
