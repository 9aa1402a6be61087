import { expect, type Page, test } from "@playwright/test";
import { type Account, ask, notAsked, openAccount } from "./desk";
import { greetingOf } from "./furnish";

// Whatever list somebody else changes shows it here, without a reload and without being asked for.

let account: Account;
test.beforeEach(async ({ page }) => {
	account = await openAccount(page.request);
	await notAsked(page.request, account);
	await ask(page.request, account, "POST", "/api/wallet/top-up", { amountMicros: 20_000_000 });
});

/** Opens a page and waits until it hears what happens. */
async function opened(page: Page, path: string): Promise<Page> {
	const fresh = await page.context().newPage();
	const listens = fresh.waitForEvent("websocket", (socket) => socket.url().includes("/api/live"));
	await fresh.goto(path);
	await (await listens).waitForEvent("framereceived");
	return fresh;
}

test("a number, a contact, a list, a greeting, a queue and the rest show up wherever they are listed", async ({
	page,
}) => {
	const make = (path: string, data: object) => ask(page.request, account, "POST", path, data);
	const changes: [path: string, change: () => Promise<unknown>, shows: string][] = [
		["/contacts", () => make("/api/contacts", { firstName: "Zora", phoneNumber: "+442079460103" }), "Zora"],
		["/contacts", () => make("/api/contact-lists", { name: "Trade fair" }), "Trade fair"],
		["/greetings", () => greetingOf(page.request, account, "spring.wav"), "spring.wav"],
		["/templates", () => make("/api/message-templates", { name: "Thanks", body: "Thank you!" }), "Thanks"],
		["/queue", () => make("/api/queues", { name: "Helpline" }), "Helpline"],
		["/assistants", () => make("/api/assistants", { name: "Night desk" }), "Night desk"],
		["/settings?part=webhooks", () => make("/api/webhooks", { url: "https://example.com/in" }), "example.com/in"],
		["/contacts/do-not-call", () => make("/api/do-not-call", { phoneNumber: "+442079460109" }), "+44 20 7946 0109"],
	];
	for (const path of ["/numbers", "/assistants", "/chat"])
		changes.push([path, () => make("/api/channels/generate-phone-number", { country: "USA", name: path }), path]);
	for (const [path, change, shows] of changes) {
		const other = await opened(page, path);
		await expect(other.getByRole("main").getByText(shows)).toHaveCount(0);

		await change();

		await expect(other.getByRole("main").getByText(shows).first(), path).toBeVisible();
		await other.close();
	}
});

test("what was missed while the connection was cut is fetched when it is back", async ({ page }) => {
	let cut = false;
	const sockets = new Set<() => void>();
	await page.routeWebSocket("**/api/live?*", (socket) => {
		if (cut) return void socket.close();
		socket.connectToServer();
		sockets.add(() => void socket.close());
	});
	await page.goto("/contacts");
	await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
	await expect.poll(() => sockets.size).toBeGreaterThan(0);
	cut = true;
	for (const close of sockets) close();

	await ask(page.request, account, "POST", "/api/contact-lists", { name: "Meanwhile" });
	cut = false;

	await expect(page.getByRole("main").getByText("Meanwhile").first()).toBeVisible();
});

test("what is going and can still be taken back does not come back because something else has changed", async ({
	page,
}) => {
	for (const name of ["spring.wav", "autumn.wav"]) await greetingOf(page.request, account, name);
	const other = await opened(page, "/greetings");
	const shown = (name: string) => other.getByRole("main").getByText(name);
	await other.getByRole("button", { name: "Delete spring.wav" }).click();
	await expect(shown("spring.wav")).toHaveCount(0);

	await greetingOf(page.request, account, "winter.wav");

	await expect(shown("winter.wav").first()).toBeVisible();
	await expect(shown("spring.wav")).toHaveCount(0);
	await other.getByRole("button", { name: "Undo" }).click();
	await expect(shown("spring.wav").first()).toBeVisible();
});
