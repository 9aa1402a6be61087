import { expect, type Page, test } from "@playwright/test";
import { type Account, ask } from "./desk";
import { crowdCampaign } from "./furnish";
import { judgeAsItStands } from "./judge";

/** A campaign that is slow enough to be watched, with people who wait for their hours. */
async function startedCampaign({ request }: Page): Promise<{ account: Account; id: string }> {
	const ready = await crowdCampaign(request, { people: 1_000, outsideHours: "wait", maxConcurrent: 30 });
	await ask(request, ready.account, "POST", `/api/campaigns/${ready.id}/start`, {});
	return ready;
}

const doneIn = async (page: Page) =>
	Number(await page.getByRole("progressbar", { name: /had their turn/ }).getAttribute("aria-valuenow"));

test("a campaign under way moves by itself, is paused, goes on, and is cancelled", async ({ page }) => {
	const { id } = await startedCampaign(page);
	await page.goto(`/campaigns?id=${id}`);

	await expect.poll(() => doneIn(page)).toBeGreaterThan(1);
	const before = await doneIn(page);
	await expect.poll(() => doneIn(page)).toBeGreaterThan(before);
	await expect(page.getByText("Answered").first()).toBeVisible();
	await expect.poll(() => doneIn(page)).toBeGreaterThan(7);
	await expect(page.getByText(/left$|waiting|in the air$/).first()).toBeVisible();
	await judgeAsItStands(page, "campaign-live");
	await page.getByRole("button", { name: "Pause" }).click();
	await expect(page.getByText("Paused by you.")).toBeVisible();
	await page.getByRole("button", { name: "Resume" }).click();
	await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
	await page.getByRole("button", { name: "Cancel campaign" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Cancel campaign" }).click();

	await expect(page.getByText("Ended before everybody was called.")).toBeVisible();
	const saving = page.waitForEvent("download");
	await page.getByRole("button", { name: "Export" }).click();
	await page.getByRole("button", { name: "Every call" }).click();
	expect((await saving).suggestedFilename()).toBe("Spring check-up reminder (calls).csv");
});
