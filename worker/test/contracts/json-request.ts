// A JSON request held against an OpenAPI document. An interpreter of its own, as beside it for forms: workerd generates no code.

export interface JsonSchema {
	type?: string;
	enum?: unknown[];
	minimum?: number;
	maximum?: number;
	minLength?: number;
	maxLength?: number;
	items?: JsonSchema;
	properties?: Record<string, JsonSchema>;
	required?: string[];
	oneOf?: JsonSchema[];
	allOf?: JsonSchema[];
	$ref?: string;
}

interface Operation {
	operationId: string;
	parameters?: { name: string; in: string; required?: boolean; schema: JsonSchema }[];
	requestBody?: { content: Record<string, { schema: JsonSchema }> };
}

export interface JsonApi {
	paths: Record<string, Record<string, unknown>>;
	components: { schemas: Record<string, unknown> };
}

export interface Asked {
	method: string;
	/** Path and query. */
	path: string;
	body: string | null;
}

/** Everything that is wrong with a request; empty when the provider would take it. */
export function violationsOf(document: JsonApi, { method, path, body }: Asked): string[] {
	const [pathname = "", query = ""] = path.split("?");
	const template = Object.keys(document.paths).find((each) => patternOf(each).test(pathname));
	const operation = template && (document.paths[template]?.[method.toLowerCase()] as Operation | undefined);
	if (!operation) return [`no such operation: ${method} ${pathname}`];
	const known = new Map((operation.parameters ?? []).filter((each) => each.in === "query").map((each) => [each.name, each]));
	const wrong = [...new URLSearchParams(query)].flatMap(([name, text]) => {
		const parameter = known.get(name);
		if (!parameter) return [`query: ${name} is unknown`];
		return judge(document, `query.${name}`, parameter.schema.type === "number" ? Number(text) : text, parameter.schema);
	});
	const schema = operation.requestBody?.content["application/json"]?.schema;
	if (!schema) return body === null ? wrong : [...wrong, "a body where none is taken"];
	return [...wrong, ...judge(document, "body", JSON.parse(body ?? "null"), schema)];
}

function judge(document: JsonApi, at: string, value: unknown, schema: JsonSchema): string[] {
	if (schema.$ref) {
		const found = document.components.schemas[schema.$ref.split("/").at(-1) ?? ""];
		return found ? judge(document, at, value, found as JsonSchema) : [`${at}: ${schema.$ref} is not described`];
	}
	if (schema.allOf) return schema.allOf.flatMap((each) => judge(document, at, value, each));
	if (schema.oneOf) {
		const tries = schema.oneOf.map((each) => judge(document, at, value, each));
		return tries.some((found) => found.length === 0) ? [] : (tries.sort((a, b) => a.length - b.length)[0] ?? []);
	}
	if (Array.isArray(value))
		return schema.type === "array"
			? value.flatMap((each, index) => judge(document, `${at}[${index}]`, each, schema.items ?? {}))
			: [`${at}: a list`];
	// The document calls some of its words objects.
	if (schema.enum && !schema.enum.includes(value)) return [`${at}: ${JSON.stringify(value)} is none of its words`];
	if (schema.enum) return [];
	if (typeof value === "object" && value !== null) return judgeObject(document, at, value, schema);
	return wrongWith(value, schema).map((reason) => `${at}: ${reason}`);
}

function judgeObject(document: JsonApi, at: string, value: object, schema: JsonSchema): string[] {
	if (schema.type !== "object") return [`${at}: an object`];
	const { properties } = schema;
	const missing = (schema.required ?? []).filter((name) => !(name in value)).map((name) => `${at}: ${name} is required`);
	if (!properties) return missing;
	return [
		...missing,
		...Object.entries(value).flatMap(([name, inner]) => {
			const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
			return property ? judge(document, `${at}.${name}`, inner, property) : [`${at}: ${name} is unknown`];
		}),
	];
}

function wrongWith(value: unknown, { type, minimum, maximum, minLength, maxLength }: JsonSchema): string[] {
	if (typeof value !== type) return [`${JSON.stringify(value)} is no ${type}`];
	if (typeof value === "number" && (value < (minimum ?? value) || value > (maximum ?? value))) return ["is out of range"];
	if (typeof value === "string" && (value.length < (minLength ?? 0) || value.length > (maxLength ?? value.length)))
		return ["is too short or too long"];
	return [];
}

function patternOf(template: string): RegExp {
	return new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`);
}
