import { expect, test } from "@playwright/test";
import { ask, complaintsOf } from "./desk";
import { judgeAsItStands } from "./judge";
import { accountWithLine } from "./voice";

test.use({
	launchOptions: async ({ launchOptions }, use) =>
		use({ ...launchOptions, args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"] }),
});

test("where a number's calls go is written as steps, seen as a picture, and kept", async ({ page }) => {
	const complaints = complaintsOf(page);
	const { account, line } = await accountWithLine(page.request);
	await ask(page.request, account, "POST", "/api/queues", { name: "Support" });
	await page.goto(`/numbers/routing?id=${line.id}`);
	const picture = page.getByRole("figure");
	await expect(picture).toContainText("Rings whoever has the number");
	await judgeAsItStands(page, "routing-standard");

	await test.step("a step that is not complete is said where it stands", async () => {
		await page.getByRole("button", { name: "Add a step" }).click();
		await page.getByRole("button", { name: "Wait in a queue" }).click();
		await page.getByRole("button", { name: "Move step 3 up" }).click();
		await page.getByRole("button", { name: "Save", exact: true }).click();
		await expect(page.getByText("Choose a queue.")).toBeVisible();
		await page.getByLabel("Queue", { exact: true }).selectOption({ label: "Support" });
		await expect(picture).toContainText("Waits in Support");
	});

	await test.step("hours, holidays, and callers who are refused", async () => {
		await page.getByLabel("This number keeps hours").check();
		await page.getByLabel("Time zone").selectOption("Europe/Berlin");
		await page.getByLabel("A day on which it is closed").fill("2026-12-25");
		await page.getByRole("button", { name: "Add day" }).click();
		await page.getByLabel("Callers are spoken to in").selectOption({ label: "German (Germany)" });
		await page.getByLabel("Callers who hide their number").selectOption("reject");
		await page.getByLabel("Number to block").fill("+44 20 7946 0102");
		await page.getByRole("button", { name: "Block", exact: true }).click();
		await expect(picture).toContainText("Is it Mon–Fri 09:00–17:00 in Berlin?");
		await expect(picture).toContainText("Busy tone for 1 blocked and hidden numbers");
		await judgeAsItStands(page, "routing");
	});

	await test.step("it is kept as the API has it, and shown again", async () => {
		await page.getByRole("button", { name: "Save", exact: true }).click();
		await expect(page.getByText("Calls go this way from now on.")).toBeVisible();
		const [number] = await ask(page.request, account, "GET", "/api/phone-numbers");
		expect(number.routing).toMatchObject({
			steps: [{ kind: "ring" }, { kind: "queue" }, { kind: "voicemail" }],
			hours: { timeZone: "Europe/Berlin", holidays: ["2026-12-25"] },
			blocked: ["+442079460102"],
			language: "de-DE",
			anonymous: "reject",
		});
		await page.reload();
		await expect(picture).toContainText("Waits in Support");
	});

	await test.step("and taken back", async () => {
		await page.getByRole("button", { name: "Back to the standard" }).click();
		await expect(picture).not.toContainText("Waits in Support");
		const [number] = await ask(page.request, account, "GET", "/api/phone-numbers");
		expect(number.routing).toBeNull();
	});
	expect(complaints).toEqual([]);
});

test("a number records otherwise than its account, and says so in words of its own", async ({ page }) => {
	const complaints = complaintsOf(page);
	const { account, line } = await accountWithLine(page.request);
	await page.goto(`/numbers/routing?id=${line.id}`);
	const recording = page.getByRole("region", { name: "Recording" });
	await expect(recording.getByLabel("Calls that come in")).toContainText("As the account: not recorded");

	await recording.getByLabel("Calls that come in").selectOption("yes");
	await recording.getByLabel("Said before a recorded call").selectOption("own");
	await recording.getByLabel("The words").fill("Recorded for training.");
	await judgeAsItStands(page, "number-recording");
	await recording.getByRole("button", { name: "Save recording" }).click();

	await expect
		.poll(() => ask(page.request, account, "GET", `/api/phone-numbers/${line.id}/recording`))
		.toMatchObject({
			recordInbound: true,
			recordOutbound: null,
			announce: null,
			announcement: "Recorded for training.",
		});
	expect(complaints).toEqual([]);
});

test("a forward to an own line is refused with its reason", async ({ page }) => {
	const { line } = await accountWithLine(page.request);
	await page.goto(`/numbers/routing?id=${line.id}`);
	await page.getByRole("button", { name: "Remove step 1" }).click();
	await page.getByRole("button", { name: "Add a step" }).click();
	await page.getByRole("button", { name: "Forward to a telephone" }).click();
	const forwardTo = page.getByLabel("Number", { exact: true }).last();
	await forwardTo.fill(line.number);
	await forwardTo.blur();
	await expect(forwardTo).toHaveValue(line.formatted);
	await page.getByRole("button", { name: "Save", exact: true }).click();

	await expect(page.getByText(/a line of your own/)).toBeVisible();
});

test("SIP providers, recordings and blocked callers are set for the whole account", async ({ page }) => {
	const complaints = complaintsOf(page);
	const { account } = await accountWithLine(page.request);
	await page.goto("/settings?part=calls");

	await page.getByRole("region", { name: "SIP providers" }).getByRole("button", { name: "Add" }).click();
	await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("Office PBX");
	await page.getByRole("dialog").getByLabel("Host").fill("127.0.0.1");
	await page.getByRole("dialog").getByRole("button", { name: "Add provider" }).click();
	await expect(page.getByRole("dialog").getByLabel("Host")).toHaveAttribute("aria-invalid", "true");
	await page.getByRole("dialog").getByLabel("Host").fill("sip.example.com");
	await page.getByRole("dialog").locator("input[name=password]").fill("a secret");
	await page.getByRole("dialog").getByRole("button", { name: "Add provider" }).click();
	await expect(page.getByRole("region", { name: "SIP providers" })).toContainText("sip.example.com:5060");

	await page.getByLabel("Record calls over the carrier").check();
	await page.getByLabel("Days until recordings go").fill("30");
	await page.getByRole("region", { name: "Recordings" }).getByRole("button", { name: "Save" }).click();
	await expect(page.getByText("Calls are recorded, and callers are told.")).toBeVisible();
	const settings = await ask(page.request, account, "GET", "/api/voice-settings");
	expect(settings).toMatchObject({ recordCalls: true, retentionDays: 30 });

	await page.getByLabel("Call identity").fill("care4w-ABC1234");
	await page.getByRole("button", { name: "Block" }).click();
	await expect(page.getByRole("region", { name: "Blocked callers" })).toContainText("since");
	await page.getByRole("button", { name: "Let care4w-ABC1234 ring again" }).click();
	await expect(page.getByText("Nobody is blocked.")).toBeVisible();
	await judgeAsItStands(page, "settings-calls");
	expect(complaints).toEqual([]);
});

test("a greeting is recorded in the page, heard, and kept", async ({ page }) => {
	await accountWithLine(page.request);
	await page.goto("/greetings");
	await page.getByRole("button", { name: "Start recording" }).click();
	await expect(page.getByRole("timer")).toContainText(/0:0[2-9]|[0-9]:[1-5]\d/);
	await page.getByRole("button", { name: "Stop" }).click();
	await expect(page.getByRole("button", { name: "Play your recording" })).toBeVisible();
	await page.getByLabel("Name").fill("We are closed");
	await page.getByRole("button", { name: "Keep it" }).click();
	await expect(page.getByRole("region", { name: "Your greetings" })).toContainText("We are closed.wav");
	await judgeAsItStands(page, "greetings-recorder");
});
