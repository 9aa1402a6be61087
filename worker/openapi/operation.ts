import type { FaultCode } from "../errors";
import { Pending } from "../http/outcome";
import { scopesFor } from "../identity/api-keys/scopes";
import type { Json } from "./document";
import type { Errors } from "./errors";
import { exampleFor } from "./examples";
import type { Operation } from "./handlers";
import { MORE, type More } from "./more";
import type { Schemas } from "./schemas";
import { tagOf } from "./tags";

const PLACES: Record<string, string> = { query: "query", param: "path", header: "header" };
const DESCRIBED: Record<number, string> = {
	101: "The socket is open",
	201: "Made",
	202: "Under way",
	302: "Elsewhere",
};

/** One operation as OpenAPI has it. */
export function operationOf(operation: Operation, schemas: Schemas, errors: Errors): Json {
	const { method, path, notes } = operation;
	const more = MORE[`${method} ${path}`] ?? {};
	const { summary } = notes.find((note) => note.answers) ?? {};
	const parameters = [...parametersOf(operation, schemas), ...(more.once ? [KEY] : [])];
	const body = bodyOf(operation, more, schemas);
	return {
		operationId: `${method.toLowerCase()}${path.replace(/^\/api/, "").replaceAll(/[^A-Za-z0-9]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
		summary,
		tags: [tagOf(path)],
		security: securityOf(operation, more),
		...(parameters.length > 0 ? { parameters } : {}),
		...(body ? { requestBody: body } : {}),
		responses: { ...successesOf(operation, more, schemas), ...errors.of(faultsOf(operation, more, schemas)) },
	};
}

const KEY = { $ref: "#/components/parameters/IdempotencyKey" };

function parametersOf({ path, notes }: Operation, schemas: Schemas): Json[] {
	const declared = notes.flatMap(({ input }) => {
		const place = PLACES[input?.target ?? ""];
		if (!input || !place) return [];
		const { properties, required } = schemas.fieldsOf(input.shape, "input");
		return Object.entries(properties).map(([name, schema]) => ({
			name,
			in: place,
			required: place === "path" || required.has(name),
			schema,
		}));
	});
	const named = new Set(declared.filter((each) => each.in === "path").map(({ name }) => name));
	const others = [...path.matchAll(/\{(\w+)\}/g)]
		.map(([, name = ""]) => name)
		.filter((name) => !named.has(name))
		.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } }));
	return [...others, ...declared];
}

function bodyOf({ method, path, notes }: Operation, { takes }: More, schemas: Schemas): Json | null {
	if (takes) {
		const file = { type: "string", format: "binary", description: takes.file };
		const form = {
			type: "object",
			required: ["file"],
			properties: { ...schemas.fieldsOf(takes.fields, "input").properties, file },
		};
		const bare = (takes.bare ?? []).map((type) => [type, { schema: { type: "string", format: "binary" } }]);
		return {
			required: true,
			content: { "multipart/form-data": { schema: form }, ...Object.fromEntries(bare) },
		};
	}
	const json = notes.find(({ input }) => input?.target === "json")?.input;
	if (!json) return null;
	const schema = schemas.of(json.shape, "input");
	const { request } = exampleFor(`${method} ${path}`, { request: schema }, schemas.all);
	return { required: true, content: { "application/json": { schema, example: request } } };
}

function successesOf({ method, path, notes }: Operation, more: More, schemas: Schemas): Json {
	const { answers } = notes.find((note) => note.answers) ?? {};
	const status = answers?.status ?? 200;
	const description = DESCRIBED[status] ?? "Done";
	const others = more.once ? { 202: pending(schemas) } : {};
	if (more.gives)
		return { [status]: { description, content: { [more.gives]: { schema: { type: "string", format: "binary" } } } } };
	if (!answers?.shape) return { [status]: { description, ...(status === 302 ? { headers: LOCATION } : {}) } };
	const schema = schemas.of(answers.shape, "output");
	const { answer } = exampleFor(`${method} ${path}`, { answer: schema }, schemas.all);
	const told = { description, content: { "application/json": { schema, example: answer } } };
	return { [status]: told, ...others, ...(more.unsettled ? { 202: { ...told, description: more.unsettled } } : {}) };
}

const LOCATION = { Location: { schema: { type: "string", format: "uri-reference" } } };

function pending(schemas: Schemas): Json {
	return {
		description: "The carrier has not told whether it took it. Ask again in a while; nothing is done twice.",
		headers: { "Retry-After": { schema: { type: "integer" } } },
		content: {
			"application/json": {
				schema: schemas.of(Pending, "output"),
				example: { operationId: "op_01K9ZC3W4Q8Y7N5T2R1M6P0HXV", status: "pending" },
			},
		},
	};
}

function securityOf({ method, path, guards }: Operation, more: More): Json[] {
	if (more.byCookie) return [{ refreshCookie: [] }];
	if (!guards.has("signedIn")) return [];
	if (guards.has("byPerson")) return [{ session: [] }];
	return [{ session: [] }, ...scopesFor(method, path).map((scope) => ({ apiKey: [scope] }))];
}

/** In which ways it can fail: as its guards, inputs and path say, and as `more` does. */
function faultsOf({ path, notes, guards }: Operation, more: More, schemas: Schemas): FaultCode[] {
	const targets = new Set(notes.flatMap(({ input }) => (input ? [input.target] : [])));
	const when = (is: boolean, ...codes: FaultCode[]) => (is ? codes : []);
	const takesUser = notes.some(({ input }) => input && "userId" in schemas.fieldsOf(input.shape, "input").properties);
	return [
		...when(guards.has("signedIn"), "signed_out", "not_allowed"),
		...when(targets.has("json"), "malformed", "wrong_type", "too_large"),
		...when(targets.size > 0, "invalid_input"),
		...when(/\{|^\/api\/debug\//.test(path) || takesUser, "not_found"),
		...when(Boolean(more.takes), "malformed", "wrong_type", "too_large", "invalid_input", "not_found"),
		...when(Boolean(more.once), "malformed", "in_progress", "key_reused"),
		...(more.faults ?? []),
	];
}
