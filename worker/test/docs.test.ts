/// <reference types="vite/types/importMeta.d.ts" />
import { describe, expect, it } from "vitest";
import packageJson from "../../package.json";

// From the repository's root; of the files only their names are wanted, so none is loaded.
const documents = fromRoot(
	import.meta.glob<string>(["/README.md", "/{bench,site,worker}/README.md"], {
		query: "?raw",
		import: "default",
		eager: true,
	}),
);
const files = Object.keys(
	fromRoot(
		import.meta.glob(["/*", "/{bench,migrations,site,worker}/**/*", "!/site/{dist,node_modules,test-results}/**"]),
	),
);

function fromRoot<T>(found: Record<string, T>): Record<string, T> {
	return Object.fromEntries(Object.entries(found).map(([path, value]) => [path.slice(1), value]));
}

/** What a document names in backticks that looks like a path of the repository, and what it links to. */
function pathsIn(document: string, text: string): string[] {
	const folder = document.includes("/") ? document.slice(0, document.lastIndexOf("/") + 1) : "";
	const named = [...text.matchAll(/`((?:worker|site|bench|migrations)\/[\w./-]*)`/g)].map(([, path]) => path ?? "");
	const linked = [...text.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, path]) => folder + path);
	return [...named, ...linked];
}

const exists = (path: string) =>
	files.some((file) => file === path || file.startsWith(path.endsWith("/") ? path : `${path}/`));

describe("the documents", () => {
	it.each(Object.entries(documents))("%s names only what is there", (document, text) => {
		const paths = pathsIn(document, text);

		expect(paths.filter((path) => !exists(path))).toEqual([]);
		expect(paths.length).toBeGreaterThan(2);
	});

	it("name only commands that there are", () => {
		const commands = Object.values(documents).flatMap((text) =>
			[...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name ?? ""),
		);

		expect(commands.filter((name) => !(name in packageJson.scripts))).toEqual([]);
	});

	it("lead a newcomer into every room of the Worker", () => {
		const rooms = new Set(files.flatMap((path) => /^worker\/([^/]+)\//.exec(path)?.[1] ?? []));
		const readme = documents["README.md"] ?? "";

		expect([...rooms].filter((room) => !readme.includes(`\`worker/${room}/\``))).toEqual([]);
	});
});
