import { expect, test } from "@playwright/test";
import { ask, complaintsOf } from "./desk";
import { judgeAsItStands } from "./judge";
import { accountWithLine, callIn, phoneOf, route, untilLogged } from "./voice";

test.use({
	launchOptions: async ({ launchOptions }, use) =>
		use({ ...launchOptions, args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"] }),
});

test("a queue is made, callers wait on the board, and are answered, sent on and dropped", async ({ page }) => {
	const complaints = complaintsOf(page);
	const { account, line } = await accountWithLine(page.request);
	await page.goto("/queue");
	await expect(page.getByRole("heading", { name: "No queue yet" })).toBeVisible();
	await judgeAsItStands(page, "queue-empty");

	await test.step("make it", async () => {
		await page.getByRole("button", { name: "New queue" }).click();
		await page.getByRole("dialog").getByLabel("Name").fill("Support");
		await page.getByRole("dialog").getByRole("button", { name: "Make the queue" }).click();
		await expect(page.getByRole("heading", { name: "Support" })).toBeVisible();
		await expect(page.getByText("Nobody waits.")).toBeVisible();
	});

	const [queue] = await ask(page.request, account, "GET", "/api/queues");
	await route(page.request, account, line, { steps: [{ kind: "queue", queueId: queue.id }] });
	const board = page.getByRole("region", { name: "Support" });

	await test.step("three callers come in by themselves, in order", async () => {
		for (const from of ["+44 20 7946 0102", "+33 1 99 00 56 78", "+61 491 570 156"]) {
			await callIn(page.request, account, line, { from: from.replaceAll(" ", ""), staysFor: 3_600 });
			await expect(board).toContainText(from);
		}
		await expect(board.getByRole("listitem")).toHaveCount(3);
		await expect(board.getByRole("listitem").first()).toContainText("+44 20 7946 0102");
		await judgeAsItStands(page, "queue");
	});

	await test.step("the first is answered, here", async () => {
		await expect(phoneOf(page)).toContainText("Ready for calls");
		await board.getByRole("button", { name: "Answer +44 20 7946 0102" }).click();
		await expect(phoneOf(page).getByRole("timer")).toBeVisible();
		await expect(phoneOf(page).getByRole("button", { name: "Transfer" })).toBeVisible();
		await expect(board.getByRole("listitem")).toHaveCount(2);
		await phoneOf(page).getByRole("button", { name: "Hang up" }).click();
	});

	await test.step("the second is sent to voicemail, the third dropped", async () => {
		await board.getByRole("button", { name: "Transfer +33 1 99 00 56 78" }).click();
		await page.getByRole("dialog").getByLabel("Hand the call on to").selectOption("voicemail");
		await page.getByRole("dialog").getByRole("button", { name: "Hand on" }).click();
		await expect(board.getByRole("listitem")).toHaveCount(1);
		await board.getByRole("button", { name: "Drop +61 491 570 156" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Hang up on the caller" }).click();
		await expect(page.getByText("Nobody waits.")).toBeVisible();
		await untilLogged(page.request, account, { live: false });
	});
	expect(complaints).toEqual([]);
});

test("what cannot be kept is said where it stands, and the queue stays as it was", async ({ page }) => {
	const { account } = await accountWithLine(page.request);
	await ask(page.request, account, "POST", "/api/queues", { name: "Sales" });
	await page.goto("/queue");
	await page.getByRole("button", { name: "Change Sales" }).click();

	await page.getByRole("dialog").getByLabel("Name").fill(" ");
	await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();

	await expect(page.getByRole("dialog").getByLabel("Name")).toHaveAttribute("aria-invalid", "true");
	const [queue] = await ask(page.request, account, "GET", "/api/queues");
	expect(queue.name).toBe("Sales");
});
