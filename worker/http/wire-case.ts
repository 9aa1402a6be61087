// What people name themselves (custom fields, template variables) keeps its spelling.
const FREE_NAMES = new Set(["customFields", "variables"]);

const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/**
 * Foreign input with its snake_case names in camelCase, deeply. `valid` runs it before every shape, so each route accepts both.
 * A name given in both spellings keeps the camelCase one.
 */
export function camelNames(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(camelNames);
	if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
	const renamed: Record<string, unknown> = {};
	for (const [name, inner] of Object.entries(value)) {
		const to = camel(name);
		if (to !== name && to in value) continue;
		renamed[to] = FREE_NAMES.has(to) ? inner : camelNames(inner);
	}
	return renamed;
}
