import { describe, expect, it } from "vitest";
import { app } from "./app";
import { knock } from "./test/house";

interface Document {
	openapi: string;
	paths: Record<
		string,
		Record<
			string,
			{ operationId: string; summary: string; parameters?: { name: string; in: string }[]; requestBody?: unknown }
		>
	>;
	components: { schemas: Record<string, unknown> };
}

const document = async () => (await knock("/api/openapi.json")).json<Document>();
const operationsIn = ({ paths }: Document) =>
	Object.entries(paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
	);

describe("the OpenAPI document", () => {
	it("has every route of the API", async () => {
		const listed = new Set(operationsIn(await document()).map(({ path, method }) => `${method.toUpperCase()} ${path}`));
		const routes = app.routes
			.filter(({ method, path }) => method !== "ALL" && path.startsWith("/api/") && !UNLISTED.test(path))
			.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)(\{[^}]*\})?/g, "{$1}")}`);

		expect(routes.filter((route) => !listed.has(route))).toEqual([]);
	});

	it("resolves every reference, and names every operation once", async () => {
		const text = JSON.stringify(await document());
		const { components } = JSON.parse(text) as Document;
		const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) =>
			to?.replace("#/components/schemas/", ""),
		);
		const ids = operationsIn(JSON.parse(text)).map(({ operationId }) => operationId);

		expect(references.filter((name) => !(String(name) in components.schemas))).toEqual([]);
		expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
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
