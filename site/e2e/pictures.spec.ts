import { expect, type Page, test } from "@playwright/test";
import { crowdCsv } from "./crowd";
import { ask, notAsked, openAccount } from "./desk";
import { crowdCampaign, furnishedAccount } from "./furnish";
import { picture, violationsOf } from "./judge";
import { accountWithLine, callIn, phoneOf, route, untilLogged } from "./voice";

// What the desk promises to look like, set up and looked at. `E2E_SHOTS=1` takes the pictures anew.

const MIRA = "+442079460102";
const NARROW = { width: 390, height: 844 };

async function look(page: Page, name: string): Promise<void> {
	expect(await violationsOf(page), name).toEqual([]);
	await picture(page, name);
}

const night = (page: Page) => page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
const lines = (page: Page) => page.getByRole("list", { name: "Conversations" }).getByRole("link");
const thread = (page: Page) => page.getByRole("region", { name: /^Messages with/ });
const composer = (page: Page) => page.getByRole("textbox", { name: /^Message from/ });

test("the inbox in four regions: texts, a call, a voicemail, one that failed, and somebody who writes", async ({
	page,
	browser,
	baseURL,
}) => {
	const { request } = page;
	const { account, line } = await accountWithLine(request);
	await route(request, account, line, { steps: [{ kind: "voicemail" }] });
	await ask(request, account, "POST", "/api/contacts", { firstName: "Mira", lastName: "Okafor", phoneNumber: MIRA });
	const says = (from: string, body: string) =>
		ask(request, account, "POST", "/api/debug/pretend/messages", { from, to: line.number, body });
	await says(MIRA, "Hi, can you call me back about the quote?");
	await callIn(request, account, line, { from: MIRA });
	await untilLogged(request, account, { answeredBy: "voicemail", live: false });
	await says("+61491570156", "Is the 3 o'clock slot still free?");
	await page.goto("/chat");
	await lines(page).filter({ hasText: "Mira" }).click();
	await expect(thread(page).getByText(/Voicemail, /)).toBeVisible();
	await page.route("**/api/messages", (sent) => sent.abort("connectionfailed"));
	await composer(page).fill("Sure, in 10 minutes.");
	await composer(page).press("Enter");
	await expect(thread(page).getByRole("button", { name: "Retry" })).toBeVisible();

	const who = { email: `jonas-${crypto.randomUUID()}@example.com`, password: "another quiet desk 77" };
	const { id } = await ask(request, account, "POST", "/api/sub-accounts", { ...who, fullName: "Jonas Weber" });
	await ask(request, account, "POST", "/api/phone-numbers/assign", { phoneNumberId: line.id, subAccountId: id });
	const theirs = await (await browser.newContext(baseURL ? { baseURL } : {})).newPage();
	const reply = await theirs.request.post("/api/auth/login", { data: who });
	await notAsked(theirs.request, { ...who, token: (await reply.json()).session.access_token });
	await theirs.goto("/chat");
	await lines(theirs).filter({ hasText: "Mira" }).click();
	// What is said before the feed is open is said to nobody.
	await expect(async () => {
		await composer(theirs).pressSequentially("On it ");
		await expect(page.getByText("Jonas Weber is replying…")).toBeVisible({ timeout: 2_000 });
	}).toPass();
	await expect(page.getByRole("link", { name: /^Inbox/ }).first()).toContainText(/\d/);

	await look(page, "ui-1-inbox-day-1280");
	await theirs.context().close();
});

