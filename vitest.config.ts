import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";
import { witness } from "./worker/test/contracts/witness.ts";
import { testSettings } from "./worker/test/settings.ts";

mkdirSync("site/dist/client", { recursive: true }); // the assets binding refuses to start without its directory
if (!existsSync("site/dist/client/openapi.json")) writeFileSync("site/dist/client/openapi.json", "{}"); // until the site is built
process.env.CLOUDFLARE_CF_FETCH_ENABLED ??= "false"; // no attempt to download Request.cf

export default defineConfig({
	plugins: [
		cloudflareTest(async () => ({
			wrangler: { configPath: "./wrangler.toml" },
			miniflare: {
				// Whatever a test forgot to stand in for meets this instead of the internet.
				outboundService: (request: { url: string }) =>
					new Response(`unexpected fetch: ${request.url}`, { status: 599 }),
				serviceBindings: { WITNESS: witness() },
				bindings: { ...testSettings, TEST_MIGRATIONS: await readD1Migrations("./migrations") },
			},
		})),
	],
	test: {
		fsModuleCache: false, // vitest 5.1 with plugin 1.4.0 fails on its file cache
		isolate: false, // one workerd for all files; setup resets its state per file
		include: ["worker/**/*.test.ts"],
		setupFiles: ["./worker/test/setup.ts"],
		testTimeout: 60_000, // a test's own waits say what is too long; this is for a machine with much else to do
		hookTimeout: 60_000,
		retry: process.env.CI ? 1 : 0, // two suites share two cores there; what needed it is counted in the summary
	},
});
