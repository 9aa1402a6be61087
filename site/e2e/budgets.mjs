#!/usr/bin/env node
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

// What a page makes a visitor load before anything is clicked, counted from the built files: module scripts with all that they
// import statically, the islands that start by themselves, and style sheets. gzip, in kB of 1000 bytes.
const DIST = join(dirname(fileURLToPath(import.meta.url)), "..", "dist", "client");
const MOST = { js: 45, css: 14 };
/** However late a script comes: the carrier's phone is the largest. */
const LATE_MOST = 47;
const NO_SCRIPT = /^(index|404|docs|docs\/(?!api\.)[\w-]+)\.html$/;
/** The list of all operations has its search, and nothing more. */
const LITTLE_SCRIPT = { "docs/api.html": 1 };

const sizes = new Map();
const zipped = (path) => {
	if (!sizes.has(path)) sizes.set(path, gzipSync(readFileSync(join(DIST, path)), { level: 9 }).length);
	return sizes.get(path);
};

/** A script with everything that it imports statically. */
function withImports(path, found = new Set()) {
	if (found.has(path)) return found;
	found.add(path);
	const text = readFileSync(join(DIST, path), "utf8");
	for (const [, name] of text.matchAll(/(?:^|[;}\s])(?:import|export)\b[^"'()]*?["'](\.\/[^"']+\.js)["']/g))
		withImports(join(dirname(path), name), found);
	return found;
}

function pageWeight(page) {
	const html = readFileSync(join(DIST, page), "utf8");
	const scripts = new Set();
	for (const [, path] of html.matchAll(
		/(?:src|component-url|renderer-url|before-hydration-url)="\/(_astro\/[^"]+\.js)"/g,
	))
		for (const one of withImports(path)) scripts.add(one);
	const inline = [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)]
		.filter(([, attributes]) => !/\bsrc=/.test(attributes))
		.reduce((sum, [, , text]) => sum + gzipSync(text).length, 0);
	const styles = new Set([...html.matchAll(/href="\/(_astro\/[^"]+\.css)"/g)].map(([, path]) => path));
	const sum = (paths) => [...paths].reduce((total, path) => total + zipped(path), 0);
	return { js: (sum(scripts) + inline) / 1000, css: sum(styles) / 1000 };
}

function pagesIn(folder) {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		if (entry.isDirectory()) return pagesIn(join(folder, entry.name));
		return entry.name.endsWith(".html") ? [relative(DIST, join(folder, entry.name))] : [];
	});
}

let heavy = 0;
for (const page of pagesIn(DIST).sort()) {
	const { js, css } = pageWeight(page);
	const jsMost = NO_SCRIPT.test(page) ? 0 : (LITTLE_SCRIPT[page] ?? MOST.js);
	const fits = js <= jsMost && css <= MOST.css;
	if (!fits) heavy++;
	console.log(
		`${fits ? "✓" : "✗"} ${page.padEnd(26)} js ${js.toFixed(1).padStart(5)} of ${jsMost} kB   css ${css.toFixed(1).padStart(5)} of ${MOST.css} kB`,
	);
}
const late = readdirSync(join(DIST, "_astro"))
	.filter((name) => name.endsWith(".js"))
	.map((name) => ({ name, kB: zipped(join("_astro", name)) / 1000 }))
	.sort((one, other) => other.kB - one.kB);
for (const { name, kB } of late.slice(0, 3))
	console.log(
		`${kB <= LATE_MOST ? "✓" : "✗"} ${name.padEnd(26)} js ${kB.toFixed(1).padStart(5)} of ${LATE_MOST} kB, on demand`,
	);
heavy += late.filter(({ kB }) => kB > LATE_MOST).length;
console.log(heavy ? `${heavy} pages or scripts are beyond their budget` : "every page is within its budget");
process.exitCode = heavy ? 1 : 0;
