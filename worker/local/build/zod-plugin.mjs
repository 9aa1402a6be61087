const SCHEMAS = /\/zod\/v4\/classic\/schemas\.js$/;
/** Every shape carries a way to write its JSON Schema, and here only the site's build does. */
const JSON_SCHEMA = [
	[/^\s*inst\._zod\.processJSONSchema = .*;$/gm, ""],
	[/create(?:Standard|To)JSONSchemaMethod\(this, [^)]*\)/g, "undefined"],
];
/** What keeps an input that refers to itself from being read for ever: no JSON does, and no form. */
const CYCLES = [[/core\.config\(\{ memoizer: core\.memoizer\(\) \}\)/, "undefined"]];
/** What writes a function for each shape, which workerd would not let run. */
const COMPILER = [[/core\.\$ZodObjectJIT\.init\(/, "core.$ZodObject.init("]];

/** zod without what is never asked here: less to upload, to start and to do for each shape and each input. */
export function leanZod() {
	return {
		name: "lean-zod",
		transform: {
			filter: { id: SCHEMAS },
			handler(code) {
				const parts = [...JSON_SCHEMA, ...CYCLES, ...COMPILER];
				for (const [part] of parts)
					if (code.search(part) === -1) throw new Error(`zod has no ${part} any more: look what it does instead.`);
				const text = parts.reduce((left, [part, instead]) => left.replace(part, () => instead), code);
				if (/JSONSchemaMethod\(|processJSONSchema/.test(text))
					throw new Error("zod makes JSON Schema in another way now.");
				return { code: text, map: null };
			},
		},
	};
}
