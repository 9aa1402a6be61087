import { expect, type Page, test } from "@playwright/test";
import { crowdCsv } from "./crowd";
import { type Account, ask, notAsked, openAccount, toneWav } from "./desk";
import { judgeAsItStands } from "./judge";

/** A campaign that is slow enough to be watched, with people who wait for their hours. */
async function startedCampaign(page: Page): Promise<{ account: Account; id: string }> {
	const { request } = page;
	const account = await openAccount(request);
	await notAsked(request, account);
	await ask(request, account, "POST", "/api/wallet/top-up", { amountMicros: 400_000_000 });
	const channel = await ask(request, account, "POST", "/api/channels/generate-phone-number", { country: "USA" });
	const list = await ask(request, account, "POST", "/api/contact-lists", { name: "Customers 2026" });
	await request.post(`/api/contact-lists/${list.id}/import`, {
		headers: { authorization: `Bearer ${account.token}`, "content-type": "text/csv" },
		data: crowdCsv(1_000),
	});
	const greeting = await request.post("/api/greeting-files", {
		headers: { authorization: `Bearer ${account.token}` },
		multipart: { file: { name: "spring-check-up.wav", mimeType: "audio/wav", buffer: toneWav() } },
	});
	const transfer = await ask(request, account, "POST", "/api/transfer-numbers", {
		name: "Front desk",
		phoneNumber: "+442079460000",
	});
	const { id } = await ask(request, account, "POST", "/api/campaigns", {
		title: "Spring check-up reminder",
		contactListId: list.id,
		greetingFileId: (await greeting.json()).id,
		transferNumber: transfer.id,
		callerNumbers: [channel.phoneNumber],
		schedule: { window: { start: "00:00", end: "24:00" }, outsideHours: "wait", unknownZone: "dial" },
		pacing: { callsPerSecond: 12, maxConcurrent: 30 },
	});
	await ask(request, account, "POST", `/api/campaigns/${id}/start`, {});
	return { account, id };
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
	expect((await saving).suggestedFilename()).toBe("Spring check-up reminder.csv");
});
