/// <reference types="vite/types/importMeta.d.ts" />
import * as z from "zod";

const modules = import.meta.glob<Record<string, unknown>>(["../**/inputs.ts", "!../{test,local}/**"], { eager: true });

/**
 * Gives every shape that a room exports its name in the document, so that it stands there once. What several rooms call the same carries
 * the room's name before it.
 */
export function nameShapes(): void {
	const shapes = Object.entries(modules).flatMap(([path, module]) =>
		Object.entries(module).flatMap(([name, shape]) => (isThing(shape) ? [{ path, name, shape }] : [])),
	);
	for (const { path, name, shape } of shapes) {
		const known = z.globalRegistry.get(shape);
		if (known?.id !== undefined) continue;
		const isShared = shapes.some((other) => other.name === name && other.shape !== shape);
		z.globalRegistry.add(shape, { ...known, id: isShared ? `${roomIn(path)}${name}` : name });
	}
}

function isThing(value: unknown): value is z.ZodType {
	return value instanceof z.ZodObject || value instanceof z.ZodUnion;
}

/** `../contacts/lists/inputs.ts` is ContactsLists. */
function roomIn(path: string): string {
	const folders = path.split("/").slice(1, -1);
	return folders.map((name) => name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())).join("");
}
