import { globSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const IMPORT = /(?:^|[;}\s])(?:import|export)\b[^"'()]*?["']\.\/([^"']+\.js)["']/g;
const ISLAND = /<astro-island[^>]*>/g;
const SCRIPT = /(?:src|component-url|renderer-url|before-hydration-url)="\/_astro\/([^"]+\.js)"/g;

/**
 * Names in each page's head every script that it begins with and all that those import, so that a browser fetches them at once instead of
 * finding one behind another. Islands that wait to be seen are left alone.
 */
export function namePreloads(dist) {
	const folder = fileURLToPath(dist);
	const imports = new Map();
	const importsOf = (name) => {
		if (!imports.has(name)) imports.set(name, namesIn(readFileSync(`${folder}_astro/${name}`, "utf8"), IMPORT));
		return imports.get(name);
	};
	for (const page of globSync("**/*.html", { cwd: folder })) {
		const html = readFileSync(folder + page, "utf8");
		const atOnce = html.replaceAll(ISLAND, (island) => (island.includes('client="visible"') ? "" : island));
		const scripts = new Set(namesIn(atOnce, SCRIPT));
		for (const script of scripts) for (const name of importsOf(script)) scripts.add(name);
		const links = [...scripts].map((name) => `<link rel="modulepreload" href="/_astro/${name}">`).join("");
		if (links) writeFileSync(folder + page, html.replace("</head>", `${links}</head>`));
	}
}

const namesIn = (text, pattern) => [...text.matchAll(pattern)].map(([, name]) => name);
