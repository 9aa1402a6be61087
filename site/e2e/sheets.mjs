// `node site/e2e/sheets.mjs`: every page's stylesheet is made from every file that the page can come to load.
import { globSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCES = fileURLToPath(new URL("../src", import.meta.url));
const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*)["'](\.[^"']+)["']/g;
const MARKUP = /\.(?:astro|tsx)$/;

const missing = globSync("pages/**/*.astro", { cwd: SOURCES }).flatMap((page) => {
	const [sheet] = readFileSync(join(SOURCES, page), "utf8").match(/styles\/\w+\.css/) ?? [];
	if (!sheet) return [`${page}: has no stylesheet`];
	const scanned = scannedBy(join(SOURCES, sheet));
	return reachedFrom(join(SOURCES, page))
		.filter((file) => MARKUP.test(file) && !scanned.has(file))
		.map((file) => `${page}: ${sheet} is not made from ${relative(SOURCES, file)}`);
});
for (const line of missing) console.error(line);
if (missing.length > 0) process.exit(1);
console.log("every stylesheet knows all that its pages load");

/** The files that a stylesheet takes its classes from, as its `@source` lines say. */
function scannedBy(sheet) {
	const files = new Set();
	for (const [, not, pattern] of readFileSync(sheet, "utf8").matchAll(/@source (not )?"([^"]+)"/g))
		for (const found of globSync([pattern, `${pattern}/**/*`], { cwd: dirname(sheet) }))
			files[not ? "delete" : "add"](join(dirname(sheet), found));
	return files;
}

function reachedFrom(page) {
	const reached = new Set([page]);
	for (const file of reached)
		if (!file.endsWith(".css"))
			for (const [, path] of readFileSync(file, "utf8").matchAll(IMPORT)) {
				const target = resolved(join(dirname(file), path));
				if (target) reached.add(target);
			}
	return [...reached];
}

function resolved(path) {
	return [path, `${path}.ts`, `${path}.tsx`, `${path}.astro`].find((each) =>
		statSync(each, { throwIfNoEntry: false })?.isFile(),
	);
}
