import type { Hono } from "hono";
import { administrator } from "../http/administrator";
import { byPerson } from "../http/by-person";
import { ownersOnly } from "../http/owners-only";
import { signedIn } from "../http/signed-in";
import { noteOf, type RouteNote } from "../http/valid";

/** One method of one path, with what its handlers say and what stands before them. */
export interface Operation {
	method: string;
	/** With its parts in braces. */
	path: string;
	notes: RouteNote[];
	guards: ReadonlySet<Guard>;
}

const GUARDS = { signedIn, ownersOnly, administrator, byPerson };
type Guard = keyof typeof GUARDS;

/** The operations of the API in the order of their routes; only those that have a summary. */
export function handlersOf(routes: Hono["routes"]): Operation[] {
	const found = new Map<string, { notes: RouteNote[]; handlers: object[]; path: string; method: string; at: number }>();
	for (const [at, { method, path, handler }] of routes.entries()) {
		if (method === "ALL" || !path.startsWith("/api/")) continue;
		const key = `${method} ${path}`;
		const known = found.get(key) ?? { notes: [], handlers: [], path, method, at };
		const note = noteOf(handler);
		found.set(key, {
			...known,
			handlers: [...known.handlers, handler],
			notes: note ? [...known.notes, note] : known.notes,
		});
	}
	return [...found.values()]
		.filter(({ notes }) => notes.some(({ summary }) => summary))
		.map(({ method, path, notes, handlers, at }) => ({
			method,
			path: path.replaceAll(/:(\w+)(\{[^/]*\})?(?=\/|$)/g, "{$1}"),
			notes,
			guards: guardsAmong([
				...handlers,
				...routes
					.slice(0, at)
					.filter((before) => before.method === "ALL" && covers(before.path, path))
					.map(({ handler }) => handler),
			]),
		}));
}

function guardsAmong(handlers: object[]): Set<Guard> {
	const names = Object.keys(GUARDS) as Guard[];
	return new Set(names.filter((name) => handlers.some((handler) => handler === GUARDS[name])));
}

/** Whether what stands at `pattern` is asked before a route at `path`: `/a/*` is before `/a` and all below it. */
function covers(pattern: string, path: string): boolean {
	const parts = path.split("/");
	const wanted = pattern.split("/");
	const open = wanted.at(-1) === "*";
	if (open) wanted.pop();
	if (open ? parts.length < wanted.length : parts.length !== wanted.length) return false;
	return wanted.every((part, at) => part === "*" || part.startsWith(":") || part === parts[at]);
}
