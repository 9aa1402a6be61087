import { randomUUID } from "node:crypto";
import { type APIRequestContext, type Browser, expect, type Page, test } from "@playwright/test";
import { type Account, ask, complaintsOf, notAsked, openAccount, toneWav, zoneByDay } from "./desk";
import { judgeAsItStands } from "./judge";
import { callIn, route, untilLogged } from "./voice";

/** Numbers of the pretend network whose phones are switched on. */
const MIRA = "+442079460102";
const JONAS = "+61491570156";
/** One whose phone takes no messages. */
const UNREACHABLE = "+442079460006";

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

/** A browser of somebody who works in the account and answers its line. */
async function colleague(
	browser: Browser,
	baseURL: string | undefined,
	desk: Desk,
	request: APIRequestContext,
): Promise<Page> {
	const who = { email: `jonas-${randomUUID()}@example.com`, password: "another quiet desk 77" };
	const { id } = await ask(request, desk.account, "POST", "/api/sub-accounts", { ...who, fullName: "Jonas Weber" });
	const [{ id: phoneNumberId }] = await ask(request, desk.account, "GET", "/api/phone-numbers");
	await ask(request, desk.account, "POST", "/api/phone-numbers/assign", { phoneNumberId, subAccountId: id });
	const page = await (
		await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale: "en-GB", timezoneId: "Europe/London" })
	).newPage();
	const reply = await page.request.post("/api/auth/login", { data: who });
	await notAsked(page.request, { ...who, token: (await reply.json()).session.access_token });
	return page;
}

const lines = (page: Page) => page.getByRole("list", { name: "Conversations" }).getByRole("link");
const composer = (page: Page) => page.getByRole("textbox", { name: /^Message from/ });
const thread = (page: Page) => page.getByRole("region", { name: /^Messages with/ });

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
	await judgeAsItStands(page, "inbox-stopped");
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

	await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toContainText("Next conversation");
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
	await expect(async () => {
		const hour = Number(
			new Intl.DateTimeFormat("en", { timeZone: "Europe/London", hour: "numeric", hourCycle: "h23" }).format(),
		);
		const word = hour >= 8 && hour < 21 ? "Good time to call" : "Night there";
		await expect(page.getByRole("complementary", { name: "Details" })).toContainText(word, { timeout: 1_000 });
	}).toPass();
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
	const complaints = complaintsOf(page);
	const desk = await deskWithLine(page.request);
	await page.goto("/chat");
	await expect(page.getByRole("link", { name: "Text yourself from a pretend phone" })).toBeVisible();
	await judgeAsItStands(page, "inbox-empty");
	await desk.says(JONAS, "Is the 3 o'clock slot still free?");
	await desk.says("+966501234567", "مرحبا، هل يمكنكم تأكيد الموعد غدا الساعة 10؟");
	await desk.says(MIRA, "Hi, can you call me back about the quote?");
	await expect(lines(page)).toHaveCount(3);

	await judgeAsItStands(page, "inbox-list");
	await lines(page).filter({ hasText: "Mira" }).click();
	await composer(page).fill("Sure, in 10 minutes.");
	await composer(page).press("Enter");
	await expect(thread(page).getByText("Delivered")).toBeVisible();
	await judgeAsItStands(page, "inbox-thread");
	await page.setViewportSize({ width: 390, height: 844 });
	await page.getByRole("button", { name: "Details" }).click();
	await expect(page.getByText("Nothing was said against it.")).toBeVisible();
	await judgeAsItStands(page, "inbox-details");
	await page.goto("/chat?write=1");
	await expect(page.getByRole("textbox", { name: "To" })).toBeVisible();
	await judgeAsItStands(page, "inbox-new");
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
	await judgeAsItStands(page, "pretend");

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
	await judgeAsItStands(page, "templates");

	await page.getByRole("button", { name: "Change Thanks" }).click();
	await page.getByLabel("Name").fill("Many thanks");
	await page.getByRole("button", { name: "Save template" }).click();
	await expect(page.getByRole("heading", { name: "Many thanks" })).toBeVisible();
	await page.getByRole("button", { name: "Delete Many thanks" }).click();
	await expect(page.getByRole("heading", { name: "No templates yet" })).toBeVisible();
	await page.getByRole("button", { name: "Undo" }).click();

	await expect(page.getByRole("heading", { name: "Many thanks" })).toBeVisible();
});

