import { expect, type Page, test } from "@playwright/test";
import { complaintsOf } from "./desk";
import { Gateway } from "./gateway";
import { judgeAsItStands } from "./judge";
import { accountWithLine, phoneOf } from "./voice";

declare global {
	interface Window {
		keysSent: string[];
	}
}

test.use({
	permissions: ["microphone"],
	launchOptions: async ({ launchOptions }, use) =>
		use({ ...launchOptions, args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"] }),
});

/** Every script that the page loads which is the carrier's own phone. */
function carrierScripts(page: Page): string[] {
	const found: string[] = [];
	page.on("request", (request) => {
		if (/\/_astro\/twilio\.[\w-]+\.js/.test(request.url())) found.push(request.url());
	});
	return found;
}

/** Keeps the keys that are sent as tones, which no statistics tell of. */
function keepKeys(): void {
	window.keysSent = [];
	const send = RTCDTMFSender.prototype.insertDTMF;
	RTCDTMFSender.prototype.insertDTMF = function (tones, ...more) {
		window.keysSent.push(tones);
		send.call(this, tones, ...more);
	};
}

async function openDesk(page: Page) {
	const { line } = await accountWithLine(page.request);
	const gateway = await Gateway.open(page.context());
	await page.addInitScript(keepKeys);
	const scripts = carrierScripts(page);
	const complaints = complaintsOf(page);
	await page.goto("/dashboard");
	await expect(phoneOf(page)).toContainText("Ready for calls");
	return { gateway, line, scripts, complaints };
}

async function call(page: Page, number: string): Promise<void> {
	const phone = phoneOf(page);
	await phone.getByRole("button", { name: "Call somebody" }).click();
	await phone.getByLabel("Phone number or call identity").fill(number);
	await phone.getByRole("button", { name: "Call", exact: true }).click();
}

test("a browser whose calls do not go over the carrier never loads the carrier's phone", async ({ page }) => {
	await accountWithLine(page.request);
	const scripts = carrierScripts(page);

	await page.goto("/dashboard");

	await expect(phoneOf(page)).toContainText("Ready for calls");
	expect(scripts).toEqual([]);
});

test("a call goes out over the carrier: it rings, is answered, heard, muted, keyed, held and ended", async ({
	page,
}) => {
	const { gateway, line, scripts, complaints } = await openDesk(page);
	const phone = phoneOf(page);
	expect(scripts).toHaveLength(1);
	expect((await gateway.hears("listen")).token).toBe("token-1");

	await call(page, "+44 20 7946 0102");
	const invite = await gateway.hears("invite");
	expect(new URLSearchParams(String((invite.twilio as { params: string }).params)).toString()).toBe(
		new URLSearchParams({ To: "+442079460102", CallerId: line.number }).toString(),
	);
	await expect(phone).toContainText("Calling");
	await gateway.ringsAndAnswers(invite);

	await expect(phone.getByRole("timer")).toHaveText(/^0:\d\d$/);
	await expect.poll(() => gateway.packets()).toBeGreaterThan(20);
	await expect(phone).toContainText(/Sound good/);
	await judgeAsItStands(page, "carrier-call");

	await phone.getByRole("button", { name: "Mute" }).click();
	await expect(phone.getByRole("button", { name: "Muted" })).toHaveAttribute("aria-pressed", "true");
	await phone.getByRole("button", { name: "Keypad" }).click();
	await phone.getByRole("button", { name: "5", exact: true }).click();
	await expect.poll(() => page.evaluate(() => window.keysSent)).toEqual(["5"]);
	await page.getByRole("heading", { level: 1 }).first().focus();
	await page.keyboard.press("7");
	await expect.poll(() => page.evaluate(() => window.keysSent)).toEqual(["5", "7"]);
	await phone.getByRole("button", { name: "Hold" }).click();
	await expect(phone).toContainText("You hold the call");
	await phone.getByRole("button", { name: "On hold" }).click();

	await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Contacts" }).click();
	await expect(page).toHaveTitle(/Contacts/);
	await expect(phone.getByRole("timer")).toBeVisible();
	await phone.getByRole("button", { name: "Hang up" }).click();
	await gateway.hears("hangup");
	await expect(phone).toContainText("Call ended.");
	await expect(phone).toContainText("Ready for calls");
	expect(complaints).toEqual([]);
});

test("a call comes in over the carrier and is answered, declined, or taken back", async ({ page }) => {
	const { gateway } = await openDesk(page);
	const phone = phoneOf(page);
	const caller = { From: "+442079460102", To: "client:care4w-0000000", Params: "call=call_nobody" };

	await test.step("answered, and ended at the other end", async () => {
		const callsid = await gateway.calls(caller);
		await expect(page.getByRole("alert", { name: "Incoming call from +442079460102" })).toBeVisible();
		await phone.getByRole("button", { name: "Answer" }).click();
		await gateway.accepted((await gateway.hears("answer")).sdp);
		await expect(phone.getByRole("timer")).toBeVisible();
		await expect.poll(() => gateway.packets()).toBeGreaterThan(20);
		await expect(phone.getByRole("button", { name: "Transfer" })).toBeVisible();
		gateway.say("hangup", { callsid });
		await expect(phone).toContainText("Call ended.");
	});

	await test.step("declined", async () => {
		const callsid = await gateway.calls(caller);
		await phone.getByRole("button", { name: "Decline" }).click();
		expect(await gateway.hears("reject")).toEqual({ callsid });
		await expect(phone).toContainText("Call declined.");
	});

	await test.step("taken back", async () => {
		const callsid = await gateway.calls(caller);
		await expect(phone.getByRole("button", { name: "Answer" })).toBeVisible();
		gateway.say("cancel", { callsid });
		await expect(phone).toContainText("The call was taken back.");
	});
});

test("the phone renews its token, comes back after a drop, and says what went wrong", async ({ page }) => {
	const { gateway } = await openDesk(page);
	const phone = phoneOf(page);
	await gateway.hears("listen");
	await gateway.hears("register");

	await test.step("a token that ends soon is replaced before it does", async () => {
		gateway.tokenSeconds.push(60);
		await gateway.drop();
		expect((await gateway.hears("listen")).token).toBe("token-1");
		expect((await gateway.hears("listen")).token).toBe("token-2");
		await gateway.hears("register");
		await expect(phone).toHaveAttribute("data-line", "on");
	});

	await test.step("a busy number is one, and the next call can be made", async () => {
		await call(page, "+44 20 7946 0102");
		const { callsid } = await gateway.hears("invite");
		gateway.say("hangup", { callsid, error: { code: 31486, message: "Busy Here" } });
		await expect(phone).toContainText("They are in another call. Try again later.");
		await expect(phone.getByRole("button", { name: "Call", exact: true })).toBeEnabled();
	});
});
