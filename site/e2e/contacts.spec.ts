import { expect, type Page, test } from "@playwright/test";
import { type Account, ask, complaintsOf, notAsked, openAccount } from "./desk";
import { judgeAsItStands } from "./judge";

/** Three people on a list. */
async function accountWithPeople(page: Page): Promise<{ account: Account; list: string }> {
	const account = await openAccount(page.request);
	await notAsked(page.request, account);
	const { id: list } = await ask(page.request, account, "POST", "/api/contact-lists", { name: "Customers" });
	for (const [firstName, phoneNumber] of [
		["Ann", "+12122340001"],
		["Ben", "+14152340002"],
		["Cid", "+493090182000"],
	])
		await ask(page.request, account, "POST", "/api/contacts", {
			firstName,
			phoneNumber,
			customFields: { visits: 3 },
			contactListIds: [list],
		});
	return { account, list };
}

const contactsOf = async (page: Page, account: Account) =>
	(await ask(page.request, account, "GET", "/api/contacts")).items as {
		firstName: string;
		tags: string[];
		customFields: Record<string, unknown>;
	}[];

test("fields of one's own are given to a person, whose row opens anywhere", async ({ page }) => {
	const complaints = complaintsOf(page);
	const { account } = await accountWithPeople(page);
	await page.goto("/contacts");
	await page.getByRole("row", { name: /Ben/ }).click();
	const dialog = page.getByRole("dialog");
	await expect(dialog.getByLabel("visits", { exact: true })).toHaveValue("3");

	await dialog.getByRole("button", { name: "Add a field" }).click();
	await dialog.getByLabel("Name of own field 2").fill("plan");
	await dialog.getByLabel("plan", { exact: true }).fill("Gold");
	await judgeAsItStands(page, "contact-own-fields");
	await dialog.getByRole("button", { name: "Save contact" }).click();
	await expect(dialog).toBeHidden();

	const ben = (await contactsOf(page, account)).find(({ firstName }) => firstName === "Ben");
	expect(ben?.customFields).toEqual({ visits: 3, plan: "Gold" });
	expect(complaints).toEqual([]);
});

test("a list's people are tagged at once, and one is taken off it and put on another", async ({ page }) => {
	const { account, list } = await accountWithPeople(page);
	const other = await ask(page.request, account, "POST", "/api/contact-lists", { name: "Trade fair" });
	await page.goto(`/contacts?list=${list}`);

	await page.getByRole("button", { name: "Tags" }).click();
	await page.getByRole("dialog").getByLabel("Put on").fill("vip, spring");
	await page.getByRole("button", { name: "Change tags" }).click();
	await expect(page.getByText("3 contacts changed.")).toBeVisible();
	await expect(page.getByRole("row", { name: /Ann/ })).toContainText("spring, vip");

	await page.getByRole("button", { name: "Edit Ann" }).click();
	await page.getByLabel("Put on another list").selectOption({ label: "Trade fair" });
	await page.getByRole("button", { name: "Save contact" }).click();
	await page.getByRole("button", { name: "Take Ann off this list" }).click();
	await expect(page.getByRole("row", { name: /Ann/ })).toBeHidden();
	await page.getByRole("navigation", { name: "Lists" }).getByRole("link", { name: "Trade fair" }).click();
	await expect(page.getByRole("row", { name: /Ann/ })).toBeVisible();
	await page.goto("/dashboard");

	const on = async (id: string) => (await ask(page.request, account, "GET", `/api/contact-lists/${id}/contacts`)).items;
	await expect.poll(async () => (await on(list)).length).toBe(2);
	expect(await on(other.id)).toHaveLength(1);
	expect(await contactsOf(page, account)).toHaveLength(3);
});

test("a segment is looked into, changed, and shows whoever meets it then", async ({ page }) => {
	const complaints = complaintsOf(page);
	await accountWithPeople(page);
	await page.goto("/contacts/segments");
	await page.getByLabel("Name of the segment").fill("Americans");
	await page.getByLabel("Countries").fill("us");
	await page.getByRole("button", { name: "Save segment" }).click();
	await page.getByRole("link", { name: "2 contacts" }).click();
	await expect(page.getByRole("row", { name: /Ben/ })).toBeVisible();

	await page.getByRole("link", { name: "Change" }).click();
	await expect(page.getByLabel("Countries")).toHaveValue("US");
	await page.getByLabel("Time zones").fill("America/New_York");
	await page.getByLabel("Added since").fill("2026-01-01");
	await judgeAsItStands(page, "segment-changed");
	await page.getByRole("button", { name: "Save segment" }).click();
	await expect(page.getByRole("form", { name: "New segment" })).toBeVisible();
	await page.getByRole("link", { name: "1 contact" }).click();

	await expect(page.getByRole("row", { name: /Ann/ })).toBeVisible();
	await expect(page.getByRole("row", { name: /Ben/ })).toBeHidden();
	expect(complaints).toEqual([]);
});
