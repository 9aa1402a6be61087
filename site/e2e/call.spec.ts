import { expect, test } from "@playwright/test";
import { ask } from "./desk";
import { judgeAsItStands } from "./judge";
import { call, drop, logOf, openDesk, opened, phoneOf, someNumber, soundGoesOn, WITH_MICROPHONE } from "./talkers";

test.use({
	launchOptions: async ({ launchOptions }, use) => use({ ...launchOptions, args: WITH_MICROPHONE }),
});

test("two people talk from browser to browser, whatever page they are on", async ({ browser }) => {
	const [annsNumber, bobsNumber] = [someNumber(), someNumber()];
	const ann = await openDesk(await browser.newContext(), annsNumber);
	const bob = await openDesk(await browser.newContext(), bobsNumber);

	await test.step("call by number, and answer", async () => {
		await bob.page.getByRole("main").getByRole("link").first().focus();
		await call(ann, bobsNumber);
		await expect(bob.page.getByRole("alert", { name: "Incoming call from" })).toBeVisible();
		await expect(phoneOf(ann).getByRole("status")).toHaveText("Ringing…");
		expect(await bob.page.evaluate(() => document.activeElement?.closest("main") !== null)).toBe(true);
		await phoneOf(bob).getByRole("button", { name: "Answer" }).click();
		for (const desk of [ann, bob]) await expect(phoneOf(desk).getByRole("timer")).toHaveText(/^\d+:\d\d$/);
		await soundGoesOn(ann, bob);
		const [heardByAnn, heardByBob] = [ann, bob].map(({ page }) => page.evaluate(() => window.framesHeard.length));
		// Two of them are the welcomes; the calling and the answering frame go the other way.
		expect(((await heardByAnn) ?? 0) + ((await heardByBob) ?? 0) - 2 + 2).toBeLessThanOrEqual(6);
	});

	await test.step("walk through three pages", async () => {
		for (const place of ["Contacts", "Campaigns", "Settings"]) {
			await ann.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: place }).click();
			await expect(ann.page).toHaveTitle(new RegExp(place));
			await expect(phoneOf(ann).getByRole("timer")).toBeVisible();
		}
		await soundGoesOn(ann, bob);
	});

	await test.step("lose a socket", async () => {
		await drop(ann, "own room");
		await expect.poll(() => opened(ann, "own room")).toBe(2);
		await expect(phoneOf(ann)).toHaveAttribute("data-line", "on");
		await soundGoesOn(ann, bob);
	});

	await test.step("lose the caller's way into the other room", async () => {
		const before = await opened(ann, "other room");
		await drop(ann, "other room");
		await expect.poll(() => opened(ann, "other room")).toBe(before + 1);
		expect(await opened(bob, "other room")).toBe(0);
		await soundGoesOn(ann, bob);
	});

	await test.step("have every tool in one row, wide and narrow", async () => {
		const topOf = async (name: string) =>
			(await phoneOf(ann).getByRole("button", { name, exact: true }).boundingBox())?.y ?? Number.NaN;
		for (const width of [390, 1280]) {
			await ann.page.setViewportSize({ width, height: 800 });
			await expect.poll(async () => (await topOf("Hang up")) - (await topOf("Mute"))).toBe(0);
			await expect.poll(async () => (await topOf("Sound")) - (await topOf("Mute"))).toBe(0);
		}
	});

	await test.step("hold, and take back", async () => {
		await phoneOf(ann).getByRole("button", { name: "Hold" }).click();
		await expect(phoneOf(ann)).toContainText("You hold the call");
		await expect(phoneOf(bob)).toContainText("You are on hold");
		await phoneOf(ann).getByRole("button", { name: "On hold" }).click();
		await expect(phoneOf(bob)).toContainText("Sound");
		await soundGoesOn(ann, bob);
	});

	await test.step("mute, and hang up", async () => {
		await phoneOf(ann).getByRole("button", { name: "Mute" }).click();
		await expect(phoneOf(ann).getByRole("button", { name: "Muted" })).toHaveAttribute("aria-pressed", "true");
		await phoneOf(bob).getByRole("button", { name: "Hang up" }).click();
		await Promise.all([ann, bob].map((desk) => expect(phoneOf(desk)).toContainText("Call ended.")));
		await expect(phoneOf(ann)).toContainText("Ready for calls");
	});

	await test.step("stand in the log of both, once", async () => {
		await expect.poll(async () => (await logOf(ann)).length).toBe(1);
		await expect.poll(async () => (await logOf(bob)).length).toBe(1);
		expect(await logOf(ann)).toMatchObject([{ direction: "outbound", status: "completed" }]);
		expect(await logOf(bob)).toMatchObject([{ direction: "inbound", status: "completed" }]);
		expect((await logOf(ann))[0]?.duration).toBeGreaterThan(0);
	});
});

