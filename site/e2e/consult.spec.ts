import { expect, test } from "@playwright/test";
import { judgeAsItStands } from "./judge";
import { call, type Desk, drop, openDesk, opened, phoneOf, someNumber, soundGoesOn, WITH_MICROPHONE } from "./talkers";

test.use({
	launchOptions: async ({ launchOptions }, use) => use({ ...launchOptions, args: WITH_MICROPHONE }),
});

async function answer(desk: Desk): Promise<void> {
	await phoneOf(desk).getByRole("button", { name: "Answer" }).click();
}

async function askFirst(desk: Desk, number: string): Promise<void> {
	await phoneOf(desk).getByRole("button", { name: "Transfer" }).click();
	await phoneOf(desk).getByLabel("Hand the call on to").fill(number);
	await phoneOf(desk).getByRole("button", { name: "Ask first" }).click();
}

const asking = (desk: Desk) => phoneOf(desk).getByRole("region", { name: "Asking" });
const talks = (desk: Desk) => expect(phoneOf(desk).getByRole("timer")).toHaveText(/^\d+:\d\d$/);

test("somebody is asked while a call waits, and the two go on together", async ({ browser }) => {
	const [bobsNumber, carlsNumber] = [someNumber(), someNumber()];
	const ann = await openDesk(await browser.newContext(), someNumber());
	const bob = await openDesk(await browser.newContext(), bobsNumber);
	const carl = await openDesk(await browser.newContext(), carlsNumber);
	await call(ann, bobsNumber);
	await answer(bob);
	for (const desk of [ann, bob]) await talks(desk);

	await test.step("it rings there, and the first one waits", async () => {
		await askFirst(ann, carlsNumber);
		await expect(asking(ann).getByRole("status")).toContainText("Ringing");
		await expect(asking(ann)).toBeFocused();
		await expect(asking(ann).getByRole("button", { name: "Connect" })).toBeDisabled();
		await expect(phoneOf(bob)).toContainText("You are on hold");
		await judgeAsItStands(ann.page, "dock-ask-first");
	});

	await test.step("they talk, even over a dropped socket", async () => {
		await answer(carl);
		await expect(asking(ann).getByRole("status")).toContainText("Talking to");
		await soundGoesOn(ann, carl);
		await drop(ann, "own room");
		await expect.poll(() => opened(ann, "own room")).toBe(2);
		await expect(phoneOf(ann)).toHaveAttribute("data-line", "on");
		await expect(asking(ann).getByRole("status")).toContainText("Talking to");
		await soundGoesOn(ann, carl);
		await expect(phoneOf(bob)).toContainText("You are on hold");
		await judgeAsItStands(ann.page, "dock-asking");
	});

	await test.step("the two are connected by keyboard, and the one who did it is free", async () => {
		await phoneOf(carl).getByRole("button", { name: "Mute" }).click();
		await asking(ann).getByRole("button", { name: "Connect" }).press("Enter");
		await expect(phoneOf(ann)).toContainText("Ready for calls");
		for (const desk of [bob, carl]) await talks(desk);
		await expect(phoneOf(bob)).not.toContainText("on hold");
		await expect(phoneOf(carl).getByRole("button", { name: "Muted" })).toHaveAttribute("aria-pressed", "true");
		await phoneOf(carl).getByRole("button", { name: "Muted" }).click();
		await soundGoesOn(bob, carl);
	});

	await phoneOf(bob).getByRole("button", { name: "Hang up" }).click();
	await expect(phoneOf(carl)).toContainText("Call ended.");
});

test("a call that waits is taken back, whatever became of asking", async ({ browser }) => {
	const [annsNumber, carlsNumber, davesNumber] = [someNumber(), someNumber(), someNumber()];
	const ann = await openDesk(await browser.newContext(), annsNumber);
	const bob = await openDesk(await browser.newContext(), someNumber());
	const carl = await openDesk(await browser.newContext(), carlsNumber);
	const dave = await openDesk(await browser.newContext(), davesNumber);
	await dave.page.close();
	await call(bob, annsNumber);
	await answer(ann);
	for (const desk of [ann, bob]) await talks(desk);
	const areBack = async () => {
		await expect(phoneOf(bob)).not.toContainText("on hold");
		await expect(phoneOf(ann)).not.toContainText("You hold the call");
		await soundGoesOn(ann, bob);
	};

	await test.step("they are not there", async () => {
		await askFirst(ann, davesNumber);
		await expect(asking(ann).getByRole("status")).toContainText("They are not at their desk.");
		await areBack();
	});

	await test.step("they decline", async () => {
		await askFirst(ann, carlsNumber);
		await phoneOf(carl).getByRole("button", { name: "Decline" }).click();
		await expect(asking(ann).getByRole("status")).toContainText("Call declined. You are back with");
		await judgeAsItStands(ann.page, "dock-asked-in-vain");
		await areBack();
	});

	await test.step("they are let go, by keyboard", async () => {
		await askFirst(ann, carlsNumber);
		await answer(carl);
		await expect(asking(ann).getByRole("status")).toContainText("Talking to");
		await asking(ann).getByRole("button", { name: "Back to" }).press("Enter");
		await expect(asking(ann)).toHaveCount(0);
		await expect(phoneOf(carl)).toContainText("Call ended.");
		await areBack();
		expect(await ann.page.evaluate(() => document.activeElement?.closest(".dock-phone") !== null)).toBe(true);
	});

	await test.step("the one on hold hangs up: then the other call is the one", async () => {
		await askFirst(ann, carlsNumber);
		await answer(carl);
		await expect(asking(ann).getByRole("status")).toContainText("Talking to");
		await phoneOf(bob).getByRole("button", { name: "Hang up" }).click();
		await expect(asking(ann)).toHaveCount(0);
		for (const desk of [ann, carl]) await talks(desk);
		await soundGoesOn(ann, carl);
	});

	await phoneOf(ann).getByRole("button", { name: "Hang up" }).click();
	await expect(phoneOf(carl)).toContainText("Call ended.");
});
