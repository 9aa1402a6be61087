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