test("two people of a team see who is online, who writes, and who has seen what", async ({
	page,
	browser,
	baseURL,
}) => {
	const complaints = complaintsOf(page);
	const desk = await deskWithLine(page.request);
	await desk.says(MIRA, "Is anybody there?");
	const theirs = await colleague(browser, baseURL, desk, page.request);
	await page.goto("/chat");
	await lines(page).first().click();
	const refused: string[] = [];
	theirs.on("response", (answer) => {
		if (answer.status() === 403) refused.push(answer.url());
	});

	await test.step("the colleague comes in and reads", async () => {
		await theirs.goto("/chat");
		await lines(theirs).first().click();
		await expect(thread(theirs).getByText("Is anybody there?")).toBeVisible();
		await expect(page.getByText("Jonas Weber online")).toBeVisible();
		await expect(page.getByLabel("Looked after by").getByText("Jonas Weber (online)")).toBeAttached();
		await expect(page.getByText("Seen by Jonas Weber")).toBeVisible();
		await expect(theirs.getByText(/^Seen by/)).toBeVisible();
	});
	await test.step("there is nothing of the owner's on the colleague's side", async () => {
		await expect(theirs.getByRole("link", { name: "In contacts" })).toBeHidden();
		await expect(theirs.getByRole("button", { name: "Block this number" })).toBeHidden();
		await judgeAsItStands(theirs, "inbox-member");
		expect(refused).toEqual([]);
	});
	await test.step("the owner writes, and the colleague sees it before it is sent", async () => {
		await composer(theirs).pressSequentially("On it");
		await expect(page.getByText("Jonas Weber is replying…")).toBeVisible();
		await judgeAsItStands(page, "inbox-team");
		await page.getByLabel("Looked after by").selectOption({ label: "Jonas Weber (online)" });
		await expect(theirs.getByLabel("Looked after by").locator("option:checked")).toHaveText(/^You/);
		await composer(theirs).press("Enter");
		await expect(thread(page).getByText("On it")).toBeVisible();
		await expect(thread(page).getByText("Jonas Weber,")).toBeVisible();
	});
	await theirs.context().close();
	await expect(page.getByText("Jonas Weber online")).toBeHidden();
	expect(complaints).toEqual([]);
});

test("what the carrier could not deliver says why, and is tried again once", async ({ page }) => {
	const desk = await deskWithLine(page.request);
	await desk.says(UNREACHABLE, "Write to me");
	await page.goto("/chat");
	await lines(page).first().click();
	await composer(page).fill("Hello");
	await composer(page).press("Enter");
	await expect(thread(page).getByText(/Not delivered: ./)).toBeVisible();
	await judgeAsItStands(page, "inbox-failed");

	await thread(page).getByRole("button", { name: "Retry" }).click();

	await expect(thread(page).getByText("Tried again.")).toBeVisible();
	await expect(thread(page).getByText("Hello", { exact: true })).toHaveCount(2);
	await expect(thread(page).getByText(/Not delivered: ./)).toHaveCount(2);
	await expect(thread(page).getByRole("button", { name: "Retry" })).toHaveCount(1);
});

test("calls, a voicemail and a campaign stand between the messages", async ({ page }) => {
	const { request } = page;
	const desk = await deskWithLine(request);
	const { account } = desk;
	const [line] = await ask(request, account, "GET", "/api/phone-numbers");
	await route(request, account, line, { steps: [{ kind: "voicemail" }] });
	await desk.says(MIRA, "I will call you");
	await page.goto("/chat");
	await lines(page).first().click();

	await callIn(request, account, line, { from: MIRA });
	await untilLogged(request, account, { answeredBy: "voicemail", live: false });
	await expect(thread(page).getByText(/Voicemail, /)).toBeVisible();
	await thread(page).getByRole("button", { name: "Listen" }).click();
	await expect(thread(page).getByRole("slider")).toBeVisible();
	const campaign = await startCampaign(request, account, desk.line);
	await expect(thread(page).getByText("Campaign “Spring check-up”", { exact: false })).toBeVisible();
	const statusOf = async () => (await ask(request, account, "GET", `/api/campaigns/${campaign}`)).status;
	await expect.poll(statusOf).toBe("completed");

	await judgeAsItStands(page, "inbox-timeline");
});

async function startCampaign(request: APIRequestContext, account: Account, line: string): Promise<string> {
	const list = await ask(request, account, "POST", "/api/contact-lists", { name: "Customers" });
	const { items } = await ask(request, account, "GET", "/api/contacts");
	await ask(request, account, "POST", `/api/contact-lists/${list.id}/contacts`, { contactIds: [items[0].id] });
	await ask(request, account, "PATCH", `/api/contacts/${items[0].id}`, { timeZone: zoneByDay() });
	const greeting = await request.post("/api/greeting-files", {
		headers: { authorization: `Bearer ${account.token}` },
		multipart: { file: { name: "check-up.wav", mimeType: "audio/wav", buffer: toneWav() } },
	});
	const transfer = await ask(request, account, "POST", "/api/transfer-numbers", {
		name: "Front desk",
		phoneNumber: "+442079460000",
	});
	const { id } = await ask(request, account, "POST", "/api/campaigns", {
		title: "Spring check-up",
		contactListId: list.id,
		greetingFileId: (await greeting.json()).id,
		transferNumber: transfer.id,
		callerNumbers: [line],
		schedule: { window: { start: "00:00", end: "24:00" }, outsideHours: "wait", unknownZone: "dial" },
	});
	await ask(request, account, "POST", `/api/campaigns/${id}/start`, {});
	return id;
}

