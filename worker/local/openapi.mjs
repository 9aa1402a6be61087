import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./paths.mjs";

const FOLDER = join(ROOT, "site", ".astro", "openapi");
const MARK = join(FOLDER, "made-from");

/** Where the document and the types made of it are. */
export const DOCUMENT = join(FOLDER, "openapi.json");
export const TYPES = join(FOLDER, "openapi.d.ts");

const noPlatform = {
	name: "no-platform",
	enforce: "pre",
	resolveId: (id) => (id.startsWith("cloudflare:") ? `\0${id}` : undefined),
	load: (id) => (id.startsWith("\0cloudflare:") ? "export class DurableObject {}\nexport const env = {};" : undefined),
};

/**
 * Makes the OpenAPI document from the Worker's routes, and TypeScript types from the document, unless they stand made from exactly these
 * sources. The routes are only looked at: nothing of the platform is there.
 */
export async function makeOpenApi() {
	const from = fingerprint();
	if (isMade(from)) return;
	const { runnerImport } = await import("vite");
	const { module } = await runnerImport("/worker/openapi/print.ts", {
		root: ROOT,
		configFile: false,
		logLevel: "error",
		plugins: [noPlatform],
	});
	const { default: openapiTS, astToString } = await import("openapi-typescript");
	const types = astToString(await openapiTS(withoutExamples(module.document)));
	mkdirSync(FOLDER, { recursive: true });
	writeFileSync(DOCUMENT, JSON.stringify(module.document));
	writeFileSync(TYPES, `${HEAD}${types}`);
	writeFileSync(MARK, from);
}

const HEAD =
	"// The types of Trunkline's API, made by openapi-typescript from openapi.json of the same installation.\n\n";

/** In the types they would be comments, and most of the file. */
function withoutExamples(document) {
	const text = JSON.stringify(document, (name, value) =>
		name === "example" || name === "examples" ? undefined : value,
	);
	return JSON.parse(text);
}

function isMade(from) {
	try {
		return readFileSync(MARK, "utf8") === from;
	} catch (error) {
		if (error.code === "ENOENT") return false;
		throw error;
	}
}

function fingerprint() {
	const hash = createHash("sha256");
	const sources = readdirSync(join(ROOT, "worker"), { recursive: true })
		.filter((name) => /\.(ts|json)$/.test(name) && !/\.test\.ts$|^(test|local)\//.test(name))
		.map((name) => `worker/${name}`);
	for (const file of [...sources, "package.json", "package-lock.json", "worker/local/openapi.mjs"].sort())
		hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
	return hash.digest("hex");
}
