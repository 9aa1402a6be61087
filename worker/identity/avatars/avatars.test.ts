import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { knock, openAccount, type TestAccount } from "../../test/house";

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3];
const upload = (account: TestAccount, bytes: ArrayLike<number>, name = "me.png", userId = account.userId) => {
	const form = new FormData();
	form.append("file", new File([Uint8Array.from(bytes)], name));
	return account.call(`/api/profiles/${userId}/avatar`, form, { method: "POST" });
};
const pathIn = async (reply: Response) => new URL((await reply.json<{ avatarUrl: string }>()).avatarUrl).pathname;

describe("an avatar", () => {
	it("is uploaded, and shown to whoever has its address, as a picture and nothing else", async () => {
		const account = await openAccount();

		const reply = await upload(account, PNG, "me.html");

		expect(reply.status).toBe(200);
		const shown = await knock(await pathIn(reply));
		expect(new Uint8Array(await shown.arrayBuffer())).toEqual(new Uint8Array(PNG));
		expect(shown.headers.get("content-type")).toBe("image/png");
		expect(shown.headers.get("x-content-type-options")).toBe("nosniff");
		expect(shown.headers.get("content-security-policy")).toContain("sandbox");
	});

	it("replaces the one before", async () => {
		const account = await openAccount();
		const first = await pathIn(await upload(account, PNG));

		const second = await pathIn(await upload(account, PNG));

		expect(second).not.toBe(first);
		expect((await knock(first)).status).toBe(404);
		expect((await env.AUDIO.list({ prefix: `avatars/${account.userId}/` })).objects).toHaveLength(1);
	});

	it.each([
		["a script", new TextEncoder().encode("<svg onload=alert(1)>"), 415],
		["nothing", new Uint8Array(0), 415],
		["more than a megabyte", new Uint8Array(1_048_577).fill(1), 413],
	])("is not %s, and leaves nothing behind", async (_, bytes, status) => {
		const account = await openAccount();

		expect((await upload(account, bytes)).status).toBe(status);
		expect((await env.AUDIO.list({ prefix: `avatars/${account.userId}/` })).objects).toEqual([]);
	});

	it("is nobody else's to set", async () => {
		const [one, other] = [await openAccount(), await openAccount()];

		expect((await upload(one, PNG, "me.png", other.userId)).status).toBe(404);
	});

	it.each(["/media/avatars/usr_1/..%2f..%2fsecret", "/media/avatars/usr_1/01ARZ3NDEKTSV4RRFFQ69G5FAV"])(
		"is not at %s",
		async (path) => {
			expect([404, 422]).toContain((await knock(path)).status);
		},
	);
});