test("the numbers by night while a call goes on, two pages later", async ({ page }) => {
	const { request } = page;
	const { account, line } = await accountWithLine(request);
	for (const name of ["Support", "Sales", "Overflow"])
		await ask(request, account, "POST", "/api/channels/generate-phone-number", { country: "USA", name });
	await ask(request, account, "POST", "/api/contacts", { firstName: "Grace", lastName: "Obi", phoneNumber: MIRA });
	await night(page);
	await page.goto("/contacts");
	await expect(phoneOf(page)).toContainText("Ready for calls");
	await callIn(request, account, line, { from: MIRA, staysFor: 3_600 });
	await phoneOf(page).getByRole("button", { name: "Answer" }).click();
	await expect(phoneOf(page).getByRole("timer")).toHaveText(/^\d+:\d\d$/);

	for (const place of ["Campaigns", "Numbers"])
		await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: place }).click();
	await expect(page.getByRole("main").getByText("Overflow")).toBeVisible();
	await expect(phoneOf(page).getByRole("timer")).not.toHaveText("0:00");

	await look(page, "ui-2-numbers-in-call-night-1280");
});

test("a thread on a telephone: composer, segments and cost, and nothing under the dock", async ({ page }) => {
	const { request } = page;
	const { account, line } = await accountWithLine(request);
	await ask(request, account, "POST", "/api/contacts", { firstName: "Mira", lastName: "Okafor", phoneNumber: MIRA });
	await ask(request, account, "POST", "/api/debug/pretend/messages", {
		from: MIRA,
		to: line.number,
		body: "Hi, can you call me back about the quote?",
	});
	await page.setViewportSize(NARROW);
	await page.goto("/chat");
	await lines(page).first().click();
	await composer(page).fill("Sure. I am in a meeting until three, and will call you right after it with the numbers.");
	await expect(page.getByText("1 segment")).toBeVisible();

	const box = (one: ReturnType<Page["locator"]>) => one.boundingBox();
	const send = await box(page.getByRole("button", { name: "Send", exact: true }));
	const dock = await box(phoneOf(page));
	expect((send?.y ?? 0) + (send?.height ?? 0)).toBeLessThanOrEqual(dock?.y ?? 0);
	await look(page, "ui-3-thread-day-390");
});

test("the clinic: a thousand rows, the bad ones by reason, and one that is mended where it stands", async ({
	page,
}) => {
	const account = await openAccount(page.request);
	await notAsked(page.request, account);
	const [head = "", ...rows] = crowdCsv(1_000).split("\n");
	const broken = rows.map((row, at) => {
		const [first, last, phone] = row.split(",");
		if (at % 90 === 7) return `${first},${last},`;
		if (at % 70 === 11) return `${first},${last},12`;
		if (at % 110 === 13) return `${first},${last},+1 900 555 0199`;
		return at % 130 === 17 ? `${first},${last},${phone} ext 5` : row;
	});
	await page.goto("/contacts/import");
	await page.getByLabel("Choose a file").setInputFiles({
		name: "customers.csv",
		mimeType: "text/csv",
		buffer: Buffer.from([head, ...broken].join("\n")),
	});
	await page.getByRole("button", { name: "Import contacts" }).click();
	await expect(page.getByRole("heading", { name: /contacts added/ })).toBeVisible();
	await page
		.getByLabel(/^Number in line/)
		.first()
		.fill("+44 20 7946 0199");
	await expect(page.getByRole("button", { name: "Save 1 row" })).toBeVisible();
	await expect(page.getByRole("button", { name: "These rows as CSV" })).toBeVisible();

	await look(page, "ui-4-clinic-day-1280");
});

test("a campaign looks ahead, and the same campaign is under way", async ({ page }) => {
	const { account, id } = await crowdCampaign(page.request, { people: 150, outsideHours: "skip", maxConcurrent: 6 });
	for (const phoneNumber of ["+442079460101", "+4915123456115"])
		await ask(page.request, account, "POST", "/api/do-not-call", { phoneNumber });
	await page.goto(`/campaigns?id=${id}`);
	await expect(page.getByText("The next 24 hours, zone by zone")).toBeVisible();
	await expect(page.getByText(/at most/i).first()).toBeVisible();
	await look(page, "ui-5-preflight-day-1280");

	await ask(page.request, account, "POST", `/api/campaigns/${id}/start`, {});
	const bar = page.getByRole("progressbar", { name: /had their turn/ });
	await expect
		.poll(async () => Number(await bar.getAttribute("aria-valuenow")), { timeout: 180_000, intervals: [50] })
		.toBeGreaterThanOrEqual(62);
	await picture(page, "ui-5-live-day-1280");
	expect(await violationsOf(page)).toEqual([]);
});