test("a call is handed on, and comes back from somebody who is not there", async ({ browser }) => {
	const [annsNumber, carlsNumber, davesNumber] = [someNumber(), someNumber(), someNumber()];
	const ann = await openDesk(await browser.newContext(), annsNumber);
	const bob = await openDesk(await browser.newContext(), someNumber());
	const carl = await openDesk(await browser.newContext(), carlsNumber);
	const dave = await openDesk(await browser.newContext(), davesNumber);
	await dave.page.close();
	const handOn = async (number: string) => {
		await phoneOf(ann).getByRole("button", { name: "Transfer" }).click();
		await phoneOf(ann).getByLabel("Hand the call on to").fill(number);
		await phoneOf(ann).getByRole("button", { name: "Hand on", exact: true }).click();
	};
	await call(bob, annsNumber);
	await phoneOf(ann).getByRole("button", { name: "Answer" }).click();
	for (const desk of [ann, bob]) await expect(phoneOf(desk).getByRole("timer")).toBeVisible();

	await test.step("look at the panel", async () => {
		const colleague = { email: `eve-${crypto.randomUUID()}@example.com`, fullName: "Eve Adams" };
		await ask(ann.context.request, ann.account, "POST", "/api/sub-accounts", {
			...colleague,
			password: "a long enough password",
		});
		await phoneOf(ann).getByRole("button", { name: "Transfer" }).click();
		await expect(phoneOf(ann).getByLabel("Hand the call on to")).toBeVisible();
		await judgeAsItStands(ann.page, "dock-hand-on");
		await phoneOf(ann).getByRole("button", { name: "Transfer" }).click();
	});

	await test.step("to somebody who is not there: it rings where it came from", async () => {
		await handOn(davesNumber);
		await expect(phoneOf(bob)).toContainText("Back to");
		await expect(phoneOf(ann)).toContainText("calls you");
		await phoneOf(ann).getByRole("button", { name: "Answer" }).click();
		await soundGoesOn(ann, bob);
	});

	await test.step("to somebody who is: the two go on without the one who did it", async () => {
		await handOn(carlsNumber);
		await expect(phoneOf(carl).getByRole("alert")).toContainText("hands them on to you");
		await phoneOf(carl).getByRole("button", { name: "Answer" }).click();
		for (const desk of [bob, carl]) await expect(phoneOf(desk).getByRole("timer")).toBeVisible();
		await soundGoesOn(bob, carl);
		await expect(phoneOf(ann)).toContainText("Ready for calls");
	});

	await phoneOf(carl).getByRole("button", { name: "Hang up" }).click();
	await expect(phoneOf(bob)).toContainText("Call ended.");
	await expect.poll(async () => (await logOf(carl)).map(({ status }) => status)).toEqual(["completed"]);
});

test("a number that nobody has is said to be nobody's", async ({ browser }) => {
	const ann = await openDesk(await browser.newContext(), someNumber());

	await call(ann, "+442079460999");

	await expect(phoneOf(ann)).toContainText("No user found with this phone number");
});
