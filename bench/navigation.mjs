// `npm exec -- node bench/navigation.mjs [--rounds 5]`: from a click in the rail to the next page, beside loading that page anew.
import { chromium, request } from "@playwright/test";
import { furnishedAccount } from "../site/e2e/furnish.ts";
import { findChromium } from "../worker/local/chromium.mjs";
import { startInstance } from "../worker/local/instance.mjs";
import { asCommand, optionsFrom } from "../worker/local/options.mjs";

const PAGES = [
	"/chat",
	"/calls",
	"/contacts",
	"/campaigns",
	"/numbers",
	"/wallet",
	"/analytics",
	"/assistants",
	"/dashboard",
];
/** A person's pointer rests on a link before it presses: in this time the page is asked for. */
const RESTS_MS = 80;
const GOAL_MS = 100;

await asCommand(async () => {
	const { rounds = "5" } = optionsFrom(process.argv.slice(2), { rounds: { type: "string" } });
	const settings = { RATE_LIMIT_SCALE: "1000", SIMULATION_SPEED: "20", CALLS_PER_SECOND: "20" };
	const instance = await startInstance({ settings });
	const browser = await chromium.launch({ executablePath: await findChromium() });
	try {
		const context = await browser.newContext({ baseURL: instance.origin, viewport: { width: 1280, height: 800 } });
		const elsewhere = await request.newContext({ baseURL: instance.origin });
		const { email, password } = await furnishedAccount(elsewhere);
		await context.request.post("/api/auth/login", { data: { email, password } });
		const page = await context.newPage();
		await page.goto("/dashboard", { waitUntil: "networkidle" });
		await measured(page); // the first visit of each page loads its script, which the browser keeps
		const taken = [];
		for (let round = 0; round < Number(rounds); round++) taken.push(await measured(page));
		report(taken);
		await elsewhere.dispose();
	} finally {
		await browser.close();
		await instance.stop();
	}
});

/** One walk through the rail, and each page loaded anew: milliseconds by page. */
async function measured(page) {
	const times = {};
	for (const path of PAGES) {
		const link = page.locator(`nav[aria-label="Main"] a[href="${path}"]`).first();
		await link.hover();
		await page.waitForTimeout(RESTS_MS);
		times[path] = await link.evaluate(clicked);
	}
	for (const path of PAGES) {
		await page.goto(path);
		times[path].anew = await page.evaluate(settled);
	}
	return times;
}

/** In the page: presses a link; until the new page stands, and until everything that it reads is there. */
function clicked(link) {
	return new Promise((resolve) => {
		const began = performance.now();
		document.addEventListener(
			"astro:after-swap",
			() =>
				requestAnimationFrame(() => {
					const shown = performance.now() - began;
					const look = () => {
						if (document.querySelector("main .skel, main astro-island[ssr]")) requestAnimationFrame(look);
						else resolve({ shown, whole: performance.now() - began });
					};
					requestAnimationFrame(look);
				}),
			{ once: true },
		);
		link.click();
	});
}

/** In the page: milliseconds from the beginning of its load until everything that it reads is there. */
function settled() {
	return new Promise((resolve) => {
		const look = () => {
			if (document.querySelector("main .skel, main astro-island[ssr]")) requestAnimationFrame(look);
			else resolve(performance.now());
		};
		look();
	});
}

function report(taken) {
	const middle = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
	const of = (path, what) => middle(taken.map((times) => times[path][what]));
	for (const path of PAGES) {
		const [shown, whole, anew] = [of(path, "shown"), of(path, "whole"), of(path, "anew")];
		console.log(
			`${shown <= GOAL_MS ? "✓" : "✗"} ${path.padEnd(12)} shown after ${shown.toFixed(0)} ms (at most ${GOAL_MS}), whole after ${whole.toFixed(0)} ms: ${(whole / anew).toFixed(2)} of loading it anew (${anew.toFixed(0)} ms)`,
		);
	}
}