test("the story of a call: what was recorded, each telephone and its cost, one step unfolded, what was said", async ({
	page,
}) => {
	const { request } = page;
	const { account, line } = await accountWithLine(request);
	await ask(request, account, "PATCH", "/api/voice-settings", { recordCalls: true, transcribe: true });
	const story = async (id: string) => {
		await page.goto(`/calls?id=${id}`);
		await expect(page.getByRole("slider", { name: /^Position/ })).toBeVisible();
		await expect(page.locator("main [part=canvases], main canvas, main [data-waveform]").first()).toBeAttached();
		await page.getByRole("region", { name: "What happened" }).getByText("Details").first().click();
	};
	await ask(request, account, "POST", "/api/calls", { from: line.number, to: "+4915123456789", via: "phone" });
	const { id } = await untilLogged(request, account, { status: "completed", live: false });
	await expect
		.poll(async () => (await ask(request, account, "GET", `/api/calls/${id}`)).recording, { timeout: 60_000 })
		.not.toBeNull();
	await story(id);
	await expect(page.getByText("Each telephone that was dialed")).toBeVisible();
	await look(page, "ui-6-call-story-day-1280");

	await route(request, account, line, { steps: [{ kind: "voicemail" }] });
	await callIn(request, account, line, { from: MIRA });
	const { id: message } = await untilLogged(request, account, { answeredBy: "voicemail", live: false });
	await story(message);
	await expect(page.getByRole("region", { name: "What was said" })).toBeVisible();
	await look(page, "ui-6-voicemail-day-1280");
});

test("the palette over the figures by night, one of them as a table", async ({ page }) => {
	await furnishedAccount(page.request);
	await night(page);
	await page.goto("/analytics");
	await expect(page.getByRole("heading", { name: "By campaign" })).toBeVisible();
	await page.getByText("As a table").click();
	await page.keyboard.press("Control+k");
	await page.getByRole("combobox", { name: "Search commands" }).fill("go to");
	await page.keyboard.press("ArrowDown");

	await look(page, "ui-7-palette-night-1280");
});

test("the first run: one step of five, and the pretend phone rings; in forced colours and from right to left too", async ({
	page,
}) => {
	const { request } = page;
	const who = { email: `first-${crypto.randomUUID()}@example.com`, password: "a quiet desk by the window" };
	const opened = await request.post("/api/auth/signup", { data: who });
	const account = { ...who, token: (await opened.json()).session.access_token };
	await notAsked(request, account);
	await ask(request, account, "POST", "/api/wallet/top-up", { amountMicros: 5_000_000 });
	await ask(request, account, "POST", "/api/channels/generate-phone-number", { country: "USA", name: "Main line" });
	await page.goto("/start");
	await expect(page.getByText("1 of 5 done")).toBeVisible();
	await expect(phoneOf(page)).toContainText("Ready for calls");
	await page.getByRole("button", { name: "Ring" }).click();
	const call = page.getByRole("region", { name: "Call", exact: true });
	await expect(call).toContainText("It rings.");
	await expect(phoneOf(page).getByRole("button", { name: "Answer" })).toBeVisible();

	await look(page, "ui-8-first-run-day-1280");
	await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
	await look(page, "ui-8-first-run-forced-colors-1280");
	await page.emulateMedia({ forcedColors: "none", colorScheme: "light", reducedMotion: "reduce" });
	await page.evaluate(() => {
		document.documentElement.dir = "rtl";
	});
	await look(page, "ui-8-first-run-rtl-1280");

	await page.evaluate(() => {
		document.documentElement.dir = "ltr";
	});
	await call.getByRole("button", { name: "Put down" }).click();
	await expect(page.getByText("2 of 5 done")).toBeVisible();
	await expect(page.getByRole("button", { name: "Ring" })).toBeVisible();
});
