import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { settingsOf } from "../../env";
import { CarrierRefusal } from "../../outside/carrier/carrier";
import { fakeCarrier, timedOut } from "../../test/fake-carrier";
import { house, knock, openAccount, type TestAccount } from "../../test/house";
import { inboxNumber, newSid } from "../../test/inbox";
import { IncomingForm, type Message } from "../inputs";
import { receive } from "../receive";
import { sendMessage } from "../send";
import { fetchMedia } from "./fetch-media";
import { messageMediaUrl } from "./media-url";
import { sweepMedia } from "./upload";

const PEER = "+447712345678";
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3, 4]);

function upload(
	account: TestAccount,
	bytes: Uint8Array<ArrayBuffer> = PNG,
	name = "me.png",
	fields: Record<string, string> = {},
) {
	const form = new FormData();
	for (const [field, value] of Object.entries(fields)) form.append(field, value);
	form.append("file", new File([bytes], name));
	return account.call("/api/media", form);
}
const pathOf = (url: string) => url.replace("https://trunkline.test", "");
const once = { key: null, requestHash: "" };

describe("a picture that is uploaded", () => {
	it("is shown by its signed address, as what it is and nothing else", async () => {
		const account = await openAccount();

		const made = await upload(account, PNG, "../../we ird\u202e.html");

		const { url, ...rest } = await made.json<{ url: string }>();
		expect(rest).toMatchObject({ mediaType: "image/png", filename: "we ird.html", byteLength: PNG.length });
		const shown = await knock(pathOf(url));
		expect(new Uint8Array(await shown.arrayBuffer())).toEqual(PNG);
		expect(shown.headers.get("content-type")).toBe("image/png");
		expect(shown.headers.get("content-security-policy")).toContain("sandbox");
		expect(shown.headers.get("x-content-type-options")).toBe("nosniff");
	});

	it("goes with a message under an address that only the carrier gets", async () => {
		const account = await openAccount({ balanceMicros: 1_000_000 });
		const from = await inboxNumber(account);
		const carrier = fakeCarrier();
		const { url, id } = await (await upload(account)).json<{ url: string; id: string }>();

		const outcome = await sendMessage(account.scope({ carrier }), { from, to: PEER, mediaUrls: [url] }, once);

		const given = carrier.sent[0]?.mediaUrls[0] ?? "";
		expect(given).toMatch(new RegExp(`^https://trunkline.test/media/messages/${id}\\?`));
		expect((await knock(pathOf(given))).status).toBe(200);
		expect(outcome).toMatchObject({ body: { media: [{ id, mediaType: "image/png", filename: "me.png" }] } });
	});

	it("is nobody else's to send", async () => {
		const [account, stranger] = [await openAccount(), await openAccount({ balanceMicros: 1_000_000 })];
		const from = await inboxNumber(stranger);
		const { url } = await (await upload(account)).json<{ url: string }>();

		const reply = await stranger.call("/api/messages", { from, to: PEER, mediaUrls: [url] });

		expect(reply.status).toBe(422);
	});

	it.each([
		["a page", new TextEncoder().encode("<html><script>alert(1)</script>"), 415],
		["a drawing that can do things", new TextEncoder().encode("<svg xmlns='http://www.w3.org/2000/svg'/>"), 415],
		["nothing", new Uint8Array(0), 415],
		["too much", new Uint8Array(5_242_881).fill(0xff), 413],
	])("is not %s", async (_, bytes, status) => {
		const account = await openAccount();

		expect((await upload(account, new Uint8Array(bytes), "a.png")).status).toBe(status);
	});

	it("wants somebody who is signed in, and a form", async () => {
		const account = await openAccount();

		expect((await knock("/api/media", { method: "POST" })).status).toBe(401);
		expect((await account.call("/api/media", {})).status).toBe(415);
		expect((await upload(account, PNG, "a.png", { userId: "usr_nobody" })).status).toBe(404);
	});

	it("is swept away when it never came to its end", async () => {
		const { accountId } = await openAccount();
		await env.DB.prepare(
			"INSERT INTO message_media (id, account_id, status, r2_key, created_at) VALUES (?1, ?2, 'pending', ?1, 1)",
		)
			.bind(`med_${accountId}`, accountId)
			.run();

		await sweepMedia(house());

		const left = env.DB.prepare("SELECT count(*) AS n FROM message_media WHERE account_id = ?").bind(accountId);
		expect(await left.first("n")).toBe(0);
	});
});

describe("an address of a picture", () => {
	it("is good for one picture, until its time, and for nobody who changes it", async () => {
		const { url, id } = await (await upload(await openAccount())).json<{ url: string; id: string }>();
		const settings = settingsOf(env);
		const old = messageMediaUrl(settings, id, Date.now() - 1_000);
		const statuses = await Promise.all(
			[old, url.replace(id, `med_${"0".repeat(26)}`), url.replace(/e=\d+/, "e=9999999999"), `${url}x`].map(
				async (address) => (await knock(pathOf(address))).status,
			),
		);

		expect(statuses).toEqual([403, 403, 403, 403]);
		const gone = messageMediaUrl(settings, "med_nobody", Date.now() + 60_000);
		expect((await knock(pathOf(gone))).status).toBe(404);
		expect((await knock(`/media/messages/${id}`)).status).toBe(403);
	});
});

describe("a picture that comes in", () => {
	async function comeIn() {
		const account = await openAccount();
		const To = await inboxNumber(account);
		const carrier = fakeCarrier();
		const MessageSid = newSid("MM");
		const form = IncomingForm.parse({
			MessageSid,
			From: PEER,
			To,
			NumMedia: "1",
			MediaUrl0: "https://evil.example/steal",
			MediaContentType0: "image/png",
		});
		// Right after the webhook the carrier does not have it yet.
		carrier.upset("listMedia", { before: timedOut(), times: 1 });
		await receive(house({ carrier }), form);
		await vi.waitFor(() => expect(carrier.asked.listMedia).toBe(1));
		const read = async () => {
			const { items } = await (await account.call("/api/conversations")).json<{ items: { id: string }[] }>();
			const page = await account.call(`/api/conversations/${items[0]?.id}/messages`);
			return (await page.json<{ items: Message[] }>()).items[0];
		};
		const look = (hours: number) => fetchMedia(house({ carrier, now: () => Date.now() + hours * 3_600_000 }));
		return { account, carrier, read, look };
	}

	it("is fetched by the carrier's names and never from an address in the request, and the pages are told", async () => {
		const { account, carrier, read, look } = await comeIn();
		const waiting = await read();
		const url = pathOf(waiting?.media[0]?.url ?? "");
		expect((await knock(url)).status).toBe(503);

		await look(1);

		expect((await knock(url)).headers.get("content-type")).toBe("image/png");
		expect(carrier.asked).toMatchObject({ listMedia: 2, fetchMedia: 1 });
		expect(JSON.stringify(waiting)).not.toContain("evil.example");
		const told = env.DB.prepare("SELECT count(*) AS n FROM outbox WHERE account_id = ? AND type = 'message_status'");
		expect(await told.bind(account.accountId).first("n")).toBe(1);
	});

	it("is given up in the end, when the carrier never has it", async () => {
		const { carrier, read, look } = await comeIn();
		const url = pathOf((await read())?.media[0]?.url ?? "");
		carrier.upset("fetchMedia", { before: new CarrierRefusal("not_found", "20404", "gone") });

		for (const hours of [1, 2, 3, 4]) await look(hours);

		expect((await knock(url)).status).toBe(404);
		expect(carrier.asked.fetchMedia).toBe(2);
	});
});
