import type { Hono } from "hono";
import packageJson from "../../package.json";
import { Errors, errorShape } from "./errors";
import { handlersOf } from "./handlers";
import { nameShapes } from "./names";
import { operationOf } from "./operation";
import { Schemas } from "./schemas";
import { tagOf, tagsOf } from "./tags";

export type Json = Record<string, unknown>;

const SECURITY = {
	session: {
		type: "http",
		scheme: "bearer",
		bearerFormat: "JWT",
		description: "The `access_token` of a session: from signing up, signing in or refreshing. Good for ten minutes.",
	},
	apiKey: {
		type: "http",
		scheme: "bearer",
		description: "An API key, made at `POST /api/api-keys`. Any one of the scopes that an operation names is enough.",
	},
	refreshCookie: {
		type: "apiKey",
		in: "cookie",
		name: "__Host-rt",
		description: "The refresh token of a browser, which no script can read.",
	},
};

const IDEMPOTENCY_KEY = {
	name: "Idempotency-Key",
	in: "header",
	required: false,
	description:
		"1 to 200 printable characters of your choice. For 24 hours the same key with the same body gives the first one's answer and does nothing again; with another body it is 409 `key_reused`.",
	schema: { type: "string", minLength: 1, maxLength: 200 },
	example: "3f1c0a4e-7d52-4d0c-9b5a-0c6f2d1e8a77",
};

/**
 * The OpenAPI 3.1 document of every API route, made from the very shapes that validate (`valid`), the words beside them (`says`), the
 * guards before them, and what `more.ts` adds. A route without words is not part of the public API. Made when the site is built.
 */
export function openApiOf(routes: Hono["routes"]): Json {
	nameShapes();
	const schemas = new Schemas({ Error: errorShape });
	const errors = new Errors();
	const paths: Record<string, Json> = {};
	const operations = handlersOf(routes);
	for (const operation of operations)
		paths[operation.path] = {
			...paths[operation.path],
			[operation.method.toLowerCase()]: operationOf(operation, schemas, errors),
		};
	return {
		openapi: "3.1.0",
		info: {
			title: "Trunkline",
			version: packageJson.version,
			description:
				"The business phone system that anyone can run for themselves: numbers, messages, calls, campaigns, assistants, money.\n\nTimes are ISO 8601 in UTC with milliseconds, amounts whole millionths of the currency, telephone numbers E.164. Names in bodies and queries are camelCase and are taken in snake_case too. What is deprecated is marked so and stays for six months.",
			license: { name: "MIT", identifier: "MIT" },
		},
		servers: [{ url: "/", description: "The installation that serves this document" }],
		security: [{ session: [] }],
		tags: tagsOf(new Set(operations.map(({ path }) => tagOf(path)))),
		paths,
		components: {
			schemas: schemas.all,
			parameters: { IdempotencyKey: IDEMPOTENCY_KEY },
			responses: errors.all,
			securitySchemes: SECURITY,
		},
	};
}
