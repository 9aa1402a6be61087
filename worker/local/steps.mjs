import { join } from "node:path";
import { bundleSize } from "./bundle.mjs";
import { findChromium } from "./chromium.mjs";
import { Complaint } from "./options.mjs";
import { ROOT } from "./paths.mjs";
import { buildSite } from "./site.mjs";

const REPORTS = join(ROOT, ".trunkline", "test");
const report = (name) => join(REPORTS, `${name}.json`);
/** What the Worker weighs today and a little more. The goal is 300: the metadata of telephone numbers, zod and drizzle are 90 of it. */
const BUNDLE_MOST_KB = 360;

/**
 * What `npm test` runs. A step is commands, one after another, or a function; `needs` names the steps that go first, `tally` how
 * its tests are counted. Those that need nothing of each other run two at a time, the long ones first.
 */
export const STEPS = [
	{ name: "site", tally: "itself", do: () => buildSite() },
	{
		name: "worker",
		needs: ["site"],
		commands: [["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report("worker")}`]],
		tally: "vitest",
	},
	{
		name: "types",
		commands: [
			["wrangler", "types", "--include-runtime=false", "--strict-vars=false", "--check"],
			["tsc", "-p", "tsconfig.json"],
			["tsc", "-p", "site/e2e/tsconfig.json"],
			["astro", "check", "--root", "site"],
		],
		tally: "itself",
	},
	{ name: "lint", commands: [["biome", "check", "."]], tally: "itself" },
	{ name: "bundle", needs: ["site"], tally: "itself", do: holdBundle },
	{
		name: "budgets",
		needs: ["site"],
		commands: [
			["node", "site/e2e/sheets.mjs"],
			["node", "site/e2e/budgets.mjs"],
		],
		tally: "itself",
		browser: true,
	},
	{
		name: "browser",
		needs: ["site"],
		commands: [["playwright", "test", "--config", "site/e2e/playwright.config.ts", "--reporter=list,json"]],
		env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report("browser"), PLAYWRIGHT_JSON_OUTPUT_NAME: report("browser") },
		tally: "playwright",
		browser: true,
	},
	{
		name: "lighthouse",
		needs: ["site"],
		commands: [["node", "site/e2e/lighthouse.mjs"]],
		tally: "itself",
		browser: true,
	},
	{
		name: "commands",
		needs: ["site"],
		commands: [["node", "--test", "--test-reporter=tap", "--test-concurrency=1", "worker/local/*.test.mjs"]],
		tally: "tap",
	},
	{
		name: "kill",
		needs: ["site"],
		commands: [["node", "--test", "--test-reporter=tap", "worker/local/kill/kill.test.mjs"]],
		tally: "tap",
	},
	{
		name: "purchases",
		needs: ["site"],
		commands: [["node", "--test", "--test-reporter=tap", "worker/local/kill/purchases.test.mjs"]],
		tally: "tap",
	},
	{
		name: "messages",
		needs: ["site"],
		commands: [["node", "--test", "--test-reporter=tap", "worker/local/kill/messages.test.mjs"]],
		tally: "tap",
	},
].map((step) => ({ needs: [], env: {}, report: report(step.name), log: join(REPORTS, `${step.name}.log`), ...step }));

/** The steps to run: all, or one with those that it needs. */
export function stepsFor(only) {
	if (only === undefined) return STEPS;
	const wanted = STEPS.find(({ name }) => name === only);
	if (!wanted)
		throw new Complaint(`--only ${only}: there is no such step. Steps: ${STEPS.map(({ name }) => name).join(" ")}`);
	return STEPS.filter((step) => step === wanted || wanted.needs.includes(step.name));
}

/** What a step's commands see beside the usual environment. */
export async function environmentOf(step, say) {
	if (!step.browser) return step.env;
	const chromium = await findChromium({ onInstall: () => say("Installing Chromium...") });
	return { ...step.env, CHROMIUM_PATH: chromium };
}

async function holdBundle() {
	const { gzipKb } = await bundleSize();
	if (gzipKb > BUNDLE_MOST_KB)
		throw new Complaint(`The Worker is ${gzipKb} KB gzipped; at most ${BUNDLE_MOST_KB} may be.`);
	return `${gzipKb} KB gzipped`;
}
