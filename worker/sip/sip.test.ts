import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { settingsOf } from "../env";
import { house, knock, openAccount, type TestAccount } from "../test/house";
import type { SipProvider } from "./inputs";
import { resealPasswords } from "./keep";
import { openPassword } from "./password";

const SECRET = "correct <horse> & 'battery'";
const PROVIDER = {
	name: "Office",
	host: "sip.carrier.io",
	port: 5061,
	username: "desk",
	password: SECRET,
	active: true,
};

async function add(account: TestAccount, change: object = {}): Promise<SipProvider> {
	return (await account.call("/api/sip-providers", { ...PROVIDER, ...change })).json();
}
async function list(account: TestAccount): Promise<SipProvider[]> {
	return (await account.call("/api/sip-providers")).json();
}
const rowOf = (id: string) =>
	env.DB.prepare(
		"SELECT id, account_id AS accountId, password_sealed AS passwordSealed FROM sip_providers WHERE id = ?",
	)
		.bind(id)
		.first<{ id: string; accountId: string; passwordSealed: string | null }>();

describe("SIP providers", () => {
	it("are kept, and never tell their password", async () => {
		const account = await openAccount();

		const reply = await account.call("/api/sip-providers", { user_id: account.userId, ...PROVIDER });

		const text = await reply.text();
		expect(reply.status).toBe(201);
		expect(JSON.parse(text)).toMatchObject({
			name: "Office",
			host: "sip.carrier.io",
			port: 5061,
			username: "desk",
			active: true,
			hasPassword: true,
			userId: account.userId,
		});
		expect(text).not.toContain("horse");
		expect(await (await account.call("/api/sip-providers")).text()).not.toContain("horse");
	});

	it("have their password sealed to their own row", async () => {
		const account = await openAccount();
		const [one, other] = [await add(account), await add(account, { password: "another" })];

		const [row, foreign] = [await rowOf(one.id), await rowOf(other.id)];

		expect(row?.passwordSealed).not.toContain("horse");
		expect(row && (await openPassword(settingsOf(env), row))).toBe(SECRET);
		const swapped = row && { ...row, passwordSealed: foreign?.passwordSealed ?? null };
		await expect(swapped && openPassword(settingsOf(env), swapped)).rejects.toThrow();
	});

	it("change what is named, and keep the password that is not", async () => {
		const account = await openAccount();
		const { id } = await add(account);
		const change = (body: object) => account.call(`/api/sip-providers/${id}`, body, { method: "PUT" });

		const renamed: SipProvider = await (await change({ name: "Home", port: 5062 })).json();
		const bare: SipProvider = await (await change({ password: "" })).json();

		expect(renamed).toMatchObject({ name: "Home", port: 5062, host: "sip.carrier.io", hasPassword: true });
		expect(bare.hasPassword).toBe(false);
	});

	it("are switched off and on, and removed once", async () => {
		const account = await openAccount();
		const { id } = await add(account);
		const status = { active: false, user_id: account.userId };

		const off = await account.call(`/api/sip-providers/${id}/status`, status, { method: "PATCH" });

		expect(await off.json()).toEqual({ success: true });
		expect((await list(account))[0]?.active).toBe(false);
		const remove = () => account.call(`/api/sip-providers/${id}`, undefined, { method: "DELETE" });
		expect(await (await remove()).json()).toEqual({ success: true });
		expect((await remove()).status).toBe(404);
		expect(await list(account)).toEqual([]);
	});

	it.each([
		{ host: "127.0.0.1" },
		{ host: "0x7f.1" },
		{ host: "[::ffff:10.0.0.1]" },
		{ host: "169.254.169.254" },
		{ host: "pbx.local" },
		{ host: "a@b.com" },
		{ port: 0 },
		{ port: 65_536 },
		{ port: "http" },
		{ name: "" },
		{ username: "a>b" },
		{ username: "x@127.0.0.1" },
		{ password: "a\r\nb" },
		{ hasPassword: true },
		{ id: "sip_mine" },
	])("do not take %j", async (wrong) => {
		const account = await openAccount();

		expect((await account.call("/api/sip-providers", { ...PROVIDER, ...wrong })).status).toBe(422);
		expect(await list(account)).toEqual([]);
	});

	it("are nobody else's", async () => {
		const [account, stranger] = [await openAccount(), await openAccount()];
		const { id } = await add(account);
		const path = `/api/sip-providers/${id}`;

		const replies = await Promise.all([
			stranger.call(path, { name: "Mine" }, { method: "PUT" }),
			stranger.call(`${path}/status`, { active: false }, { method: "PATCH" }),
			stranger.call(path, undefined, { method: "DELETE" }),
			stranger.call(`/api/sip-providers?userId=${account.userId}`),
			stranger.call("/api/sip-providers", { ...PROVIDER, userId: account.userId }),
		]);

		expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
		expect((await knock("/api/sip-providers")).status).toBe(401);
		expect(await list(account)).toMatchObject([{ name: "Office", active: true }]);
	});

	it("do not change for a session that has ended, and every change stands in the audit log", async () => {
		const account = await openAccount();
		await add(account);
		await env.DB.prepare("UPDATE sessions SET revoked_at = 1 WHERE user_id = ?").bind(account.userId).run();

		const late = await account.call("/api/sip-providers", PROVIDER);

		expect(late.status).toBe(401);
		const log = await env.DB.prepare("SELECT action, detail FROM audit_log WHERE account_id = ?")
			.bind(account.accountId)
			.all();
		expect(log.results).toMatchObject([{ action: "sip.added" }]);
		expect(JSON.stringify(log.results)).not.toContain("horse");
	});

	it("are sealed anew when there is a newer key", async () => {
		const account = await openAccount();
		const { id } = await add(account);
		const settings = settingsOf(env);
		const rotated = { ...settings, ENCRYPTION_KEYS: { ...settings.ENCRYPTION_KEYS, 2: btoa("b".repeat(32)) } };

		await resealPasswords(house({ settings: rotated }));

		const row = await rowOf(id);
		expect(row?.passwordSealed).toMatch(/^v1\|2\|/);
		expect(row && (await openPassword(rotated, row))).toBe(SECRET);
	});
});
