import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { settingsOf } from "../env";
import { house, knock, openAccount, type TestAccount } from "../test/house";
import { mp3, ogg, wav } from "../test/recordings";
import type { Greeting } from "./inputs";
import { addGreeting } from "./keep";
import { mediaUrl } from "./media-url";
import { sweepGreetings } from "./sweep";

type Content = string | ArrayBufferView | Blob;
const formOf = (bytes: Content, filename = "hello.wav", type = "audio/wav") => {
	const form = new FormData();
	form.append("file", new File([bytes], filename, { type }));
	return form;
};
const upload = (account: TestAccount, form: FormData) => account.call("/api/greeting-files", form);
async function uploaded(account: TestAccount, bytes: Content = wav(1)): Promise<Greeting> {
	return (await upload(account, formOf(bytes))).json<Greeting>();
}
const listed = async (account: TestAccount) => (await account.call("/api/greeting-files")).json<Greeting[]>();
const objectsOf = async ({ accountId }: TestAccount) =>
	(await env.AUDIO.list({ prefix: `t/${accountId}/` })).objects.map(({ key }) => key);
const open = (url: string, headers: Record<string, string> = {}) =>
	knock(url.replace(/^https:\/\/[^/]+/, ""), { headers });
const campaign = (account: TestAccount, greeting: string, status: string) =>
	env.DB.prepare(
		"INSERT INTO campaigns (id, account_id, title, status, greeting_file_id, created_at, updated_at) VALUES (?1, ?2, 'Spring', ?3, ?4, 1, 1)",
	)
		.bind(`cmp_${greeting}`, account.accountId, status, greeting)
		.run();

describe("a greeting", () => {
	it.each([
		["audio/wav", wav(1.5), 1.5],
		["audio/mpeg", mp3(Array(100).fill(9)), 2.612],
		["audio/ogg", ogg(2), 2],
	])("is taken for what it is, whatever it is called: %s", async (mediaType, bytes, durationSeconds) => {
		const account = await openAccount();

		const reply = await upload(account, formOf(bytes, "holiday.txt", "text/html"));

		expect(reply.status).toBe(201);
		const greeting = await reply.json<Greeting>();
		expect(greeting).toMatchObject({
			userId: account.userId,
			filename: "holiday.txt",
			mediaType,
			durationSeconds,
			byteLength: bytes.length,
			createdAt: expect.stringMatching(/Z$/),
		});
		expect(await listed(account)).toMatchObject([{ id: greeting.id }]);
		expect(await objectsOf(account)).toHaveLength(1);
	});

	it("costs one round trip before its bytes are stored and one after", async () => {
		const reply = await upload(await openAccount(), formOf(wav(1)));

		expect(reply.headers.get("server-timing")).toContain("2 round trips");
	});

	it("may come with the user's id before or behind it", async () => {
		const account = await openAccount();
		const before = new FormData();
		before.append("user_id", account.userId);
		before.append("file", new File([wav(1)], "a.wav"));
		const behind = formOf(wav(1));
		behind.append("userId", account.userId);

		expect([(await upload(account, before)).status, (await upload(account, behind)).status]).toEqual([201, 201]);
	});

	it.each([
		["..\\..\\secret/evil.wav", "evil.wav"],
		["a.mp3\0.html", "a.mp3.html"],
		["\u202Egnp.exe", "gnp.exe"],
		["😀".repeat(150), "😀".repeat(120)],
		["///", "greeting"],
	])("is called by the plain part of its name: %j", async (name, filename) => {
		const account = await openAccount();

		expect(await (await upload(account, formOf(wav(1), name))).json()).toMatchObject({ filename });
	});
});

