import { type APIRequestContext, type BrowserContext, test as base } from "@playwright/test";

/**
 * Tests that look and change nothing: all of a worker sit in one browser with one session, so that only the first signs in and
 * loads what the others find there. `open` opens the account.
 */
export function seated<Who>(open: (request: APIRequestContext) => Promise<Who>) {
	return base.extend<object, { seat: { context: BrowserContext; who: Who } }>({
		seat: [
			async ({ browser }, use, { project }) => {
				const { baseURL = null, locale = "en-GB", timezoneId = "Europe/London", viewport = null } = project.use;
				const context = await browser.newContext({
					...(baseURL ? { baseURL } : {}),
					locale,
					timezoneId,
					viewport,
					reducedMotion: "reduce",
				});
				await use({ context, who: await open(context.request) });
				await context.close();
			},
			{ scope: "worker", timeout: 240_000 },
		],
		page: async ({ seat }, use) => {
			const page = await seat.context.newPage();
			await use(page);
			await page.close();
		},
	});
}
