import { describe, expect, it } from "vitest";
import * as z from "zod";
import { TopUp } from "../payments/inputs";
import { knock, openAccount } from "../test/house";
import { Wallet, WalletEntry } from "./inputs";

const Entries = z.object({ items: z.array(WalletEntry), nextCursor: z.string().nullable() });

describe("the wallet", () => {
	it("starts empty", async () => {
		const account = await openAccount();

		const reply = await account.call("/api/wallet");

		expect(Wallet.parse(await reply.json())).toMatchObject({
			userId: account.accountId,
			balance: { amountMicros: 0, currency: "USD" },
		});
		expect(reply.headers.get("server-timing")).toContain("1 round trips");
	});

	it("is topped up at once in simulation, and the entry says that it was simulated", async () => {
		const account = await openAccount();

		const reply = await account.call("/api/wallet/top-up", { amountMicros: 25_000_000 });

		expect(reply.status).toBe(201);
		expect(TopUp.parse(await reply.json())).toMatchObject({ status: "succeeded", simulated: true });
		expect(await account.balance()).toEqual({ available: 25_000_000, held: 0 });
		const { items } = Entries.parse(await (await account.call("/api/wallet/entries")).json());
		expect(items.map(({ kind }) => kind)).toEqual(["simulated_top_up"]);
	});

	it("is topped up once by twenty requests with one Idempotency-Key", async () => {
		const account = await openAccount();
		const init = { headers: { "idempotency-key": "one-top-up" } };

		const replies = await Promise.all(
			Array.from({ length: 20 }, () => account.call("/api/wallet/top-up", { amountMicros: 5_000_000 }, init)),
		);

		const first = replies.filter(({ status, headers }) => status === 201 && !headers.has("idempotent-replayed"));
		expect(first).toHaveLength(1);
		expect(replies.every(({ status }) => status === 201 || status === 409)).toBe(true);
		const again = await account.call("/api/wallet/top-up", { amountMicros: 5_000_000 }, init);
		expect(again.headers.get("idempotent-replayed")).toBe("true");
		expect(first[0]?.headers.get("server-timing")).toContain("2 round trips");
		expect(await account.balance()).toEqual({ available: 5_000_000, held: 0 });
	});

	it("refuses a used key with another amount", async () => {
		const account = await openAccount();
		const init = { headers: { "idempotency-key": "k" } };
		await account.call("/api/wallet/top-up", { amountMicros: 5_000_000 }, init);

		const reply = await account.call("/api/wallet/top-up", { amountMicros: 6_000_000 }, init);

		expect(reply.status).toBe(409);
		expect(await reply.json()).toMatchObject({ code: "key_reused" });
	});

	it.each([-1_000_000, 0, 1_000_000.5, 1_005_000, 2 ** 53, 1e300, "5000000", null])(
		"does not accept %s as an amount",
		async (amountMicros) => {
			const account = await openAccount();

			const reply = await account.call("/api/wallet/top-up", { amountMicros });

			expect(reply.status).toBe(422);
			expect(await account.balance()).toEqual({ available: 0, held: 0 });
		},
	);

	it("does not take a balance or a kind from the browser", async () => {
		const account = await openAccount();

		const reply = await account.call("/api/wallet/top-up", { amountMicros: 1_000_000, kind: "gift", available: 9 });

		expect(reply.status).toBe(422);
	});

	it("tells page by page what the balance was after each entry", async () => {
		const account = await openAccount();
		for (const dollars of [1, 2, 3, 4, 5])
			await account.call("/api/wallet/top-up", { amountMicros: dollars * 1_000_000 });

		const first = await account.call("/api/wallet/entries?limit=3");
		const page = Entries.parse(await first.json());
		const next = await account.call(`/api/wallet/entries?limit=3&cursor=${page.nextCursor}`);
		const rest = Entries.parse(await next.json());

		const balances = [...page.items, ...rest.items].map(({ balanceAfter }) => balanceAfter.amountMicros / 1_000_000);
		expect(balances).toEqual([15, 10, 6, 3, 1]);
		expect(rest.nextCursor).toBeNull();
		expect(first.headers.get("server-timing")).toContain("1 round trips");
	});

	it("is nobody else's: signed out 401, a stranger's id 404, a forged cursor 422", async () => {
		const account = await openAccount();
		const stranger = await openAccount();

		expect((await knock("/api/wallet")).status).toBe(401);
		expect((await knock("/api/wallet/entries")).status).toBe(401);
		expect((await knock("/api/wallet/top-up", { method: "POST" })).status).toBe(401);
		expect((await account.call(`/api/wallet?userId=${stranger.userId}`)).status).toBe(404);
		expect((await account.call("/api/wallet/entries?cursor=abc")).status).toBe(422);
	});
});
