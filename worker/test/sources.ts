/// <reference types="vite/types/importMeta.d.ts" />

/** One source file as the house rules look at it. */
export interface Source {
	/** From the repository's root: "worker/numbers/store.ts". */
	path: string;
	text: string;
	/** The text without its comments. */
	code: string;
	imports: Import[];
}

export interface Import {
	/** A path from the repository's root without its ending ("worker/db/client") for a relative import, else the package's name. */
	from: string;
	typesOnly: boolean;
}

const worker = import.meta.glob<string>("../**/*.ts", { query: "?raw", import: "default", eager: true });
const site = import.meta.glob<string>("../../site/src/**/*.{ts,tsx,astro}", {
	query: "?raw",
	import: "default",
	eager: true,
});

/** Every TypeScript source of the Worker, tests included. */
export const workerSources = read(worker);
/** What runs in production: the Worker without its tests and what they stand on. */
export const houseSources = workerSources.filter(
	({ path }) => !/\.test\.ts$|\.d\.ts$|^worker\/(test|local)\//.test(path),
);
export const siteSources = read(site);

/** Reads one text as the source at `path`, as the rules see it. */
export function sourceOf(path: string, text: string): Source {
	const code = withoutComments(text);
	return {
		path,
		text,
		code,
		imports: [...importsIn(code)].map((each) => ({ ...each, from: resolved(path, each.from) })),
	};
}

/** The room that a path lies in: its folder directly under worker/, or null for what belongs to the whole building. */
export function roomOf(path: string): string | null {
	const room = /^worker\/([^/]+)\//.exec(path)?.[1];
	return room === undefined || ["http", "db", "outside", "pure", "openapi", "test", "local"].includes(room)
		? null
		: room;
}

function read(files: Record<string, string>): Source[] {
	return Object.entries(files)
		.map(([key, text]) => sourceOf(resolved("worker/test/sources.ts", key), text))
		.sort((a, b) => a.path.localeCompare(b.path));
}

function* importsIn(code: string): Generator<Import> {
	for (const [, types, names, from] of code.matchAll(
		/\b(?:import|export)\s+(type\s)?([^;"'`()]*?)\bfrom\s*["']([^"']+)["']/g,
	))
		yield { from: from ?? "", typesOnly: Boolean(types) || onlyTypesNamed(names ?? "") };
	for (const [, from] of code.matchAll(/\bimport\s*\(?\s*["']([^"']+)["']/g))
		yield { from: from ?? "", typesOnly: false };
}

// `import { type A, type B } from` brings nothing at run time either.
function onlyTypesNamed(names: string): boolean {
	const list = /^\s*\{([^}]*)\}\s*$/.exec(names)?.[1];
	return list?.split(",").every((name) => name.trim() === "" || /^type\s/.test(name.trim())) ?? false;
}

function resolved(path: string, from: string): string {
	if (!from.startsWith(".")) return from;
	const parts = path.split("/").slice(0, -1);
	for (const part of from.split("/"))
		if (part === "..") parts.pop();
		else if (part !== ".") parts.push(part);
	return parts.join("/");
}

// Strings are matched first so that a "//" within one is not taken for a comment.
function withoutComments(text: string): string {
	return text.replace(
		/("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*|<!--[\s\S]*?-->/g,
		(_, string: string | undefined) => string ?? "",
	);
}
