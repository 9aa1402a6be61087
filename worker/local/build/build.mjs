import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../paths.mjs";
import { withoutDocument } from "./document-plugin.mjs";
import { oneDrizzle, withoutRelations } from "./drizzle-plugin.mjs";
import { lazyPlans } from "./plans-plugin.mjs";
import { leanZod } from "./zod-plugin.mjs";

const CONDITIONS = ["workerd", "worker", "module", "browser", "production"];

/**
 * Makes the Worker as it is uploaded: one file of one folder, without what only the OpenAPI document reads. Wrangler's own bundler, which
 * serves while one develops, keeps all of it. Gives the file's path.
 */
export async function buildWorker({
	script = "worker/index.ts",
	outdir = join(ROOT, ".wrangler", "worker"),
	minify = true,
} = {}) {
	const { build } = await import("vite");
	await build({
		root: ROOT,
		configFile: false,
		publicDir: false,
		logLevel: "error",
		plugins: [withoutDocument(), leanZod(), oneDrizzle(), withoutRelations(), lazyPlans()],
		define: { "process.env.NODE_ENV": '"production"' },
		ssr: { target: "webworker", noExternal: true, resolve: { conditions: CONDITIONS } },
		build: {
			ssr: script,
			outDir: outdir,
			emptyOutDir: true,
			minify: minify && "oxc",
			target: "es2024",
			rolldownOptions: {
				external: [/^cloudflare:/, /^node:/],
				treeshake: { propertyReadSideEffects: false },
				output: { entryFileNames: "index.js", codeSplitting: false },
			},
		},
	});
	const file = join(outdir, "index.js");
	if (!existsSync(file)) throw new Error(`${script} did not become ${file}`);
	return file;
}
