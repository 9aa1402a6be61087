import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { type Account, ask, complaintsOf, notAsked, openAccount } from "./desk";
import { furnishedAccount, listOf } from "./furnish";
import { judgeAsItStands } from "./judge";

interface Ready {
	account: Account;
	id: string;
	number: { id: string; phoneNumber: string };
}

/** A draft that may start: three people in New York, and words for them. `days` on which they may be called. */
async function readyDraft(page: Page, schedule: object = {}): Promise<Ready> {
	const account = await openAccount(page.request);
	await notAsked(page.request, account);
	await ask(page.request, account, "POST", "/api/wallet/top-up", { amountMicros: 20_000_000 });
	const csv = "phone\n+12122340001\n+12122340002\n+12122340003\n12\n";
	const list = await listOf(page.request, account, "People", csv);
	const channel = { country: "US", type: "voice" };
	const number = await ask(page.request, account, "POST", "/api/channels/generate-phone-number", channel);
	const { id } = await ask(page.request, account, "POST", "/api/campaigns", {
		title: "Check-up",
		contactListId: list,
		callerNumbers: [number.phoneNumber],
		script: { greetingText: "Good day." },
		schedule,
	});
	return { account, id, number };
}

/** One day of the week that is nowhere now: a campaign that may only call then runs, and waits. */
const anotherDay = () => ({ window: { days: [((new Date().getUTCDay() + 3) % 7) + 1] } });

test("numbers are left out of one campaign, counted before it starts, and taken back", async ({ page }) => {
	const complaints = complaintsOf(page);
	const { id } = await readyDraft(page);
	await page.goto(`/campaigns?id=${id}`);
	await expect(page.getByText("1 row of its files without a number")).toBeVisible();

	await page.getByRole("button", { name: "Leave numbers out" }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel("Numbers to leave out").fill("+1 212 234 0001\n12");
	await dialog.getByRole("button", { name: "Leave them out" }).click();
	await expect(dialog.getByLabel("Numbers to leave out")).toHaveAttribute("aria-invalid", "true");
	await dialog.getByLabel("Numbers to leave out").fill("+1 212 234 0001, +1 212 234 0002");
	await dialog.getByRole("button", { name: "Leave them out" }).click();
	await expect(dialog.getByRole("list", { name: "Left out" }).getByRole("listitem")).toHaveCount(2);
	await judgeAsItStands(page, "campaign-left-out");
	await dialog.getByRole("button", { name: "Take back +1 212 234 0002" }).click();
	await expect(dialog.getByRole("list", { name: "Left out" }).getByRole("listitem")).toHaveCount(1);
	await dialog.getByRole("button", { name: "Close" }).first().click();

	await expect(page.locator("dl > div", { hasText: "Left out of this campaign" })).toContainText("1");
	expect(complaints).toEqual([]);
});

test("what would pause again is not resumed, and the page says what is gone", async ({ page }) => {
	const { account, id, number } = await readyDraft(page, anotherDay());
	await ask(page.request, account, "POST", `/api/campaigns/${id}/start?consentConfirmed=true`, {});
	await page.goto(`/campaigns?id=${id}`);
	await page.getByRole("button", { name: "Pause" }).click();
	await expect(page.getByText("Paused by you.")).toBeVisible();
	await ask(page.request, account, "DELETE", `/api/channels/${number.id}`);

	await page.getByRole("button", { name: "Resume" }).click();

	await expect(page.getByText("Choose at least one number of your own to call from.")).toBeVisible();
	expect(await ask(page.request, account, "GET", `/api/campaigns/${id}`)).toMatchObject({ status: "paused" });
});

test("what is scheduled is held back by emptying its start", async ({ page }) => {
	const { account, id } = await readyDraft(page, { startsAt: "2031-03-04T09:00:00Z" });
	await ask(page.request, account, "POST", `/api/campaigns/${id}/start?consentConfirmed=true`, {});
	await page.goto(`/campaigns?id=${id}`);
	await expect(page.getByText(/It starts by itself on/)).toBeVisible();

	await page.getByRole("link", { name: "Edit" }).click();
	await page.getByLabel(/^Start/).fill("");
	await page.getByRole("button", { name: "Save", exact: true }).click();

	await expect(page.getByRole("button", { name: "Start calling" })).toBeVisible();
	expect(await ask(page.request, account, "GET", `/api/campaigns/${id}`)).toMatchObject({ status: "draft" });
});

test("a call's row opens its story, a person's row the person, and both views are files", async ({ page }) => {
	const { campaignId } = await furnishedAccount(page.request);
	await page.goto(`/campaigns?id=${campaignId}`);

	await page.getByRole("button", { name: "Newest calls" }).click();
	const row = page.getByRole("region", { name: "Results" }).getByRole("listitem").first();
	await row.click({ position: { x: 300, y: 12 } });
	await expect(page).toHaveURL(/\/calls\?id=call_/);
	await expect(page.getByRole("heading", { name: "What happened" })).toBeVisible();
	await page.goBack();
	await page.getByRole("button", { name: "Everybody" }).click();
	await page.getByRole("combobox", { name: "Result" }).selectOption({ label: "Outside the hours" });
	await expect(page.getByRole("region", { name: "Results" }).getByText("Outside the hours").nth(1)).toBeVisible();
	await page.getByRole("region", { name: "Results" }).getByRole("listitem").first().click();
	await expect(page.getByRole("dialog").getByLabel("First name")).toBeVisible();

	await page.goto(`/campaigns?id=${campaignId}`);
	for (const [word, columns] of [
		["Everybody, with their result", "contactId,phoneNumber,name"],
		["Every call", "id,contactId,n,to"],
	] as const) {
		await page.getByRole("button", { name: "Export" }).click();
		const download = page.waitForEvent("download");
		await page.getByRole("button", { name: word }).click();
		expect(readFileSync(await (await download).path(), "utf8")).toContain(columns);
	}
});
