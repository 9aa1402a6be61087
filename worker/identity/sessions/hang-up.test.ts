import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { CLOSE as FEED } from "../../live/protocol";
import { CLOSE as ROOM } from "../../signaling/protocol";
import { callAs } from "../../test/access-matrix.people";
import { knock } from "../../test/house";
import { openSockets, PASSWORD, post, signInAgain, signUp } from "../../test/visitor";

const cutOff = [FEED.sessionEnded, ROOM.signedOut];
const newPassword = "another horse battery";

afterEach(() => {
	vi.useRealTimers();
});

async function sessionOf({ token }: { token: string }): Promise<string> {
	const reply = await callAs(token, "/api/auth/sessions");
	const { items }: { items: { id: string; current: boolean }[] } = await reply.json();
	return items.find(({ current }) => current)?.id ?? "";
}

describe("live feed and telephone", () => {
	it("are cut off by signing out, and only on this device", async () => {
		const here = await signUp();
		const there = await signInAgain(here);
		const [mine, other] = [await openSockets(here.call), await openSockets(there.call)];

		await post("/api/auth/logout", undefined, { authorization: `Bearer ${here.token}` });

		expect(await mine.closed).toEqual(cutOff);
		expect(other.isOpen()).toBe(true);
	});

	it("are cut off when their device is signed out from another", async () => {
		const here = await signUp();
		const there = await signInAgain(here);
		const sockets = await openSockets(there.call);

		await here.call(`/api/auth/sessions/${await sessionOf(there)}`, undefined, "DELETE");

		expect(await sockets.closed).toEqual(cutOff);
	});

	it("are cut off on every other device by a changed password", async () => {
		const here = await signUp();
		const there = await signInAgain(here);
		const [mine, other] = [await openSockets(here.call), await openSockets(there.call)];

		await here.call("/api/auth/password/change", { currentPassword: PASSWORD, newPassword });

		expect(await other.closed).toEqual(cutOff);
		expect(mine.isOpen()).toBe(true);
	});

	it("are cut off when a stolen refresh token comes back", async () => {
		const visitor = await signUp();
		const sockets = await openSockets(visitor.call);
		const { cookie } = visitor;
		await post("/api/auth/refresh", undefined, { cookie });
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 11_000 });

		await post("/api/auth/refresh", undefined, { cookie });

		expect(await sockets.closed).toEqual(cutOff);
		vi.useRealTimers();
		const again = await signInAgain(visitor);
		const audit: { items: unknown[] } = await (await again.call("/api/audit")).json();
		expect(audit.items).toMatchObject([{ action: "session.stolen", actorId: visitor.userId }]);
	});

	it.each([
		["suspended", "POST", "/suspend"],
		["removed", "DELETE", ""],
	])("of a member are cut off when it is %s", async (_, method, verb) => {
		const owner = await signUp();
		const email = `${crypto.randomUUID()}@example.com`;
		const made = await owner.call("/api/sub-accounts", { email, password: PASSWORD });
		const { id }: { id: string } = await made.json();
		const sockets = await openSockets((await signInAgain({ email })).call);

		await owner.call(`/api/sub-accounts/${id}${verb}`, undefined, method);

		expect(await sockets.closed).toEqual(cutOff);
	});

	it("are cut off for everybody when the account is closed", async () => {
		const owner = await signUp();
		const email = `${crypto.randomUUID()}@example.com`;
		await owner.call("/api/sub-accounts", { email, password: PASSWORD });
		const sockets = [await openSockets(owner.call), await openSockets((await signInAgain({ email })).call)];

		await owner.call("/api/account", { password: PASSWORD }, "DELETE");

		expect(await Promise.all(sockets.map(({ closed }) => closed))).toEqual([cutOff, cutOff]);
	});

	it("that a key opened are cut off when it is revoked", async () => {
		const owner = await signUp();
		const made = await owner.call("/api/api-keys", { name: "Desk", scopes: ["admin"] });
		const { id, key }: { id: string; key: string } = await made.json();
		const sockets = await openSockets((path, body) => callAs(key, path, body));

		await owner.call(`/api/api-keys/${id}`, undefined, "DELETE");

		expect(await sockets.closed).toEqual(cutOff);
	});
});

describe("signing devices out", () => {
	it("is not done by a session that has ended, though its token lives", async () => {
		const here = await signUp();
		const there = await signInAgain(here);
		await env.DB.prepare("UPDATE sessions SET revoked_at = 1 WHERE id = ?")
			.bind(await sessionOf(there))
			.run();

		const replies = [
			await there.call("/api/auth/sessions", undefined, "DELETE"),
			await there.call(`/api/auth/sessions/${await sessionOf(here)}`, undefined, "DELETE"),
		];

		expect(replies.map(({ status }) => status)).toEqual([401, 401]);
		expect((await post("/api/auth/refresh", undefined, { cookie: here.cookie })).status).toBe(200);
	});

	it("is written down when it was done, and only then", async () => {
		const here = await signUp();
		const there = await sessionOf(await signInAgain(here));

		await here.call(`/api/auth/sessions/${there}`, undefined, "DELETE");
		await here.call(`/api/auth/sessions/${there}`, undefined, "DELETE");
		await here.call("/api/api-keys/key_nobody", undefined, "DELETE");

		const audit: { items: unknown[] } = await (await here.call("/api/audit")).json();
		expect(audit.items).toMatchObject([{ action: "session.revoked", object: there }]);
		expect((await knock("/api/auth/sessions", { method: "DELETE" })).status).toBe(401);
	});
});