describe("what is no greeting", () => {
	const big = new Uint8Array(10_485_761);
	big.set(wav(1));
	it.each([
		["HTML", new TextEncoder().encode("<html>hello</html>"), 415],
		["HTML behind an ID3 tag", new Blob([mp3([], { tag: "x" }), "<script>".repeat(100)]), 415],
		["an archive", "PK\x03\x04", 415],
		["nothing", "", 415],
		["one byte", "R", 415],
		["a WAV without sound", wav(0), 415],
		["10 MB and one byte", big, 413],
	])("leaves nothing behind: %s", async (_, bytes, status) => {
		const account = await openAccount();

		const reply = await upload(account, formOf(bytes));

		expect(reply.status).toBe(status);
		expect([await listed(account), await objectsOf(account)]).toEqual([[], []]);
	});

	it("of exactly 10 MB is one", async () => {
		const whole = new Uint8Array(10_485_760);
		whole.set(wav(1, 10_485_760 - 44));

		expect((await upload(await openAccount(), formOf(whole))).status).toBe(201);
	});

	it("is a form without a file, with two, with other names, or no form", async () => {
		const account = await openAccount();
		const two = formOf(wav(1));
		two.append("file", new File([wav(1)], "b.wav"));
		const strange = formOf(wav(1));
		strange.append("status", "ready");
		const other = new FormData();
		other.append("song", new File([wav(1)], "b.wav"));

		const statuses = [];
		for (const form of [new FormData(), two, strange, other]) statuses.push((await upload(account, form)).status);
		statuses.push((await account.call("/api/greeting-files", { file: "a" })).status);
		statuses.push(
			(
				await account.call("/api/greeting-files", "--b\r\nx", {
					headers: { "content-type": "multipart/form-data; boundary=b" },
				})
			).status,
		);

		expect(statuses).toEqual([422, 422, 422, 422, 415, 400]);
		expect([await listed(account), await objectsOf(account)]).toEqual([[], []]);
	});

	it("is for somebody else", async () => {
		const account = await openAccount();
		const stranger = await openAccount();
		const form = formOf(wav(1));
		form.append("userId", stranger.userId);

		expect((await upload(account, form)).status).toBe(404);
		expect([await objectsOf(account), await objectsOf(stranger)]).toEqual([[], []]);
	});
});

describe("a signed URL", () => {
	it("plays the recording as audio and as nothing else", async () => {
		const account = await openAccount();
		const bytes = wav(1);
		const { url } = await uploaded(account, bytes);

		const reply = await open(url);

		expect(reply.status).toBe(200);
		expect(Object.fromEntries(reply.headers)).toMatchObject({
			"content-type": "audio/wav",
			"content-length": String(bytes.length),
			"content-disposition": expect.stringContaining("hello.wav"),
			"content-security-policy": expect.stringContaining("sandbox"),
			"x-content-type-options": "nosniff",
			"accept-ranges": "bytes",
		});
		expect(new Uint8Array(await reply.arrayBuffer())).toEqual(bytes);
		expect(reply.headers.get("server-timing")).toContain("1 round trips");
	});

	it.each([
		["bytes=0-3", 206, "bytes 0-3/16044", "RIFF"],
		["bytes=-4", 206, "bytes 16040-16043/16044", "\0\0\0\0"],
		["bytes=16044-", 416, "bytes */16044", ""],
		["bytes=0-3,8-11", 200, null, null],
		["pages=1", 200, null, null],
	])("gives a part of it: %s", async (range, status, contentRange, content) => {
		const { url } = await uploaded(await openAccount());

		const reply = await open(url, { range });

		expect([reply.status, reply.headers.get("content-range")]).toEqual([status, contentRange]);
		const body = new TextDecoder().decode(await reply.arrayBuffer());
		if (content !== null) expect(body).toBe(content);
	});

	it("gives the whole to a player that holds another recording's parts", async () => {
		const { url } = await uploaded(await openAccount());
		const etag = (await open(url, { range: "bytes=0-3" })).headers.get("etag") ?? "";

		expect((await open(url, { range: "bytes=0-3", "if-range": '"other"' })).status).toBe(200);
		expect((await open(url, { range: "bytes=0-3", "if-range": etag })).status).toBe(206);
	});

	it("is refused when anything in it was changed, or its time is over", async () => {
		const account = await openAccount();
		const { id, url } = await uploaded(account);
		const other = await uploaded(account);
		const over = mediaUrl(settingsOf(env), id, Date.now() - 1_000);
		const changed = [
			url.replace(id, other.id),
			url.replace(/e=\d+/, "e=9999999999"),
			url.replace("k=greeting", "k=recording"),
			url.replace(/s=.*/, "s=AAAA"),
			over,
		];

		for (const wrong of changed) expect((await open(wrong)).status).toBe(403);
		for (const missing of [url.replace(/&s=.*/, ""), url.replace(/e=\d+&/, ""), url.replace(/e=\d+/, "e=x")])
			expect((await open(missing)).status).toBe(403);
	});

	it("plays for as long as a campaign wants, and no longer than the recording is there", async () => {
		const account = await openAccount();
		const { id } = await uploaded(account);
		const url = mediaUrl(settingsOf(env), id, Date.now() + 86_400_000);
		await (await open(url)).body?.cancel();

		await account.call(`/api/greeting-files/${id}`, undefined, { method: "DELETE" });

		expect((await open(url)).status).toBe(404);
	});
});

