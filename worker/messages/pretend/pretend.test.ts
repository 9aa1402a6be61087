import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { app } from "../../app";
import { openAccount, type TestAccount } from "../../test/house";
import type { PretendThread } from "./inputs";

const PEER = "+447712345678";

async function open(): Promise<{ account: TestAccount; number: string; thread(): Promise<PretendThread["items"]> }> {
	const account = await openAccount({ balanceMicros: 5_000_000 });
	const made = await account.call("/api/channels/generate-phone-number", { country: "US", type: "sms" });
	const { phoneNumber: number } = await made.json<{ phoneNumber: string }>();
	const query = new URLSearchParams({ number, peer: PEER });
	const thread = async () =>
		(await (await account.call(`/api/debug/pretend/messages?${query}`)).json<PretendThread>()).items;
	return { account, number, thread };
}

describe("the pretend phone", () => {
	it("writes to one's own number by the real path, and shows what comes back", async () => {
		const { account, number, thread } = await open();

		const taken = await account.call("/api/debug/pretend/messages", { from: PEER, to: number, body: "Hello?" });

		expect(taken.status).toBe(201);
		await vi.waitFor(
			async () => {
				const { items } = await (await account.call("/api/conversations")).json<{ items: { lastText: string }[] }>();
				expect(items).toMatchObject([{ lastText: "Hello?" }]);
			},
			{ timeout: 10_000, interval: 50 },
		);
		await account.call("/api/messages", { from: number, to: PEER, body: "Hi!" });
		expect((await thread()).map(({ direction, body }) => `${direction} ${body}`)).toEqual([
			"sent Hello?",
			"received Hi!",
		]);
	});

	it("says STOP, and nothing more is sent to it", async () => {
		const { account, number } = await open();
		await account.call("/api/debug/pretend/messages", { from: PEER, to: number, body: "stop" });
		await vi.waitFor(async () => expect((await account.call(`/api/do-not-call/${PEER}`)).status).toBe(200), {
			timeout: 10_000,
			interval: 50,
		});

		const reply = await account.call("/api/messages", { from: number, to: PEER, body: "Hi!" });

		expect(reply.status).toBe(409);
		expect(await reply.json()).toMatchObject({ code: "opted_out" });
	});

	it("gets HELP answered", async () => {
		const { account, number, thread } = await open();

		await account.call("/api/debug/pretend/messages", { from: PEER, to: number, body: "HELP" });

		await vi.waitFor(async () => expect((await thread()).map(({ direction }) => direction)).toContain("received"), {
			timeout: 10_000,
			interval: 50,
		});
	});

	it("reaches only one's own numbers", async () => {
		const { number } = await open();
		const stranger = await openAccount();

		const replies = [
			await stranger.call("/api/debug/pretend/messages", { from: PEER, to: number, body: "x" }),
			await stranger.call("/api/debug/pretend/calls", { from: PEER, to: number }),
			await stranger.call(`/api/debug/pretend/messages?${new URLSearchParams({ number, peer: PEER })}`),
		];

		expect(replies.map(({ status }) => status)).toEqual([404, 404, 404]);
	});

	it("wants something to say", async () => {
		const { account, number } = await open();

		expect((await account.call("/api/debug/pretend/messages", { from: PEER, to: number })).status).toBe(422);
		expect((await account.call("/api/debug/pretend/messages", { from: "me", to: number, body: "x" })).status).toBe(422);
	});

	it("is not there in production", async () => {
		const production = { ...env, ENVIRONMENT: "production", RATE_LIMIT_SCALE: "1" };
		const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };

		const reply = await app.request(
			"https://trunkline.test/api/debug/pretend/messages",
			{ method: "POST" },
			production,
			context as unknown as ExecutionContext,
		);

		expect(reply.status).toBe(404);
	});
});
