import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "..", "..");
const PORT = Number(process.env.E2E_PORT ?? 8855);

// Workers load this file too, and must not make a folder of their own.
process.env.E2E_STATE ??= mkdtempSync(join(tmpdir(), "trunkline-e2e-"));

/** The browser meets the Worker that would be uploaded: it is made otherwise than the one that serves while one develops. */
const WORKER = join(process.env.E2E_STATE, "worker");

const known = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = known.find((path) => path && existsSync(path));

export default defineConfig({
	testDir: HERE,
	outputDir: process.env.E2E_RESULTS ?? join(HERE, "..", "test-results"),
	fullyParallel: true,
	workers: process.env.E2E_WORKERS ? Number(process.env.E2E_WORKERS) : 2,
	// Long enough for a machine several times slower: what works takes no longer for it.
	timeout: 240_000,
	expect: { timeout: 30_000 },
	forbidOnly: true,
	retries: process.env.CI ? 1 : 0, // see vitest.config.ts
	reporter: [["list"]],
	use: {
		baseURL: process.env.E2E_BASE_URL ?? `http://127.0.0.1:${PORT}`,
		viewport: { width: 1280, height: 800 },
		locale: "en-GB",
		timezoneId: "Europe/London",
		contextOptions: { reducedMotion: "reduce" }, // nothing is looked at halfway
		// Recording costs a third of the time, and slow tests are the ones that want to be looked at: `--trace on` when one is.
		trace: "on-first-retry",
		screenshot: "only-on-failure",
		launchOptions: executablePath ? { executablePath } : {},
	},
	...(process.env.E2E_BASE_URL
		? {}
		: {
				webServer: {
					command: `npm run build:worker -- ${WORKER} && npm start -- --script ${join(WORKER, "index.js")} --port ${PORT} --persist-to ${process.env.E2E_STATE} --env-file ${join(HERE, "instance.env")}`,
					cwd: ROOT,
					url: `http://127.0.0.1:${PORT}/api/health`,
					timeout: 180_000,
					gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
				},
			}),
});
