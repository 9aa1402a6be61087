/** A JSON schema, as far as this page reads it. */
export interface Schema {
	$ref?: string;
	type?: string | string[];
	properties?: Record<string, Schema>;
	required?: string[];
	items?: Schema;
	prefixItems?: Schema[];
	anyOf?: Schema[];
	oneOf?: Schema[];
	allOf?: Schema[];
	enum?: unknown[];
	const?: unknown;
	default?: unknown;
	format?: string;
	description?: string;
	minimum?: number;
	maximum?: number;
	minLength?: number;
	maxLength?: number;
	minItems?: number;
	maxItems?: number;
}

export interface Parameter {
	name: string;
	in: string;
	required: boolean;
	schema: Schema;
	description?: string;
}

/** One method of one path. */
export interface Operation {
	id: string;
	method: string;
	path: string;
	summary: string;
	parameters: Parameter[];
	/** The media type and shape of what is sent, and something that was sent once; null: nothing is. */
	body: { type: string; schema: Schema; example: unknown } | null;
	status: string;
	/** The shape of what is answered, and an answer that came once; null: no JSON. */
	answer: { schema: Schema; example: unknown } | null;
	/** Other answers: the status, and in words what it says. */
	others: { status: string; about: string }[];
	/** The scopes of an API key of which one is enough; empty: no key will do. */
	scopes: string[];
	/** Anybody may ask. */
	open: boolean;
}

/** Operations that are about the same. */
export interface Area {
	/** Its page is /docs/api/{slug}. */
	slug: string;
	name: string;
	about: string;
	operations: Operation[];
}

/** What the API says of itself, by what it is about. */
export interface Reference {
	areas: Area[];
	schemas: Record<string, Schema>;
}

type Content = Record<string, { schema: Schema; example?: unknown }>;

interface WireAnswer {
	$ref?: string;
	description?: string;
	content?: Content;
}

interface WireOperation {
	operationId: string;
	summary: string;
	tags: string[];
	security: Record<string, string[]>[];
	parameters?: (Parameter | { $ref: string })[];
	requestBody?: { content: Content };
	responses: Record<string, WireAnswer>;
}

/** openapi.json, as far as it is read here. */
export interface Wire {
	tags: { name: string; description: string }[];
	paths: Record<string, Record<string, WireOperation>>;
	components: {
		schemas: Record<string, Schema>;
		parameters: Record<string, Parameter>;
		responses: Record<string, WireAnswer>;
	};
}

export function referenceOf({ tags, paths, components }: Wire): Reference {
	const all = Object.entries(paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, wire]) => ({ tag: wire.tags[0], operation: read(path, method, wire) })),
	);
	const areas = tags.map(({ name, description }) => ({
		slug: name.toLowerCase().replaceAll(/\W+/g, "-"),
		name,
		about: description,
		operations: all.filter(({ tag }) => tag === name).map(({ operation }) => operation),
	}));
	return { areas, schemas: components.schemas };

	function read(path: string, method: string, wire: WireOperation): Operation {
		const answers = Object.entries(wire.responses).filter(([status]) => status !== "default");
		const [status = "200", answer] = answers[0] ?? [];
		const [type, sent] = Object.entries(wire.requestBody?.content ?? {})[0] ?? [];
		const told = answer?.content?.["application/json"];
		return {
			id: wire.operationId,
			method: method.toUpperCase(),
			path,
			summary: wire.summary,
			parameters: (wire.parameters ?? []).flatMap((each) => parameter(each) ?? []),
			body: type && sent ? { type, schema: sent.schema, example: sent.example } : null,
			status,
			answer: told ? { schema: told.schema, example: told.example } : null,
			others: answers.slice(1).map(([code, each]) => ({ status: code, about: wordsOf(each) })),
			scopes: wire.security.flatMap(({ apiKey }) => apiKey ?? []),
			open: wire.security.length === 0,
		};
	}

	function parameter(given: Parameter | { $ref: string }): Parameter | undefined {
		return "$ref" in given ? components.parameters[nameIn(given.$ref)] : given;
	}

	function wordsOf({ $ref, description }: WireAnswer): string {
		return ($ref === undefined ? description : components.responses[nameIn($ref)]?.description) ?? "";
	}
}

const nameIn = (reference: string) => reference.split("/").at(-1) ?? "";
