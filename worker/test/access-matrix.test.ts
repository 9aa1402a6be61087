import { describe, expect, it } from "vitest";
import { app } from "../app";
import { MATRIX, type Role, type Row } from "./access-matrix";
import { openAdministrator, openMember, tokenOf } from "./access-matrix.people";
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
	const reply = await knock(url, { method, headers, redirect: "manual", ...(body === undefined ? {} : { body }) });
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

const asQuery = (path: string) => ({ path, body: undefined });
const asField = (path: string, body: object) => ({ path, body });

describe("a userId of somebody else", () => {
	const { phoneNumber } = { phoneNumber: "+447712345678" };

	it.each([
		asQuery("/api/phone-numbers"),
		asQuery("/api/phone-numbers/available"),
		asQuery("/api/channels"),
		asQuery("/api/wallet"),
		asQuery("/api/wallet/entries"),
		asQuery("/api/contacts"),
		asQuery("/api/contact-lists"),
		asQuery("/api/do-not-call"),
		asQuery("/api/greeting-files"),
		asQuery("/api/transfer-numbers"),
		asQuery("/api/campaigns"),
		asField("/api/contacts", { phoneNumber }),
		asField("/api/contact-lists", { name: "People" }),
		asField("/api/do-not-call", { phoneNumber }),
		asField("/api/transfer-numbers", { name: "Desk", phone_number: phoneNumber }),
		asField("/api/campaigns", { title: "Offer" }),
		asField("/api/users/phone/check", { phoneNumber }),
		asField("/api/wallet/top-up", { amountMicros: 1_000_000 }),
		asField("/api/channels/generate-phone-number", { country: "US" }),
	])("is as unknown in $path as one that nobody has", async ({ path, body }) => {
		const [caller, other] = [await openAccount(), await openAccount()];
		const ask = (userId: string) =>
			body ? caller.call(path, { ...body, user_id: userId }) : caller.call(`${path}?userId=${userId}`);

		const [foreign, unknown] = [await ask(other.userId), await ask("usr_nobody")];

		expect([foreign.status, unknown.status]).toEqual([404, 404]);
	});

	it("is one's own when it is a sub-account's, and anybody's for an administrator", async () => {
		const [owner, admin] = [await openAccount(), await openAdministrator()];
		const { userId, call } = await openMember(owner);
		const path = (id: string) => `/api/phone-numbers?userId=${id}`;

		const replies = [
			await owner.call(path(userId)),
			await admin.call(path(userId)),
			await admin.call(path(owner.userId)),
			await call(path(userId)),
			await call(path(owner.userId)),
		];

		expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
		expect(replies.map((reply) => reply.headers.get("server-timing"))).toEqual(
			[2, 2, 2, 1, 1].map((trips) => `d1;desc="${trips} round trips"`),
		);
	});

	it("is not found in a form either", async () => {
		const [caller, other] = [await openAccount(), await openAccount()];
		const form = new FormData();
		form.append("userId", other.userId);
		form.append("file", new File([aSecondOfSilence()], "a.wav"));

		expect((await caller.call("/api/greeting-files", form)).status).toBe(404);
	});
});

function aSecondOfSilence(): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(44 + 8_000);
	const view = new DataView(bytes.buffer);
	const write = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
	write(0, "RIFF");
	view.setUint32(4, 36 + 8_000, true);
	write(8, "WAVEfmt ");
	for (const [at, size, value] of [
		[16, 4, 16],
		[20, 2, 1],
		[22, 2, 1],
		[24, 4, 8_000],
		[28, 4, 8_000],
		[32, 2, 1],
		[34, 2, 8],
	] as const)
		if (size === 4) view.setUint32(at, value, true);
		else view.setUint16(at, value, true);
	write(36, "data");
	view.setUint32(40, 8_000, true);
	return bytes;
}
