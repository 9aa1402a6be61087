import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const BIN = join(ROOT, "node_modules", ".bin");

/** The path of a tool that `npm ci` installed. */
export const tool = (name) => join(BIN, name);

/**
 * The environment for tools: their own folder first, so that `#!/usr/bin/env node` finds the project's Node and not an older one,
 * and nothing that reports to anybody, asks questions or looks for updates.
 */
export function toolEnvironment(more = {}) {
	return {
		...process.env,
		PATH: `${BIN}${delimiter}${process.env.PATH ?? ""}`,
		ASTRO_TELEMETRY_DISABLED: "1",
		CLOUDFLARE_CF_FETCH_ENABLED: "false",
		WRANGLER_HIDE_BANNER: "true",
		WRANGLER_SEND_METRICS: "false",
		WRANGLER_SEND_ERROR_REPORTS: "false",
		WRANGLER_WRITE_LOGS: "false",
		...more,
	};
}