describe("removing a greeting", () => {
	const remove = (account: TestAccount, id: string) =>
		account.call(`/api/greeting-files/${id}`, undefined, { method: "DELETE" });

	it("takes its bytes along", async () => {
		const account = await openAccount();
		const { id } = await uploaded(account);

		const reply = await remove(account, id);

		expect([reply.status, await reply.json()]).toEqual([200, { success: true }]);
		expect([await listed(account), await objectsOf(account)]).toEqual([[], []]);
		expect((await remove(account, id)).status).toBe(404);
	});

	it.each([
		["draft", 409],
		["scheduled", 409],
		["running", 409],
		["paused", 409],
		["completed", 200],
		["cancelled", 200],
	])("for a campaign that is %s: %d", async (status, expected) => {
		const account = await openAccount();
		const { id } = await uploaded(account);
		await campaign(account, id, status);

		expect((await remove(account, id)).status).toBe(expected);
		expect(await objectsOf(account)).toHaveLength(expected === 200 ? 0 : 1);
	});
});

describe("at the door", () => {
	it("greetings are for those who are signed in, and for their own", async () => {
		const account = await openAccount();
		const stranger = await openAccount();
		const { id } = await uploaded(account);
		const path = `/api/greeting-files/${id}`;

		for (const [method, at] of [
			["GET", "/api/greeting-files"],
			["POST", "/api/greeting-files"],
			["DELETE", path],
		] as const)
			expect((await knock(at, { method })).status).toBe(401);
		expect(await listed(stranger)).toEqual([]);
		expect((await stranger.call(`/api/greeting-files?userId=${account.userId}`)).status).toBe(404);
		expect((await stranger.call(path, undefined, { method: "DELETE" })).status).toBe(404);
		expect(await objectsOf(account)).toHaveLength(1);
	});
});

describe("the sweep", () => {
	const late = () => house({ now: () => Date.now() + 3_600_000 });
	const count = async ({ accountId }: TestAccount) =>
		(
			await env.DB.prepare("SELECT count(*) AS n FROM greeting_files WHERE account_id = ?")
				.bind(accountId)
				.first<{ n: number }>()
		)?.n;

	it("removes an upload that was cut off before it was ready, and leaves what is", async () => {
		const account = await openAccount();
		await uploaded(account);
		const half = await uploaded(account);
		await env.DB.prepare("UPDATE greeting_files SET status = 'pending' WHERE id = ?").bind(half.id).run();

		await sweepGreetings(house());
		expect(await count(account)).toBe(2);
		await sweepGreetings(late());

		expect([await count(account), (await objectsOf(account)).length]).toEqual([1, 1]);
	});

	it("removes bytes that have no row, and none of another kind", async () => {
		const account = await openAccount();
		const key = `t/${account.accountId}/`;
		await uploaded(account);
		await env.AUDIO.put(`${key}orphan`, "x", { customMetadata: { kind: "greeting" } });
		await env.AUDIO.put(`${key}recording`, "x", { customMetadata: { kind: "recording" } });

		for (let tick = 0; tick < 5; tick++) await sweepGreetings(late());

		const left = await objectsOf(account);
		expect(left).toHaveLength(2);
		expect(left).toContain(`${key}recording`);
	});

	it("finds nothing to do after an upload whose bytes were refused", async () => {
		const account = await openAccount();
		const audio = {
			put: () => Promise.reject(new Error("no room")),
			delete: (key: string) => env.AUDIO.delete(key),
		} as unknown as R2Bucket;
		const deferred: Promise<unknown>[] = [];
		const scope = account.scope({ audio, defer: (work) => deferred.push(work) });

		const refused = addGreeting(scope, "a.wav", { bytes: wav(1), mediaType: "audio/wav", durationMs: 1_000 });

		await expect(refused).rejects.toMatchObject({ code: "try_again" });
		await Promise.all(deferred);
		expect([await count(account), await objectsOf(account)]).toEqual([0, []]);
	});
});
