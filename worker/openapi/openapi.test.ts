import { describe, expect, it } from "vitest";
import { app } from "../app";
import { openApiOf } from "./document";
import { MORE } from "./more";

interface Operation {
	operationId: string;
	summary: string;
	tags: string[];
	security: unknown;
	parameters?: { name: string; in: string }[];
	requestBody?: unknown;
	responses: Record<string, unknown>;
}
interface Document {
	paths: Record<string, Record<string, Operation>>;
	components: Record<string, Record<string, unknown>>;
}

const document = async () => JSON.parse(JSON.stringify(openApiOf(app.routes))) as Document;
const operationsIn = ({ paths }: Document) =>
	Object.entries(paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
	);

describe("the OpenAPI document", () => {
	it("has every route of the API", async () => {
		const listed = new Set(operationsIn(await document()).map(({ path, method }) => `${method.toUpperCase()} ${path}`));
		const routes = app.routes
			.filter(({ method, path }) => method !== "ALL" && path.startsWith("/api/") && !UNLISTED.test(path))
			.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)(\{[^/]*\})?(?=\/|$)/g, "{$1}")}`);

		expect(routes.filter((route) => !listed.has(route))).toEqual([]);
	});

	it("resolves every reference, and names every operation once", async () => {
		const told = await document();
		const references = [...JSON.stringify(told).matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)];
		const ids = operationsIn(told).map(({ operationId }) => operationId);

		const dangling = references.filter(([, kind = "", name = ""]) => !(name in (told.components[kind] ?? {})));
		expect(dangling).toEqual([]);
		expect(references.length).toBeGreaterThan(500);
		expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
	});

	it("says of every operation who may ask, how it can fail, and what it is about", async () => {
		const told = operationsIn(await document());

		expect(told.filter(({ security }) => !Array.isArray(security))).toEqual([]);
		expect(told.filter(({ responses }) => !("default" in responses))).toEqual([]);
		expect(told.filter(({ tags }) => tags.length !== 1)).toEqual([]);
	});

	it("knows the guards before a route, wherever they stand", async () => {
		const { paths } = await document();
		const rights = (path: string, method: string) => JSON.stringify(paths[path]?.[method]?.security);

		expect(rights("/api/health", "get")).toBe("[]");
		expect(rights("/api/auth/refresh", "post")).toBe('[{"refreshCookie":[]}]');
		expect(rights("/api/account", "delete")).toBe('[{"session":[]}]');
		expect(rights("/api/messages", "post")).toBe('[{"session":[]},{"apiKey":["messages"]},{"apiKey":["admin"]}]');
	});

	it("has nothing to add about an operation that there is none of", async () => {
		const names = operationsIn(await document()).map(({ path, method }) => `${method.toUpperCase()} ${path}`);

		expect(Object.keys(MORE).filter((name) => !names.includes(name))).toEqual([]);
	});

	it("shows a file and what may stand beside it, and where a key makes something happen once", async () => {
		const { paths } = await document();
		const upload = JSON.stringify(paths["/api/contact-lists/{id}/import"]?.post?.requestBody);

		expect(upload).toContain('"multipart/form-data"');
		expect(upload).toContain('"text/csv"');
		expect(upload).toContain('"country"');
		expect(JSON.stringify(paths["/api/messages"]?.post?.parameters)).toContain("IdempotencyKey");
		expect(Object.keys(paths["/api/messages"]?.post?.responses ?? {})).toEqual(
			expect.arrayContaining(["201", "202", "402", "409", "429", "502"]),
		);
	});

	it("declares every part of every path", async () => {
		const undeclared = operationsIn(await document()).filter(({ path, parameters = [] }) =>
			[...path.matchAll(/\{(\w+)\}/g)].some(
				([, name]) => !parameters.some((parameter) => parameter.in === "path" && parameter.name === name),
			),
		);

		expect(undeclared).toEqual([]);
	});

	it("describes a body by the shape that checks it", async () => {
		const { paths } = await document();

		expect(JSON.stringify(paths["/api/campaigns"]?.post?.requestBody)).toContain("callerNumbers");
	});
});

/** Sockets and pretend phones are no part of the public API; the document does not describe itself. */
const UNLISTED = /^\/api\/(openapi\.json|docs|debug\/|live$|signaling\/)/;
