#!/usr/bin/env node
// `node site/e2e/lighthouse.mjs [--all] [--path /wallet]`: Lighthouse, as a telephone, on a page of every kind, or on every page. Accessibility,
// best practices and SEO must be whole. How fast a page is depends on the machine: that score is printed, and what it comes from
// and does not depend on the machine is held instead.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, request } from "@playwright/test";
import lighthouse from "lighthouse";
import { findChromium } from "../../worker/local/chromium.mjs";
import { startInstance } from "../../worker/local/instance.mjs";
import { asCommand, Complaint, optionsFrom } from "../../worker/local/options.mjs";
import { freePort } from "../../worker/local/ports.mjs";
import { furnishedAccount } from "./furnish.ts";

const OUTSIDE = ["/", "/login", "/docs/api", "/docs/api/phone-numbers"];
const OUTSIDE_TOO = [
	"/signup",
	"/forgot",
	"/docs",
	"/docs/quick-start",
	"/docs/concepts",
	"/docs/settings",
	"/docs/runbook",
	"/outbox",
];
const INSIDE = ["/dashboard", "/chat", "/calls", "/wallet"];
const INSIDE_TOO = [
	...["/numbers", "/numbers/buy?country=US", "/numbers/routing", "/phone-config", "/campaigns?id=", "/campaigns/new"],
	...["/contacts/import", "/contacts/segments", "/contacts/do-not-call", "/greetings", "/templates", "/queue"],
	...["/calls?part=voicemail", "/assistants", "/settings", "/settings?part=security", "/settings?part=webhooks"],
	...["/wallet?part=plans", "/pretend", "/start", "/admin", "/contacts", "/campaigns", "/analytics"],
];

/** What must be whole: none of it depends on how fast the machine is. */
const WHOLE = { accessibility: "a11y", "best-practices": "practices", seo: "SEO" };
/** What makes a page fast on any machine, and the most that a page may have of it. */
const MOST = {
	"total-byte-weight": { word: "bytes", most: 450_000 },
	"cumulative-layout-shift": { word: "layout shift", most: 0.1 },
	"dom-size-insight": { word: "elements", most: 1_500 },
};
/** The reference names every operation, and grows with the API. */
const MORE = {
	"/docs/api": { "dom-size-insight": 3_000 },
	"/docs/api/phone-numbers": { "dom-size-insight": 3_000 },
};
const LEFT_OUT = [
	"full-page-screenshot",
	"screenshot-thumbnails",
	"final-screenshot",
	"bf-cache",
	"script-treemap-data",
];

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));

await asCommand(async () => {
	const {
		all,
		path: only,
		"base-url": given,
	} = optionsFrom(process.argv.slice(2), {
		all: { type: "boolean" },
		path: { type: "string" },
		"base-url": { type: "string" },
	});
	const settings = { RATE_LIMIT_SCALE: "1000", SIMULATION_SPEED: "20", CALLS_PER_SECOND: "20" };
	const own = given ? null : await startInstance({ settings });
	const origin = own?.origin ?? given;
	const folder = mkdtempSync(join(tmpdir(), "trunkline-lighthouse-"));
	const port = await freePort();
	const browser = await chromium.launchPersistentContext(folder, {
		executablePath: await findChromium(),
		args: [`--remote-debugging-port=${port}`],
	});
	try {
		const judge = (path) => judged(`${origin}${path}`, path, port);
		const faults = [];
		const wanted = (paths, more) => [...paths, ...(all || only ? more : [])].filter((path) => !only || path === only);
		for (const path of wanted(OUTSIDE, OUTSIDE_TOO)) faults.push(...(await judge(path)));
		const account = await signedIn(browser, origin);
		for (const path of wanted(INSIDE, INSIDE_TOO))
			faults.push(...(await judge(path.replace(/\?id=$/, `?id=${account.campaignId}`))));
		if (faults.length > 0) throw new Complaint(faults.join("\n"));
		console.log("every page is whole");
	} finally {
		await browser.close();
		rmSync(folder, { recursive: true, force: true });
		await own?.stop();
	}
});

/** Signs the browser in as somebody who has been at work. Who furnished is another device: their token is not this one's. */
async function signedIn(browser, origin) {
	const elsewhere = await request.newContext({ baseURL: origin });
	const account = await furnishedAccount(elsewhere);
	await elsewhere.dispose();
	const { email, password } = account;
	const reply = await browser.request.post(`${origin}/api/auth/login`, { data: { email, password } });
	if (!reply.ok()) throw new Complaint(`signing in answered ${reply.status()}`);
	return account;
}

/** Prints a page's line, and gives what is wrong with it. */
async function judged(url, path, port) {
	const looked = () =>
		lighthouse(url, {
			port,
			logLevel: "error",
			onlyCategories: ["performance", ...Object.keys(WHOLE)],
			skipAudits: LEFT_OUT,
			disableStorageReset: true, // the session is kept there
			disableFullPageScreenshot: true,
			// Higher than a telephone: what lies half under the dock until somebody scrolls would count as too small to press.
			screenEmulation: { mobile: true, width: 412, height: 3_000, deviceScaleFactor: 1.75, disabled: false },
		});
	let result = await looked();
	// On a busy machine a trace may come without its beginning, which says nothing of the page.
	if (result?.lhr.runtimeError) result = await looked();
	if (!result || result.lhr.runtimeError) throw new Complaint(`${path}: ${result?.lhr.runtimeError?.message}`);
	const { categories, audits } = result.lhr;
	const faults = Object.keys(WHOLE).flatMap((id) =>
		categories[id].auditRefs
			.filter(({ weight, id: audit }) => weight > 0 && audits[audit].score !== null && audits[audit].score < 1)
			.map(({ id: audit }) => `${path}: ${WHOLE[id]}: ${audits[audit].title}${nodesOf(audits[audit])}`),
	);
	for (const [id, { word, most: usual }] of Object.entries(MOST)) {
		const most = MORE[path]?.[id] ?? usual;
		const measured = audits[id].numericValue ?? 0;
		if (measured > most) faults.push(`${path}: ${Math.round(measured * 1000) / 1000} ${word}, at most ${most}`);
	}
	if (faults.some((fault) => fault.includes(MOST["cumulative-layout-shift"].word)))
		faults.push(...shifts(audits["layout-shifts"], path));
	const score = (id) => String(Math.round((categories[id].score ?? 0) * 100)).padStart(3);
	const kb = Math.round(audits["total-byte-weight"].numericValue / 1000);
	console.log(
		`${faults.length ? "✗" : "✓"} ${path.padEnd(26)} a11y ${score("accessibility")}  practices ${score("best-practices")}  SEO ${score("seo")}  speed ${score("performance")}  LCP ${seconds(audits["largest-contentful-paint"])}  TBT ${Math.round(audits["total-blocking-time"].numericValue)} ms  CLS ${audits["cumulative-layout-shift"].numericValue.toFixed(3)}  ${kb} kB`,
	);
	return faults;
}

function seconds({ numericValue }) {
	return `${(numericValue / 1000).toFixed(1)} s`;
}

function nodesOf({ details }) {
	const told = (details?.items ?? []).map(
		({ node, description, issueType, url }) => node?.snippet ?? description ?? issueType ?? url,
	);
	return told.filter(Boolean).length ? `: ${told.filter(Boolean).join(" | ")}` : "";
}

/** What moved, for whoever has to hold it still. */
function shifts({ details }, path) {
	return (details?.items ?? []).map(
		({ node, score }) => `${path}: shifts by ${score.toFixed(3)}: ${node?.snippet ?? "?"}`,
	);
}
