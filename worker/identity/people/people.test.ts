import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { openAdministrator, openMember } from "../../test/access-matrix.people";
import { knock, openAccount, type TestAccount } from "../../test/house";

const patch = (account: TestAccount, path: string, body: unknown) => account.call(path, body, { method: "PATCH" });

describe("profiles", () => {
	it("show and change what a person says of itself, one round trip each", async () => {
		const account = await openAccount();
		const path = `/api/profiles/${account.userId}`;

		const changed = await patch(account, path, {
			full_name: " Ada Byron ",
			companyName: "Engines Ltd",
			avatarUrl: "https://pictures.example/ada.png",
			timeZone: "Europe/London",
		});
		const shown = await account.call(path);

		const wanted = {
			id: account.userId,
			userId: account.userId,
			email: account.email,
			fullName: "Ada Byron",
			companyName: "Engines Ltd",
			avatarUrl: "https://pictures.example/ada.png",
			timeZone: "Europe/London",
			isAdmin: false,
			isAffiliate: false,
			createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
			updatedAt: expect.stringMatching(/Z$/),
		};
		expect(await changed.json()).toMatchObject(wanted);
		expect(await shown.json()).toMatchObject(wanted);
		expect([changed, shown].map((reply) => reply.headers.get("server-timing"))).toEqual(
			Array(2).fill('d1;desc="1 round trips"'),
		);
	});

	it("forget what is emptied, and keep what is not named", async () => {
		const account = await openAccount();
		const path = `/api/profiles/${account.userId}`;
		await patch(account, path, { fullName: "Ada", companyName: "Engines Ltd" });

		const reply = await patch(account, path, { companyName: "" });

		expect(await reply.json()).toMatchObject({ fullName: "Ada", companyName: null });
	});

	it.each([
		["administrator", { isAdmin: true }],
		["administrator, in the other spelling", { is_admin: true }],
		["balance", { balance: 1_000_000 }],
		["affiliate", { isAffiliate: true }],
		["role", { role: "owner" }],
		["account", { accountId: "usr_other" }],
		["call identity", { care4wId: "care4w-0000000" }],
		["address", { email: "other@example.com" }],
		["prototype", JSON.parse('{"__proto__":{"isAdmin":true},"isAdmin":true}')],
		["name of ten thousand letters", { fullName: "x".repeat(10_000) }],
		["name with a line break", { fullName: "Ada\nByron" }],
		["picture on plain http", { avatarUrl: "http://pictures.example/ada.png" }],
		["picture that is a script", { avatarUrl: "javascript:alert(1)" }],
		["zone on Mars", { timeZone: "Mars/Phobos" }],
	])("do not take a new %s", async (_, body) => {
		const account = await openAccount();

		const reply = await patch(account, `/api/profiles/${account.userId}`, body);

		expect(reply.status).toBe(422);
	});

	it("are nobody else's: a stranger's looks like one that is not there", async () => {
		const [one, other] = [await openAccount(), await openAccount()];

		const foreign = await one.call(`/api/profiles/${other.userId}`);
		const unknown = await one.call("/api/profiles/usr_unknown");

		const [first, second] = [await foreign.json<{ error: string }>(), await unknown.json<{ error: string }>()];
		expect([foreign.status, unknown.status]).toEqual([404, 404]);
		expect(first.error).toBe(second.error);
	});

	it("of a member are open to its owner, not the other way round", async () => {
		const owner = await openAccount();
		const member = await openMember(owner);
		const asMember = { headers: { authorization: `Bearer ${member.token}` } };

		const down = await owner.call(`/api/profiles/${member.userId}`);
		const up = await knock(`/api/profiles/${owner.userId}`, asMember);

		expect(await down.json()).toMatchObject({ id: member.userId, accountId: owner.accountId, role: "member" });
		expect(up.status).toBe(404);
	});

	it("are open to an administrator, who loses that the moment the database says so", async () => {
		const [admin, somebody] = [await openAdministrator(), await openAccount()];
		const path = `/api/profiles/${somebody.userId}`;

		const before = await admin.call(path);
		await env.DB.prepare("UPDATE users SET is_admin = 0 WHERE id = ?").bind(admin.userId).run();
		const after = await admin.call(path);

		expect([before.status, after.status]).toEqual([200, 404]);
	});
});

describe("settings", () => {
	it("start with what most people want", async () => {
		const account = await openAccount();

		const reply = await account.call("/api/users/settings");

		expect(await reply.json()).toEqual({
			settings: {
				personalPhoneNumber: null,
				phonePromptDismissedAt: null,
				care4wId: expect.stringMatching(/^care4w-/),
				theme: "system",
				timeZone: null,
				country: null,
				discoverable: true,
				notifications: { messages: true, missedCalls: true, campaigns: true, balance: true, email: true },
			},
		});
	});

	it.each([
		["as they are", (settings: object) => settings],
		["wrapped as they were answered", (settings: object) => ({ settings })],
	])("are changed %s", async (_, sent) => {
		const account = await openAccount();
		const at = "2026-11-21T10:00:00.000Z";

		const reply = await patch(
			account,
			"/api/users/settings",
			sent({ theme: "night", country: "Germany", phonePromptDismissedAt: at, notifications: { balance: false } }),
		);

		expect(await reply.json()).toMatchObject({
			settings: {
				theme: "night",
				country: "DE",
				phonePromptDismissedAt: at,
				notifications: { messages: true, balance: false },
			},
		});
	});

	it.each([
		["a theme that is none", "theme", { theme: "pink" }],
		["a personal number, which has a route of its own", "", { personalPhoneNumber: "+14155550100" }],
		["a notification that is no yes or no", "notifications.balance", { notifications: { balance: "sometimes" } }],
		["a country that is none", "country", { country: "Atlantis" }],
		["a theme that is none, wrapped", "theme", { settings: { theme: "pink" } }],
	])("refuse %s, and say which it is", async (_, path, body) => {
		const account = await openAccount();

		const reply = await patch(account, "/api/users/settings", body);

		expect(reply.status).toBe(422);
		expect(await reply.json()).toMatchObject({ details: [{ path }] });
	});

	it.each([
		["light", "day"],
		["dark", "night"],
	])("know the %s theme by its other name", async (theme, known) => {
		const account = await openAccount();

		const reply = await patch(account, "/api/users/settings", { theme });

		expect(await reply.json()).toMatchObject({ settings: { theme: known } });
	});
});
