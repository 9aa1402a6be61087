import { OFFLINE, refusalFrom } from "../../lib/refusal";

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
}

type Content = Record<string, { schema: Schema }>;

/** One method of one path. */
export interface Operation {
	id: string;
	method: string;
	path: string;
	summary: string;
	parameters: Parameter[];
	/** The media type and shape of what is sent; null: nothing is. */
	body: { type: string; schema: Schema } | null;
	status: string;
	/** The shape of what is answered; null: no JSON. */
	answer: Schema | null;
}

/** What the API says of itself, by the first name of the path. */
export interface Reference {
	groups: { name: string; operations: Operation[] }[];
	schemas: Record<string, Schema>;
}

interface Wire {
	paths: Record<
		string,
		Record<
			string,
			{
				operationId: string;
				summary: string;
				tags: string[];
				parameters?: Parameter[];
				requestBody?: { content: Content };
				responses: Record<string, { content?: Content }>;
			}
		>
	>;
	components: { schemas: Record<string, Schema> };
}

/** Reads the document that the API makes of itself. */
export async function readReference(): Promise<Reference> {
	const reply = await fetch("/api/openapi.json").catch(() => {
		throw OFFLINE;
	});
	if (!reply.ok) throw await refusalFrom(reply);
	const wire: Wire = await reply.json();
	const groups = new Map<string, Operation[]>();
	for (const [path, methods] of Object.entries(wire.paths))
		for (const [method, { operationId, summary, tags, parameters, requestBody, responses }] of Object.entries(
			methods,
		)) {
			const [status = "200", answer] = Object.entries(responses).find(([code]) => code !== "default") ?? [];
			const [type, sent] = Object.entries(requestBody?.content ?? {})[0] ?? [];
			const name = tags[0] ?? "";
			groups.set(name, [
				...(groups.get(name) ?? []),
				{
					id: operationId,
					method: method.toUpperCase(),
					path,
					summary,
					parameters: parameters ?? [],
					body: type && sent ? { type, schema: sent.schema } : null,
					status,
					answer: answer?.content?.["application/json"]?.schema ?? null,
				},
			]);
		}
	return {
		groups: [...groups].map(([name, operations]) => ({ name, operations })).sort((a, b) => (a.name < b.name ? -1 : 1)),
		schemas: wire.components.schemas,
	};
}

/** Whether every word that is looked for is in the operation's method, path or summary. */
export function answersTo({ method, path, summary }: Operation, search: string): boolean {
	const text = `${method} ${path} ${summary}`.toLowerCase();
	return search
		.toLowerCase()
		.split(/\s+/)
		.every((word) => text.includes(word));
}
