import { expect, test } from "@playwright/test";
import { ask, complaintsOf } from "./desk";
import { judgeAsItStands } from "./judge";
import { accountWithLine } from "./voice";

test("a ring group is made, named by a number's routing, changed, and kept while it is needed", async ({ page }) => {
	const complaints = complaintsOf(page);
	const { account, line } = await accountWithLine(page.request);
	await page.goto("/settings?part=calls");
	const groups = page.getByRole("region", { name: "Ring groups" });
	await expect(groups).toContainText("None yet.");

	await test.step("make it", async () => {
		await groups.getByRole("button", { name: "Add a ring group" }).click();
		const dialog = page.getByRole("dialog");
		await dialog.getByLabel("Name").fill("Sales");
		await dialog.getByRole("button", { name: "Make the group" }).click();
		await expect(dialog.getByRole("alert")).toHaveText("Choose at least one person.");
		await dialog.getByLabel("Mira Okafor (you)").check();
		await judgeAsItStands(page, "ring-group");
		await dialog.getByRole("button", { name: "Make the group" }).click();
		await expect(groups.getByRole("listitem")).toContainText("Mira Okafor (you), all at once, 25 s");
	});

	await test.step("change it", async () => {
		await groups.getByRole("button", { name: "Change Sales" }).click();
		await page.getByRole("dialog").getByLabel("In which order").selectOption("one_by_one");
		await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
		await expect(groups.getByRole("listitem")).toContainText("one after the other");
		await judgeAsItStands(page, "ring-groups");
	});

	await test.step("have a number ring it", async () => {
		await page.goto(`/numbers/routing?id=${line.id}`);
		await page.getByRole("button", { name: "Remove step 1" }).click();
		await page.getByRole("button", { name: "Add a step" }).first().click();
		await page.getByRole("button", { name: "Ring a group" }).click();
		await page.getByLabel("Ring group").selectOption({ label: "Sales" });
		await page.getByRole("button", { name: "Move step 2 up" }).click();
		await page.getByRole("button", { name: "Save", exact: true }).click();
		const [group] = await ask(page.request, account, "GET", "/api/ring-groups");
		await expect
			.poll(async () => (await ask(page.request, account, "GET", "/api/phone-numbers"))[0].routing)
			.toMatchObject({ steps: [{ kind: "group", ringGroupId: group.id }, { kind: "voicemail" }] });
		const gone = await page.request.delete(`/api/ring-groups/${group.id}`, {
			headers: { authorization: `Bearer ${account.token}` },
		});
		expect(gone.status()).toBe(409);
	});
	expect(complaints).toEqual([]);
});