test("pictures come in, an upload shows how far it is, and WhatsApp goes out from its channel", async ({ page }) => {
	const desk = await deskWithLine(page.request);
	const { account } = desk;
	const channel = { country: "USA", type: "whatsapp", name: "Service" };
	const { phoneNumber: whatsapp } = await ask(
		page.request,
		account,
		"POST",
		"/api/channels/generate-phone-number",
		channel,
	);
	const picture = { from: MIRA, to: desk.line, body: "Look at this", mediaUrls: ["https://example.com/roof.jpg"] };
	await ask(page.request, account, "POST", "/api/debug/pretend/messages", picture);
	await page.goto("/chat");
	await lines(page).first().click();
	const shown = thread(page).getByRole("img");
	await expect(shown).toBeVisible();
	await expect.poll(() => shown.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);

	let goOn = () => {};
	const held = new Promise<void>((resolve) => {
		goOn = resolve;
	});
	await page.route("**/api/media", async (sent) => {
		await held;
		await sent.continue();
	});
	const file = { name: "tone.wav", mimeType: "audio/wav", buffer: toneWav() };
	await page.getByLabel("Attach pictures or files").setInputFiles(file);
	await expect(page.getByRole("progressbar", { name: "Uploading tone.wav" })).toBeVisible();
	goOn();
	await expect(page.getByText("Ready", { exact: true })).toBeVisible();
	await page.getByRole("button", { name: "Send", exact: true }).click();
	await expect(thread(page).locator("audio")).toBeVisible();

	await page.getByRole("button", { name: "Write", exact: true }).click();
	await page.getByLabel("From", { exact: true }).selectOption(`whatsapp:${whatsapp}`);
	await page.getByRole("textbox", { name: "To" }).fill(JONAS);
	await page.getByRole("textbox", { name: /^Message from WhatsApp/ }).fill("Good morning");
	await page.getByRole("button", { name: "Send", exact: true }).click();
	await expect(thread(page).getByText("Delivered")).toBeVisible();
	await judgeAsItStands(page, "inbox-whatsapp");
});

test("the list goes on below, and a search leads to a message of long ago", async ({ page }) => {
	const desk = await deskWithLine(page.request);
	await desk.says(MIRA, "The very first word: marzipan");
	for (let at = 0; at < 45; at++) await desk.says(MIRA, `Word ${at}`);
	for (let at = 10; at < 45; at++) await desk.says(`+6149157${String(at).padStart(4, "0")}`, `Line ${at}`);
	await page.goto("/chat");
	await expect(lines(page)).toHaveCount(30);

	await page.locator("[data-region=list]").evaluate((list) => list.scrollTo({ top: list.scrollHeight }));
	await expect(lines(page)).toHaveCount(36);
	await page.getByRole("searchbox", { name: /^Search messages/ }).fill("marzipan");
	await expect(lines(page).locator("mark")).toHaveText("marzipan");
	await lines(page).first().click();

	await expect(thread(page).getByText("The very first word: marzipan")).toBeInViewport();
});

test("a contact of the inbox is opened among the contacts", async ({ page }) => {
	const desk = await deskWithLine(page.request);
	await desk.says(MIRA, "Hello");
	await page.goto("/chat");
	await lines(page).first().click();

	await page.getByRole("link", { name: "In contacts" }).click();

	await expect(page.getByRole("dialog").getByLabel("First name")).toHaveValue("Mira");
	await page.keyboard.press("Escape");
	await expect(page).toHaveURL("/contacts");
});

test("a new message finds its reader by name", async ({ page }) => {
	await deskWithLine(page.request);
	await page.goto("/chat?write=1");

	await page.getByRole("searchbox", { name: "Find a contact by name" }).fill("oka");
	await page.getByRole("button", { name: /^Mira Okafor/ }).click();
	await expect(page.getByRole("textbox", { name: "To" })).toBeHidden();
	await judgeAsItStands(page, "inbox-new-by-name");
	await page.getByRole("textbox", { name: /^Message from/ }).fill("Good morning");
	await page.getByRole("button", { name: "Send", exact: true }).click();

	await expect(lines(page).first()).toContainText("Mira Okafor");
	await expect(thread(page).getByText("Delivered")).toBeVisible();
});

test("what HELP is answered with is written in the settings, and sent", async ({ page }) => {
	const desk = await deskWithLine(page.request);
	await page.goto("/settings?part=messages");
	await page.getByRole("textbox", { name: "Text" }).fill("Okafor & Weber, ring us on 020 7946 0000.");
	await page.getByRole("button", { name: "Save answer" }).click();
	await expect(page.getByText("HELP is answered with this.")).toBeVisible();
	await judgeAsItStands(page, "settings-messages");

	await desk.says(MIRA, "HELP");
	const address = `/api/debug/pretend/messages?number=${encodeURIComponent(desk.line)}&peer=${encodeURIComponent(MIRA)}`;
	await expect
		.poll(async () => JSON.stringify(await ask(page.request, desk.account, "GET", address)))
		.toContain("020 7946 0000");

	await page.getByRole("button", { name: "Use the usual words" }).click();
	await expect(page.getByRole("textbox", { name: "Text" })).toHaveValue(/Reply STOP/);
});
