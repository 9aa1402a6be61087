import { expect, type Page, test } from "@playwright/test";
import { type Account, ask, complaintsOf, notAsked, openAccount, openAdministrator } from "./desk";
import { violationsOf } from "./judge";

async function paidUp(page: Page, amountMicros = 20_000_000): Promise<Account> {
	const account = await openAccount(page.request);
	await notAsked(page.request, account);
	await ask(page.request, account, "POST", "/api/wallet/top-up", { amountMicros });
	return account;
}

const balance = (page: Page) => page.getByRole("region", { name: "Balance", exact: true });

test("money that is paid in stands in the balance, the statement and the file of it", async ({ page }) => {
	await notAsked(page.request, await openAccount(page.request));
	await page.goto("/wallet");
	await expect(page.getByText("No movements yet")).toBeVisible();
	await expect(page.getByText(/Nothing was spent in the last 30 days/)).toBeVisible();

	await page.getByRole("button", { name: "Top up" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "$50" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Add $50.00" }).click();

	await expect(balance(page)).toContainText("$50.00");
	await expect(page.getByRole("row", { name: /Top-up \(simulated\)/ })).toContainText("+$50.00");
	await page.getByRole("button", { name: "Show as table" }).click();
	await expect(page.getByRole("cell", { name: "$50.00" }).first()).toBeVisible();
	const saving = page.waitForEvent("download");
	await page.getByRole("button", { name: "Export CSV" }).click();
	expect((await saving).suggestedFilename()).toBe("wallet.csv");
	expect(await violationsOf(page)).toEqual([]);
});

test("the balance moves on every open page by itself when money moves elsewhere", async ({ page }) => {
	const account = await paidUp(page, 20_000_000);
	const listening = page.waitForEvent("websocket", (socket) => socket.url().includes("/api/live"));
	await page.goto("/wallet");
	await (await listening).waitForEvent("framereceived");
	await expect(balance(page)).toContainText("$20.00");

	await ask(page.request, account, "POST", "/api/wallet/top-up", { amountMicros: 5_000_000 });

	await expect(balance(page)).toContainText("$25.00");
	await expect(page.getByRole("link", { name: /Balance: \$25\.00/ })).toBeVisible();
	await expect(page.getByRole("row", { name: /Top-up \(simulated\)/ })).toHaveCount(2);
});

test("a payment that is to be made leads to the provider's page, and leaving it leaves nothing", async ({ page }) => {
	await notAsked(page.request, await openAccount(page.request));
	await page.route("**/api/wallet/top-up", (route) =>
		route.fulfill({
			status: 201,
			json: {
				paymentId: "pay_1",
				status: "open",
				simulated: false,
				amount: { amountMicros: 25_000_000, currency: "USD" },
				checkoutUrl: new URL("/docs?checkout", page.url()).href,
			},
		}),
	);
	await page.goto("/wallet");
	await page.getByRole("button", { name: "Top up" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Add $25.00" }).click();

	await expect(page).toHaveURL(/checkout/);
	await page.goBack();
	await expect(balance(page)).toContainText("$0.00");
});

test("a sub-account sees its own numbers and no wallet", async ({ page }) => {
	const account = await paidUp(page);
	const email = `jonas-${Date.now()}@example.com`;
	const password = "another quiet desk 77";
	await ask(page.request, account, "POST", "/api/sub-accounts", { email, fullName: "Jonas Weber", password });
	await page.request.post("/api/auth/logout", { headers: { authorization: `Bearer ${account.token}` } });
	const reply = await page.request.post("/api/auth/login", { data: { email, password } });
	const token = (await reply.json()).session.access_token;
	await notAsked(page.request, { email, password, token });

	await page.goto("/wallet");
	await expect(page.getByText("Your owner's wallet")).toBeVisible();
	await expect(page.getByRole("link", { name: /Balance/ })).toBeHidden();
	await page.goto("/numbers");
	await expect(page.getByText("No number is yours yet")).toBeVisible();
	expect(await violationsOf(page)).toEqual([]);
});

test("who comes back from paying is told what became of it", async ({ page }) => {
	const account = await openAccount(page.request);
	await notAsked(page.request, account);
	const { paymentId } = await ask(page.request, account, "POST", "/api/wallet/top-up", { amountMicros: 7_000_000 });

	await page.goto(`/wallet?paid=${paymentId}`);

	await expect(page.getByText("$7.00 arrived. Thank you.")).toBeVisible();
	await expect(page).toHaveURL("/wallet");
	await page.goto("/wallet?paid=pay_of_somebody_else");
	await expect(balance(page)).toContainText("$7.00");
	await expect(page.getByText(/arrived/)).toBeHidden();
});

test("a plan is chosen, changed, ended and kept, and each payment is listed", async ({ page }) => {
	await paidUp(page, 1_000_000);
	await page.goto("/wallet?part=plans");
	await page.getByRole("button", { name: "Choose Starter" }).click();
	await page.getByRole("button", { name: "Subscribe for $15.00 a month" }).click();
	const yours = page.getByRole("region", { name: /Starter|Team/ });
	await expect(yours).toContainText("Active");
	expect(await violationsOf(page)).toEqual([]);

	await page.getByRole("button", { name: "Change to Team" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Change to Team" }).click();
	await expect(yours).toContainText("Team");
	await page.getByRole("button", { name: "Cancel plan" }).click();
	await page
		.getByRole("dialog")
		.getByRole("button", { name: /^End on/ })
		.click();
	await expect(yours).toContainText("Ends soon");
	await page.getByRole("button", { name: "Keep Team" }).click();
	await expect(yours).toContainText("Active");

	await page.getByRole("link", { name: "Payments" }).click();
	await expect(page.getByRole("row", { name: /Plan starter/ })).toContainText("Paid");
	await expect(page.getByRole("row", { name: /Top-up/ })).toContainText("$1.00");
	expect(await violationsOf(page)).toEqual([]);
});

test("a daily cap stops a purchase and says why, and a low balance is told", async ({ page }) => {
	const account = await paidUp(page, 6_000_000);
	await page.goto("/wallet?part=limits");
	await page.getByLabel("Spend no more than an amount in a day (UTC)").check();
	await page.getByLabel("At most a day, in US dollars").fill("1");
	await page.getByRole("button", { name: "Save limits" }).click();
	await expect(page.getByText("Your limits are saved.")).toBeVisible();

	await page.goto("/phone-config");
	await page.getByRole("button", { name: "Generate phone number" }).click();
	await expect(page.getByRole("alert").filter({ hasText: "nothing was charged" })).toContainText(/cap|limit/i);

	await ask(page.request, account, "PATCH", "/api/wallet/rules", { dailyCapMicros: null, lowBalanceMicros: 5_500_000 });
	await page.getByRole("button", { name: "Generate phone number" }).click();
	await expect(page).toHaveURL("/chat");
	await page.goto("/wallet?part=limits");
	await page.getByRole("button", { name: /Mark as read: Your balance is low/ }).click();
	await expect(page.getByRole("button", { name: /Mark as read/ })).toBeHidden();
	expect(await violationsOf(page)).toEqual([]);
});

test("several numbers are bought at once, each with its result, and one is given to a sub-account", async ({
	page,
}) => {
	const account = await paidUp(page, 3_000_000);
	const { id: memberId } = await ask(page.request, account, "POST", "/api/sub-accounts", {
		email: `jonas-${Date.now()}@example.com`,
		fullName: "Jonas Weber",
		password: "another quiet desk 77",
	});
	await page.goto("/numbers/buy?country=US");
	await page.getByRole("button", { name: "Buy several like these" }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel("How many").fill("3");
	await expect(dialog.getByText("Your balance is enough for 2 numbers.")).toBeVisible();
	await dialog.getByRole("button", { name: "Buy 3 numbers" }).click();

	await expect(dialog.getByText("2 of 3 numbers bought")).toBeVisible();
	await expect(dialog.getByText("Not bought")).toHaveCount(1);
	expect(await violationsOf(page)).toEqual([]);
	await dialog.getByRole("link", { name: "My numbers" }).click();
	await page
		.getByRole("button", { name: /^Assign/ })
		.first()
		.click();
	await dialog.getByLabel("Whose number it is").selectOption(memberId);
	await dialog.getByRole("button", { name: "Save" }).click();
	await expect(page.getByRole("row", { name: /Jonas Weber/ })).toHaveCount(1);
	expect(await violationsOf(page)).toEqual([]);
});

test("administrators see the books, set a price, and a buyer who was shown another is told", async ({
	page,
	browser,
}) => {
	const complaints = complaintsOf(page);
	await openAdministrator(page.request);
	await page.goto("/dashboard");
	await page.getByRole("link", { name: "Administration" }).click();
	await expect(page.getByRole("status").filter({ hasText: "Everything holds" })).toBeVisible();
	expect(await violationsOf(page)).toEqual([]);
	const buyer = await (await browser.newContext()).newPage();
	await paidUp(buyer, 20_000_000);
	await buyer.goto("/numbers/buy?country=NL");
	await buyer
		.getByRole("button", { name: /^Buy \+31/ })
		.first()
		.click();
	await expect(buyer.getByRole("dialog")).toContainText("$");

	await page.getByRole("link", { name: "Prices" }).click();
	await page.getByRole("button", { name: "Change price: Netherlands, local" }).click();
	await page
		.getByRole("dialog")
		.getByLabel("Price in US dollars")
		.fill(String(2.5 + Math.random()).slice(0, 4));
	await page.getByRole("button", { name: "Save price" }).click();
	await expect(page.getByText(/The price is/)).toBeVisible();
	await buyer.getByRole("button", { name: /^Buy for/ }).click();

	await expect(buyer.getByRole("alert")).toContainText("The price has changed");
	await buyer.getByRole("button", { name: /^Buy for/ }).click();
	await expect(buyer).toHaveURL("/numbers");
	await buyer.close();
	for (const part of ["Plans", "Settings", "Carrier lines", "Differences"]) {
		await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: part }).click();
		await expect(page.locator("main h2").first()).toBeVisible();
		expect(await violationsOf(page), part).toEqual([]);
	}
	await page.getByRole("button", { name: "Compare with the carrier" }).click();
	await expect(page.getByText(/The books agree|found\./)).toBeVisible();
	expect(complaints).toEqual([]);
});

test("whoever is no administrator is not shown the way, and told so at the door", async ({ page }) => {
	await notAsked(page.request, await openAccount(page.request));

	await page.goto("/admin");

	await expect(page.getByText("For administrators")).toBeVisible();
	await expect(page.getByRole("link", { name: "Administration" })).toBeHidden();
});
