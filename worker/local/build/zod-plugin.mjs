const SCHEMAS = /\/zod\/v4\/(?:classic|mini)\/schemas\.js$/;

/** zod without what writes JSON Schema: every shape carries a way to do it, and here only the site's build does. */
export function withoutJsonSchema() {
	return {
		name: "without-json-schema",
		transform: {
			filter: { id: SCHEMAS },
			handler(code) {
				const text = code
					.replaceAll(/^\s*inst\._zod\.processJSONSchema = .*;$/gm, "")
					.replaceAll(/create(?:Standard|To)JSONSchemaMethod\(this, [^)]*\)/g, "undefined");
				if (/JSONSchemaMethod\(|processJSONSchema/.test(text))
					throw new Error("zod makes JSON Schema in another way now.");
				return { code: text, map: null };
			},
		},
	};
}
