const ENTITY = /\/drizzle-orm\/entity\.js$/;
const BODY = /if \(value instanceof type\) \{\s*return true;\s*\}[\s\S]*?\n\}\nexport/;

/**
 * Drizzle asks of each piece of each statement which of some ten kinds it is, by name where it is no instance, for the case that there
 * are two copies of Drizzle. Here is one, so being no instance is answer enough: a fifth of what a statement costs.
 */
export function oneDrizzle() {
	return {
		name: "one-drizzle",
		transform: {
			filter: { id: ENTITY },
			handler(code) {
				if (!BODY.test(code)) throw new Error("Drizzle tells its kinds in another way now.");
				return { code: code.replace(BODY, "return value instanceof type;\n}\nexport"), map: null };
			},
		},
	};
}

const RELATIONS = [
	{ file: /\/drizzle-orm\/d1\/driver\.js$/, part: /if \(config\.schema\) \{/, instead: "if (false) {" },
	{ file: /\/drizzle-orm\/sqlite-core\/db\.js$/, part: /if \(this\._\.schema\) \{/, instead: "if (false) {" },
	{
		file: /\/drizzle-orm\/sqlite-core\/dialect\.js$/,
		part: /\n {2}buildRelationalQuery\([\s\S]*?\n {2}\}(?=\n)/,
		instead: "",
	},
];

/** Drizzle without its second way of asking, `db.query`, which wants to know all tables at the start and which nobody here uses. */
export function withoutRelations() {
	return {
		name: "without-relations",
		transform: {
			filter: { id: RELATIONS.map(({ file }) => file) },
			handler(code, id) {
				const { part, instead } = RELATIONS.find(({ file }) => file.test(id));
				if (!part.test(code)) throw new Error(`Drizzle has its relations elsewhere now: ${id}`);
				return { code: code.replace(part, instead), map: null };
			},
		},
	};
}
