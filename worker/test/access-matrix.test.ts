import { describe, expect, it } from "vitest";
import { app } from "../app";
import { MATRIX, type Role, type Row } from "./access-matrix";
import { tokenOf } from "./access-matrix.people";
import { knock, openAccount, type TestAccount } from "./house";

const ROLES: Role[] = ["owner", "member", "stranger", "admin"];

/** Every verb and path of the API that has a handler; what stands for all methods is a middleware. */
const routes = [
	...new Set(
		app.routes
			.filter(({ method, path }) => method !== "ALL" && path.startsWith("/api/"))
			.map(({ method, path }) => `${method} ${path}`),
	),
];

async function ask(route: string, row: Row, token: string | null, owner: TestAccount): Promise<number> {
	const [method = "", path = ""] = route.split(" ");
	const id = (await row.id?.(owner)) ?? "";
	const filled = (text: string) => text.replaceAll("{owner}", owner.userId).replaceAll("{id}", id);
	const headers = new Headers(token === null ? {} : { authorization: `Bearer ${token}` });
	const body = typeof row.body === "function" ? row.body() : row.body && filled(JSON.stringify(row.body));
	if (typeof body === "string") headers.set("content-type", "application/json");
	const url = filled(row.path ?? path.replace(":userId", "{owner}").replace(/:\w+(\{[^}]*\})?/, "{id}"));
	const reply = await knock(url, { method, headers, ...(body === undefined ? {} : { body }) });
	await reply.body?.cancel();
	return reply.status;
}

describe("the access matrix", () => {
	it("has a row for every route, and no row without a route", () => {
		expect(Object.keys(MATRIX).sort()).toEqual(routes.sort());
	});

	it.each(Object.entries(MATRIX))("%s answers to everybody as it should", async (route, row) => {
		const said: Record<string, number> = {};
		const owner = await openAccount({ balanceMicros: 1e9 });

		said.signedOut = await ask(route, row, null, owner);
		for (const role of ROLES.filter((role) => row[role] !== undefined)) {
			const account = await openAccount({ balanceMicros: 1e9 });
			said[role] = await ask(route, row, await tokenOf(role, account), account);
		}

		const { path: _, body: __, id: ___, ...expected } = { signedOut: 401, ...row };
		expect(said).toEqual(expected);
	});
});
