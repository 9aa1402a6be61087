import { describe, expect, it } from "vitest";
import { houseSources, roomOf, type Source, siteSources, sourceOf, workerSources } from "./sources";

/** Files of the house in which a rule finds something, each with what it found: "path: finding". */
function findings(rule: (source: Source) => Iterable<string>, sources = houseSources): string[] {
	return sources.flatMap((source) => [...rule(source)].map((finding) => `${source.path}: ${finding}`));
}

const isStore = ({ path }: Source) => path.endsWith("/store.ts");
/** Whatever speaks Hono stands at the HTTP door; everything else in a room is a verb, a shape or a store. */
const isDoor = (source: Source) => source.imports.some(({ from }) => /^hono\b/.test(from));
const isDurableObject = ({ code }: Source) => /extends DurableObject\b/.test(code);

function* imported(source: Source, wanted: RegExp): Generator<string> {
	for (const { from } of source.imports) if (wanted.test(from)) yield `imports ${from}`;
}

function* matched(text: string, wanted: RegExp): Generator<string> {
	for (const [found] of text.matchAll(wanted)) yield found.trim();
}

describe("the nevers of the house", () => {
	it("looks at every source", () => {
		const paths = workerSources.map(({ path }) => path);

		expect(paths).toEqual(expect.arrayContaining(["worker/index.ts", "worker/db/client.ts", "worker/test/house.ts"]));
		expect(siteSources.length).toBeGreaterThan(10);
	});

	it("1: only stores and db/ import Drizzle or prepare statements", () => {
		const rule = (source: Source) =>
			isStore(source) || source.path.startsWith("worker/db/")
				? []
				: [...imported(source, /^drizzle-orm/), ...matched(source.code, /\.prepare\(/g)];

		expect(findings(rule)).toEqual([]);
		expect([...rule(sourceOf("worker/numbers/buy.ts", 'import { sql } from "drizzle-orm";'))]).toHaveLength(1);
	});

	it("1: each table has exactly one store that writes it", () => {
		const writers = new Map<string, Set<string>>();
		for (const source of houseSources.filter(isStore))
			for (const table of tablesWritten(source)) writers.set(table, (writers.get(table) ?? new Set()).add(source.path));

		const shared = [...writers].filter(([, stores]) => stores.size > 1).map(([table, stores]) => [table, ...stores]);

		expect(shared).toEqual([]);
		expect(writers.size).toBeGreaterThan(5);
	});

	it("2: stores never import Hono, http/ or outside/", () => {
		const rule = (source: Source) => imported(source, /^hono\b|^worker\/(http|outside)\//);

		expect(findings(rule, houseSources.filter(isStore))).toEqual([]);
	});

	it("2: verbs never see a Request, a Response or a status code", () => {
		const doors = new Set(houseSources.filter(isDoor).map(({ path }) => path.replace(/\.ts$/, "")));
		const verbs = houseSources.filter((source) => roomOf(source.path) && !isDoor(source) && !isDurableObject(source));
		const rule = (source: Source) => [
			...source.imports
				.filter(({ from, typesOnly }) => doors.has(from) && !typesOnly)
				.map(({ from }) => `imports the door ${from}`),
			...matched(source.code, /\b(Request|Response)\b(?=[\s<>,;)(|[])|\bstatus(Code)?\s*(:|===?)\s*[1-5]\d\d\b/g),
		];

		expect(findings(rule, verbs)).toEqual([]);
		expect([...rule(sourceOf("worker/numbers/buy.ts", "return new Response(null, { status: 204 });"))]).toHaveLength(2);
		expect([...rule(sourceOf("worker/a/b.ts", 'import { x } from "../operations/routes";'))]).toHaveLength(1);
	});

	it("3: only outside/ calls the network", () => {
		const rule = (source: Source) =>
			source.path.startsWith("worker/outside/")
				? []
				: [
						...matched(source.code, /(?<![.\w]|async |override )\bfetch\(|globalThis\.fetch|new WebSocket\(/g),
						...imported(source, /^cloudflare:(sockets|email)$|^(undici|twilio|stripe|oauth4webapi)\b/),
					];

		expect(findings(rule)).toEqual([]);
		expect([...rule(sourceOf("worker/calls/dial.ts", "await fetch(url)"))]).toHaveLength(1);
	});

	it("3: nothing else knows Twilio, Vapi or Stripe by name", () => {
		const rule = (source: Source) =>
			source.path.startsWith("worker/outside/") || source.path.endsWith("/hooks.ts") || NAMES_ALLOWED.has(source.path)
				? []
				: matched(source.text.replace(CONTRACT_NAMES, ""), /\w*(?:twilio|vapi|stripe)\w*/gi);

		expect(findings(rule)).toEqual([]);
		expect([...rule(sourceOf("worker/calls/dial.ts", "// as Twilio wants it"))]).toHaveLength(1);
	});

	it("4: pure/ imports nothing of the house, the signaling protocol nothing but the small zod", () => {
		const pure = houseSources.filter(({ path }) => path.startsWith("worker/pure/"));
		const protocol = houseSources.filter(({ path }) => path === "worker/signaling/protocol.ts");

		expect(findings((source) => imported(source, /^worker\/(?!pure\/)|^cloudflare:/), pure)).toEqual([]);
		expect(findings((source) => imported(source, /^(?!zod\/mini$)/), protocol)).toEqual([]);
	});

	it("5: the site takes types from the worker, and the signaling protocol", () => {
		const rule = (source: Source) =>
			source.imports
				.filter(
					({ from, typesOnly }) => from.startsWith("worker/") && !typesOnly && from !== "worker/signaling/protocol",
				)
				.map(({ from }) => `imports ${from} at run time`);

		expect(findings(rule, siteSources)).toEqual([]);
		expect(rule(sourceOf("site/src/lib/a.ts", 'import { app } from "../../../worker/app";'))).toHaveLength(1);
	});

	it("5: no room imports in a circle", () => {
		const doors = new Map<string, Set<string>>();
		for (const { path, imports } of houseSources) {
			const room = roomOf(path);
			if (!room) continue;
			const others = imports
				.filter(({ typesOnly }) => !typesOnly)
				.map(({ from }) => roomOf(`${from}.ts`))
				.filter((other) => other !== null && other !== room);
			for (const other of others) doors.set(room, (doors.get(room) ?? new Set()).add(other as string));
		}

		expect(circleIn(doors)).toEqual([]);
		expect(
			circleIn(
				new Map([
					["a", new Set(["b"])],
					["b", new Set(["a"])],
				]),
			),
		).toEqual(["a", "b", "a"]);
	});

	it("8: names say what a thing is", () => {
		const inNames = /(^|[/-])(utils?|helpers?|services?|managers?)([/.-]|$)/g;
		const rule = (source: Source) => [
			...matched(source.path, inNames),
			...matched(
				source.code,
				/\b(class|interface|type|function)\s+(Base[A-Z]\w*|I[A-Z][a-z]\w*|\w*(Manager|Helper|Utils?|Service))\b/g,
			),
		];

		expect(findings(rule, [...workerSources, ...siteSources])).toEqual([]);
	});

	it("8: nothing is exported by default but what the platform asks for", () => {
		const rule = (source: Source) =>
			source.path === "worker/index.ts" ? [] : matched(source.code, /\bexport\s+default\b|\bas\s+default\b/g);

		expect(findings(rule, [...workerSources.filter(({ path }) => !path.endsWith(".d.ts")), ...siteSources])).toEqual(
			[],
		);
	});

	it("10: what is private is private over RPC too", () => {
		expect(
			findings(({ code }) => matched(code, /\b(private|protected)\s+(readonly\s+|async\s+|static\s+)*\w+\s*[(:=;]/g)),
		).toEqual([]);
	});
});

/** Where a provider's name belongs although it is neither outside/ nor a hook, and why. */
const NAMES_ALLOWED = new Map([
	["worker/env.ts", "the names of the settings"],
	["worker/db/tables/numbers.ts", "numbers.provider says which carrier a number lives at"],
]);

// What CONTRACT.md prints: a field of a generated number, and the webhooks' addresses.
const CONTRACT_NAMES = /\btwilioSid\b|\/webhooks\/(twilio|vapi|stripe)\b/g;

function tablesWritten({ code }: Source): Set<string> {
	const built = [...code.matchAll(/\.(?:insert|update|delete)\((?:tables\.)?(\w+)\)/g)].map(([, name]) =>
		snake(name ?? ""),
	);
	const typed = [
		...code.matchAll(/\b(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+(?:\$\{(?:tables\.)?(\w+)\}|([a-z_]+))/g),
	];
	return new Set([...built, ...typed.map(([, table, name]) => (table ? snake(table) : (name ?? "")))]);
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The first circle in a graph, as the rooms along it; empty when there is none. */
function circleIn(doors: Map<string, Set<string>>): string[] {
	const walk = (path: string[]): string[] => {
		for (const next of doors.get(path.at(-1) ?? "") ?? []) {
			if (path.includes(next)) return [...path.slice(path.indexOf(next)), next];
			const circle = walk([...path, next]);
			if (circle.length > 0) return circle;
		}
		return [];
	};
	for (const room of doors.keys()) {
		const circle = walk([room]);
		if (circle.length > 0) return circle;
	}
	return [];
}
