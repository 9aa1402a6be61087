import { type Browser, expect, type Page, test } from "@playwright/test";
import { type Account, ask, notAsked } from "./desk";
import { judgeAsItStands } from "./judge";
import { accountWithLine, callIn, type Line, phoneOf } from "./voice";

test.use({
	launchOptions: async ({ launchOptions }, use) =>
		use({ ...launchOptions, args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"] }),
});

const CALLER = "+44 20 7946 0102";
/** Its pretend owner answers and listens: so the last four digits say. */
const LISTENS = "+4915129990007";
/** This one does not hang up before the other one does. */
const STAYS = "+4915127860008";

/** A colleague who sits at a browser of their own. */
async function colleagueOf(browser: Browser, page: Page, account: Account): Promise<Page> {
	const password = "a quiet desk by the window";
	const email = `e2e-${crypto.randomUUID()}@example.com`;
	await ask(page.request, account, "POST", "/api/sub-accounts", { email, password, fullName: "Jonas Weber" });
	const context = await browser.newContext();
	const signedIn = await context.request.post("/api/auth/login", { data: { email, password } });
	const { session } = await signedIn.json();
	await notAsked(context.request, { email, password, token: session.access_token });
	const desk = await context.newPage();
	await desk.goto("/calls");
	await expect(phoneOf(desk)).toContainText("Ready for calls");
	return desk;
}

/** Somebody outside calls, and is spoken with. */
async function callIsTaken(page: Page, account: Account, line: Line): Promise<void> {
	await page.goto("/dashboard");
	await expect(phoneOf(page)).toContainText("Ready for calls");
	await callIn(page.request, account, line);
	await phoneOf(page).getByRole("button", { name: "Answer" }).click();
	await expect(phoneOf(page).getByRole("timer")).toBeVisible();
}

const asking = (page: Page) => phoneOf(page).getByRole("region", { name: "Asking" });

async function askFirst(page: Page, choose: (phone: ReturnType<typeof phoneOf>) => Promise<unknown>): Promise<void> {
	const phone = phoneOf(page);
	await phone.getByRole("button", { name: "Transfer" }).click();
	await choose(phone);
	await phone.getByRole("button", { name: "Ask first" }).click();
}

const aColleague = (phone: ReturnType<typeof phoneOf>) =>
	phone.getByLabel("Hand the call on to").selectOption({ label: "Jonas Weber" });
const aNumber = (number: string) => async (phone: ReturnType<typeof phoneOf>) => {
	const field = phone.getByLabel("Phone number");
	await field.fill(number);
	await field.blur();
	await expect(field).toHaveValue(/^\+\d+ /); // as it is written once it was read
};

test("a colleague is asked about a caller who waits, and goes on with them", async ({ page, browser }) => {
	const { account, line } = await accountWithLine(page.request);
	const colleague = await colleagueOf(browser, page, account);
	await callIsTaken(page, account, line);

	await test.step("it rings there", async () => {
		await phoneOf(page).getByRole("button", { name: "Transfer" }).click();
		await aColleague(phoneOf(page));
		await judgeAsItStands(page, "carrier-ask-first");
		await phoneOf(page).getByRole("button", { name: "Ask first" }).click();
		await expect(asking(page).getByRole("status")).toContainText(`Ringing Jonas Weber while ${CALLER} waits on hold`);
		await expect(asking(page).getByRole("button", { name: "Connect" })).toBeDisabled();
	});

	await test.step("they talk", async () => {
		await phoneOf(colleague).getByRole("button", { name: "Answer" }).click();
		await expect(asking(page).getByRole("status")).toContainText("Talking to Jonas Weber");
		await judgeAsItStands(page, "carrier-asking");
	});

	await test.step("the caller goes on with the colleague, who sees with whom", async () => {
		await asking(page).getByRole("button", { name: "Connect" }).click();
		await expect(phoneOf(page)).toContainText("Ready for calls");
		await expect(phoneOf(colleague)).toContainText(CALLER);
		await expect(phoneOf(colleague).getByRole("timer")).toBeVisible();
		await expect(phoneOf(colleague).getByRole("button", { name: "Transfer" })).toBeVisible();
	});

	await test.step("the call's story tells it", async () => {
		await phoneOf(colleague).getByRole("button", { name: "Hang up" }).click();
		const { items } = await ask(page.request, account, "GET", "/api/calls?limit=1");
		await page.goto(`/calls?id=${items[0].id}`);
		await expect(page.getByText("Jonas Weber is asked; the call waits on hold")).toBeVisible();
		await expect(page.getByText("The call goes on with Jonas Weber")).toBeVisible();
	});
});

test("a caller who waits is taken back, whatever became of asking", async ({ page, browser }) => {
	const { account, line } = await accountWithLine(page.request);
	const colleague = await colleagueOf(browser, page, account);
	await callIsTaken(page, account, line);

	await test.step("they decline", async () => {
		await askFirst(page, aColleague);
		await phoneOf(colleague).getByRole("button", { name: "Decline" }).click();
		await expect(asking(page).getByRole("status")).toContainText(`You are back with ${CALLER}.`);
	});

	await test.step("a telephone is busy", async () => {
		await askFirst(page, aNumber("+4915129990004"));
		await expect(asking(page).getByRole("status")).toContainText("+49 1512 9990004: They are busy right now.");
		await judgeAsItStands(page, "carrier-asked-in-vain");
	});

	await test.step("they talk, and are let go", async () => {
		await askFirst(page, aNumber(LISTENS));
		await expect(asking(page).getByRole("status")).toContainText("Talking to");
		await asking(page)
			.getByRole("button", { name: `Back to ${CALLER}` })
			.click();
		await expect(asking(page)).toHaveCount(0);
		await expect(phoneOf(page).getByRole("timer")).toBeVisible();
	});

	await test.step("what cannot be called is said, and the call goes on", async () => {
		await askFirst(page, aNumber("+19005550199"));
		await expect(phoneOf(page).getByRole("alert")).toContainText("premium");
		await expect(phoneOf(page).getByRole("timer")).toBeVisible();
	});

	await phoneOf(page).getByRole("button", { name: "Hang up" }).click();
	await expect(phoneOf(page)).toContainText("Ready for calls");
});

test("whom one called oneself can wait too, and hanging up the keyboard's way only takes back", async ({ page }) => {
	const { account } = await accountWithLine(page.request);
	await page.goto("/dashboard");
	const phone = phoneOf(page);
	await expect(phone).toContainText("Ready for calls");

	await phone.getByRole("button", { name: "Call somebody" }).click();
	await phone.getByLabel("Phone number or call identity").fill(STAYS);
	await phone.getByRole("button", { name: "Call", exact: true }).click();
	await phone.getByRole("button", { name: /^Call from/ }).click();
	const answered = async () => (await ask(page.request, account, "GET", "/api/calls?limit=1")).items[0]?.answeredAt;
	await expect.poll(answered).toBeTruthy();

	await phone.getByRole("button", { name: "Transfer" }).click();
	await aNumber(LISTENS)(phone);
	await expect(phone.getByRole("button", { name: "Hand on" })).toHaveCount(0);
	await phone.getByRole("button", { name: "Ask first" }).click();
	await expect(asking(page).getByRole("status")).toContainText("Talking to");
	await page.keyboard.press("x");
	await page.keyboard.press("x");

	await expect(asking(page)).toHaveCount(0);
	await expect(phone.getByRole("timer")).toBeVisible();
});
