import { describe, expect, it } from "vitest";
import { openAccount, type TestAccount } from "../test/house";
import { openLine } from "../test/line";
import { Routing } from "./inputs";

async function routed(account: TestAccount, routing: unknown, id?: string): Promise<Response> {
	const line = id ?? (await openLine(account)).id;
	return account.call(`/api/phone-numbers/${line}`, { routing }, { method: "PUT" });
}
const madeBy = async (account: TestAccount, path: string, body: object): Promise<string> =>
	((await (await account.call(path, body)).json()) as { id: string }).id;

describe("a line's routing", () => {
	it("is kept as it was written, numbers as E.164, and taken back with null", async () => {
		const account = await openAccount();
		const { id } = await openLine(account);
		const queueId = await madeBy(account, "/api/queues", { name: "Sales" });
		const routing = {
			steps: [
				{ kind: "ring", userIds: [account.userId], order: "one_by_one", seconds: 15 },
				{ kind: "forward", number: "+1 (415) 555-2671" },
				{ kind: "queue", queueId },
				{ kind: "voicemail", say: "<Hangup/> & 'bye'" },
			],
			hours: {
				timeZone: "Europe/Berlin",
				week: [{ days: "12345", from: "09:00", to: "17:00" }],
				holidays: ["2026-12-25"],
				closed: [{ kind: "voicemail" }],
			},
			blocked: ["+44 7712 345678"],
			anonymous: "reject",
		};

		const reply = await routed(account, routing, id);
		const kept = Routing.parse(((await reply.json()) as { routing: unknown }).routing);
		const none = await routed(account, null, id);

		expect(reply.status).toBe(200);
		expect(kept).toMatchObject({ ...routing, steps: expect.anything(), blocked: ["+447712345678"], unknown: "ring" });
		expect(kept.steps[1]).toMatchObject({ number: "+14155552671", shows: "line", seconds: 25 });
		expect(((await none.json()) as { routing: unknown }).routing).toBeNull();
	});

	it("refers to nothing of somebody else's", async () => {
		const [account, stranger] = [await openAccount(), await openAccount()];
		const queueId = await madeBy(stranger, "/api/queues", { name: "Theirs" });
		const provider = { name: "PBX", host: "sip.carrier.io", port: 5060, username: "", active: true };
		const providerId = await madeBy(stranger, "/api/sip-providers", provider);
		const transfer = { name: "Desk", phoneNumber: "+14155552671" };
		const transferNumberId = await madeBy(stranger, "/api/transfer-numbers", transfer);

		const replies = await Promise.all(
			[
				{ kind: "queue", queueId },
				{ kind: "sip", providerId },
				{ kind: "forward", transferNumberId },
				{ kind: "ring", userIds: [stranger.userId] },
				{ kind: "play", greetingFileId: "grt_nobody" },
			].map((step) => routed(account, { steps: [step] })),
		);

		expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
	});

	it("does not send calls round in a circle over the account's own lines", async () => {
		const account = await openAccount();
		const other = await openLine(account);
		const step = { kind: "forward", number: other.e164 };
		const hours = { timeZone: "UTC", week: [], closed: [step] };

		const replies = [
			await routed(account, { steps: [step] }),
			await routed(account, { steps: [{ kind: "hangup" }], hours }),
		];

		expect(replies.map(({ status }) => status)).toEqual([422, 422]);
	});

	it.each([
		{ steps: [] },
		{ steps: [{ kind: "forward", number: "+19005550100" }] },
		{ steps: [{ kind: "forward", number: "911" }] },
		{ steps: [{ kind: "forward", number: "sip:x@127.0.0.1" }] },
		{ steps: [{ kind: "forward", number: "+14155552671</Number><Number>+19005550100" }] },
		{ steps: [{ kind: "forward" }] },
		{ steps: [{ kind: "forward", number: "+14155552671", transferNumberId: "trn_1" }] },
		{ steps: [{ kind: "sip", providerId: "sip_1", user: "a@b" }] },
		{ steps: [{ kind: "ring", seconds: 0 }] },
		{ steps: [{ kind: "fax" }] },
		{ steps: [{ kind: "hangup", more: 1 }] },
		{ steps: Array(11).fill({ kind: "hangup" }) },
		{ steps: [{ kind: "hangup" }], blocked: ["nobody"] },
		{ steps: [{ kind: "hangup" }], hours: { timeZone: "Mars/Phobos", week: [], closed: [{ kind: "hangup" }] } },
		{ steps: [{ kind: "hangup" }], hours: { timeZone: "UTC", week: [], closed: [] } },
		{
			steps: [{ kind: "hangup" }],
			hours: { timeZone: "UTC", week: [{ days: "8", from: "09:00", to: "17:00" }], closed: [{ kind: "hangup" }] },
		},
		"ring",
	])("is not %j", async (routing) => {
		const account = await openAccount();

		expect((await routed(account, routing)).status).toBe(422);
	});
});
