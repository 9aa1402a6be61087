import type { Hono } from "hono";
import * as z from "zod";
import packageJson from "../package.json";
import { noteOf, type RouteNote } from "./http/valid";

type Json = Record<string, unknown>;
type Routes = Pick<Hono, "routes">["routes"];

const ERROR = {
	type: "object",
	required: ["error", "code", "details", "requestId"],
	properties: {
		error: { type: "string", description: "What went wrong, for a person" },
		code: { type: "string", description: "What went wrong, for a program" },
		details: {
			oneOf: [
				{ type: "string" },
				{
					type: "array",
					items: {
						type: "object",
						required: ["path", "message"],
						properties: { path: { type: "string" }, message: { type: "string" } },
					},
				},
			],
		},
		requestId: { type: "string", description: "Quote it when you report a problem" },
	},
} as const;

const PLACES: Record<string, string> = { query: "query", param: "path", header: "header" };
const BODIES: Record<string, string> = { json: "application/json", form: "multipart/form-data" };

/**
 * The OpenAPI 3.1 document of every API route, made from the very shapes that validate (`valid`) and the words beside them (`says`).
 * A route without words is not part of the public API.
 */
export function openApiOf(routes: Routes): Json {
	const schemas: Json = { Error: ERROR };
	const paths: Record<string, Json> = {};
	for (const [key, notes] of notesByRoute(routes)) {
		const [method = "", path = ""] = key.split(" ");
		const at = path.replaceAll(/:(\w+)(\{[^}]*\})?/g, "{$1}");
		paths[at] = { ...paths[at], [method.toLowerCase()]: operation(at, method, notes, schemas) };
	}
	return {
		openapi: "3.1.0",
		info: {
			title: "Trunkline",
			version: packageJson.version,
			description: "The business phone system that anyone can run for themselves.",
		},
		servers: [{ url: "/" }],
		security: [{ bearer: [] }],
		paths,
		components: { schemas, securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
	};
}

/** What the handlers of each route say of it together, in the order of the routes; only routes with a summary. */
function notesByRoute(routes: Routes): [string, RouteNote[]][] {
	const notes = new Map<string, RouteNote[]>();
	for (const { method, path, handler } of routes) {
		const note = noteOf(handler);
		if (!note || method === "ALL" || !path.startsWith("/api/")) continue;
		const key = `${method} ${path}`;
		notes.set(key, [...(notes.get(key) ?? []), note]);
	}
	return [...notes].filter(([, all]) => all.some(({ summary }) => summary));
}

function operation(path: string, method: string, notes: RouteNote[], schemas: Json): Json {
	const { summary, answers } = notes.find((note) => note.answers) ?? {};
	const inputs = notes.flatMap(({ input }) =>
		input ? [{ target: input.target, schema: schemaOf(input.shape, "input", schemas) }] : [],
	);
	const body = inputs.find(({ target }) => target in BODIES);
	const declared = inputs.flatMap(({ target, schema }) =>
		target in PLACES ? parametersOf(PLACES[target] ?? "", schema) : [],
	);
	const named = new Set(declared.filter((parameter) => parameter.in === "path").map(({ name }) => name));
	const inPath = [...path.matchAll(/\{(\w+)\}/g)]
		.map(([, name]) => name ?? "")
		.filter((name) => !named.has(name))
		.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } }));
	return {
		operationId: `${method.toLowerCase()}${path.replace(/^\/api/, "").replaceAll(/[^A-Za-z0-9]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
		summary,
		tags: [path.split("/")[2] ?? "api"],
		...(declared.length + inPath.length > 0 ? { parameters: [...inPath, ...declared] } : {}),
		...(body
			? { requestBody: { required: true, content: { [BODIES[body.target] ?? ""]: { schema: body.schema } } } }
			: {}),
		responses: {
			[answers?.status ?? 200]: {
				description: summary ?? "Done",
				...(answers?.shape
					? { content: { "application/json": { schema: schemaOf(answers.shape, "output", schemas) } } }
					: {}),
			},
			default: {
				description: "Anything else",
				content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
			},
		},
	};
}

interface Parameter extends Json {
	name: string;
	in: string;
}

function parametersOf(place: string, schema: Json): Parameter[] {
	const required = new Set(Array.isArray(schema.required) ? schema.required : []);
	return Object.entries((schema.properties ?? {}) as Json).map(([name, inner]) => ({
		name,
		in: place,
		required: place === "path" || required.has(name),
		schema: inner,
	}));
}

/** The JSON schema of a shape. Shapes with an id of their own are put among `schemas` and referred to. */
function schemaOf(shape: z.ZodType, io: "input" | "output", schemas: Json): Json {
	const { $defs = {}, $schema: _, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: "any" }) as Json;
	for (const [id, definition] of Object.entries($defs as Json))
		schemas[id] ??= lifted(without(definition as Json, "id"));
	const { id, ...rest } = lifted(schema) as Json;
	if (typeof id !== "string") return rest;
	schemas[id] ??= rest;
	return { $ref: `#/components/schemas/${id}` };
}

function without(schema: Json, name: string): Json {
	const { [name]: _, ...rest } = schema;
	return rest;
}

function lifted(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/'));
}
