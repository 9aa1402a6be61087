import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { settingsOf } from "../env";
import { paymentsFor } from "../outside/payments";
import { PaymentsUnclear } from "../outside/payments/payments";
import { addMonths } from "../pure/months";
import { openAdministrator, openMember } from "../test/access-matrix.people";
import { house, knock, openAccount, type TestAccount } from "../test/house";
import { callReal, deliver, event, realEnv, session, subscription } from "../test/payment-events";
import { cancelSubscription } from "./cancel";
import { Plan, PlanOnFile, Subscribed, TopUp } from "./inputs";
import { renewSimulated, settlePayments } from "./settle-payments";
import { subscribe as subscribeVerb } from "./subscribe";

afterEach(() => vi.restoreAllMocks());

const subscribe = (who: TestAccount, planId: string) => who.call("/api/subscriptions", { planId });
const subscriptionOf = (who: TestAccount) => who.call(`/api/subscriptions/${who.userId}`);

describe("plans", () => {
	it("are data: listed with price and what they include, edited by administrators", async () => {
		const [account, administrator] = [await openAccount(), await openAdministrator()];
		const plan = { name: "Solo", priceMicros: 9_000_000, creditMicros: 9_500_000 };

		const set = await administrator.call("/api/admin/plans/solo", plan, { method: "PUT" });
		const listed = Plan.array().parse(await (await account.call("/api/plans")).json());

		expect(set.status).toBe(200);
		expect(listed).toContainEqual(
			expect.objectContaining({ id: "solo", price: { amountMicros: 9_000_000, currency: "USD" } }),
		);
		expect((await account.call("/api/admin/plans/solo", plan, { method: "PUT" })).status).toBe(403);
		expect(
			(await administrator.call("/api/admin/plans/solo", { ...plan, priceMicros: 0 }, { method: "PUT" })).status,
		).toBe(422);
	});
});

describe("a plan that is withdrawn", () => {
	it("is offered to nobody, and still on file for administrators", async () => {
		const [account, administrator] = [await openAccount(), await openAdministrator()];
		const plan = { name: "Old", priceMicros: 9_000_000, creditMicros: 0, isOffered: false, position: 9 };
		await administrator.call("/api/admin/plans/old", plan, { method: "PUT" });

		const offered = Plan.array().parse(await (await account.call("/api/plans")).json());
		const onFile = PlanOnFile.array().parse(await (await administrator.call("/api/admin/plans")).json());

		expect(offered.map(({ id }) => id)).not.toContain("old");
		expect(onFile).toContainEqual(expect.objectContaining({ id: "old", isOffered: false, position: 9 }));
		expect((await account.call("/api/subscriptions", { planId: "old" })).status).toBe(404);
		expect((await account.call("/api/admin/plans")).status).toBe(403);
	});
});

describe("subscribing in simulation", () => {
	it("is instant, marked as simulated, and credits what the plan includes", async () => {
		const account = await openAccount();

		const reply = await subscribe(account, "starter");

		expect(reply.status).toBe(201);
		expect(Subscribed.parse(await reply.json())).toMatchObject({
			status: "active",
			checkoutUrl: null,
			subscription: { planId: "starter", status: "active", simulated: true },
		});
		expect(await account.balance()).toEqual({ available: 16_000_000, held: 0 });
		const { items }: { items: unknown[] } = await (await account.call("/api/payments")).json();
		expect(items).toMatchObject([{ kind: "subscription", method: "simulated", simulated: true, plan: "starter" }]);
	});

	it("changes the plan, refuses the same again, ends with the period and can go on after all", async () => {
		const account = await openAccount();
		await subscribe(account, "starter");
		const cancel = (cancel: boolean) => account.call("/api/subscriptions/cancel", { cancel });

		const same = await subscribe(account, "starter");
		const moved = await subscribe(account, "team");
		const cancelled = await cancel(true);
		const again = await cancel(false);

		expect(same.status).toBe(409);
		expect(Subscribed.parse(await moved.json()).subscription?.planId).toBe("team");
		expect(await cancelled.json()).toMatchObject({ status: "active", cancelAtPeriodEnd: true });
		expect(await again.json()).toMatchObject({ planId: "team", cancelAtPeriodEnd: false });
	});

	it("goes on month by month by the cron, once each, until it is cancelled", async () => {
		const account = await openAccount();
		await subscribe(account, "starter");
		const ticks = (months: number) => renewSimulated(house({ now: () => addMonths(Date.now(), months) + 60_000 }));

		await Promise.all([ticks(1), ticks(1)]);
		await ticks(1);
		expect(await account.balance()).toEqual({ available: 2 * 16_000_000, held: 0 });
		await cancelSubscription(account.scope({ now: () => addMonths(Date.now(), 1) + 120_000 }), true);
		await ticks(2);

		expect((await subscriptionOf(account)).status).toBe(404);
		expect(await account.balance()).toEqual({ available: 2 * 16_000_000, held: 0 });
	});

	it.each([{ planId: "team", status: "active" }, { planId: "team", price: 0 }, { planId: 5 }, {}])(
		"does not accept %j",
		async (body) => {
			const account = await openAccount();

			expect((await account.call("/api/subscriptions", body)).status).toBe(422);
			expect((await subscriptionOf(account)).status).toBe(404);
		},
	);

	it("knows no plan that is not offered, and shows a subscription to its account only", async () => {
		const [account, stranger] = [await openAccount(), await openAccount()];
		const { token } = await openMember(account);
		await subscribe(account, "team");

		expect((await subscribe(account, "gold")).status).toBe(404);
		expect((await stranger.call(`/api/subscriptions/${account.userId}`)).status).toBe(404);
		expect(await (await stranger.call("/api/subscriptions")).json()).toEqual([]);
		expect((await knock(`/api/subscriptions/${account.userId}`)).status).toBe(401);
		const asMember = { headers: { authorization: `Bearer ${token}`, "content-type": "application/json" } };
		const bought = await knock("/api/subscriptions", { method: "POST", body: '{"planId":"team"}', ...asMember });
		expect(bought.status).toBe(403);
	});

	it("is refused in production", async () => {
		const account = await openAccount();
		const scope = account.scope();
		const live = { ...scope, settings: { ...scope.settings, ENVIRONMENT: "production" as const } };

		const refused = subscribeVerb(live, { planId: "team" }, { key: null, requestHash: "" });

		await expect(refused).rejects.toMatchObject({ code: "misconfigured" });
	});
});

describe("paying with real money", () => {
	/** Stands in for the provider's API; remembers what it was asked. */
	function provider(answer: (path: string) => Response | Promise<Response>) {
		const asked: { method: string; path: string; form: URLSearchParams; headers: Headers }[] = [];
		vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
			const path = new URL(String(input)).pathname;
			const form = new URLSearchParams(init?.body instanceof URLSearchParams ? init.body : "");
			asked.push({ method: init?.method ?? "GET", path, form, headers: new Headers(init?.headers) });
			return answer(path);
		});
		return asked;
	}
	const page = () =>
		Response.json({ id: `cs_${crypto.randomUUID()}`, object: "checkout.session", url: "https://pay.stripe.test/cs_1" });
	const post = (body: unknown, key?: string): RequestInit => ({
		method: "POST",
		body: JSON.stringify(body),
		...(key ? { headers: { "idempotency-key": key } } : {}),
	});

	it("opens a page for exactly the amount, and credits nothing before the provider's word", async () => {
		const account = await openAccount();
		const asked = provider(page);

		const reply = await callReal(account.token, "/api/wallet/top-up", post({ amountMicros: 25_000_000 }));

		const body = TopUp.parse(await reply.json());
		expect(reply.status).toBe(201);
		expect(body).toMatchObject({ status: "open", simulated: false, checkoutUrl: "https://pay.stripe.test/cs_1" });
		expect(asked).toHaveLength(1);
		expect(Object.fromEntries(asked[0]?.form ?? [])).toMatchObject({
			mode: "payment",
			client_reference_id: body.paymentId,
			customer_email: account.email,
			"line_items[0][price_data][unit_amount]": "2500",
			"line_items[0][price_data][currency]": "usd",
		});
		expect(asked[0]?.headers.get("idempotency-key")).toBe(body.paymentId);
		expect(await account.balance()).toEqual({ available: 0, held: 0 });
		await deliver(event("checkout.session.completed", session(body.paymentId, 25_000_000)));
		expect(await account.balance()).toEqual({ available: 25_000_000, held: 0 });
	});

	it("opens one page for one key", async () => {
		const account = await openAccount();
		const asked = provider(page);
		const topUp = () => callReal(account.token, "/api/wallet/top-up", post({ amountMicros: 1_000_000 }, "k"));

		const [first, again] = [await topUp(), await topUp()];

		expect(await again.json()).toEqual(await first.json());
		expect(again.headers.get("idempotent-replayed")).toBe("true");
		expect(asked).toHaveLength(1);
	});

	it.each([
		["refuses", () => Response.json({ error: { message: "No such key" } }, { status: 401 }), 502],
		["fails", () => Response.json({ error: {} }, { status: 500 }), 503],
		["cannot be reached", () => Promise.reject(new TypeError("network")), 503],
	])("says so when the provider %s, and nobody is richer", async (_, answer, status) => {
		const account = await openAccount();
		provider(answer);

		const reply = await callReal(account.token, "/api/wallet/top-up", post({ amountMicros: 1_000_000 }));

		expect(reply.status).toBe(status);
		expect(await account.balance()).toEqual({ available: 0, held: 0 });
	});

	it("opens a page for a plan, and nobody is a subscriber before the provider's word", async () => {
		const account = await openAccount();
		const asked = provider((path) =>
			path.endsWith("/products") ? Response.json({ id: "trunkline_plan_team" }) : page(),
		);

		const reply = await callReal(account.token, "/api/subscriptions", post({ planId: "team" }));

		expect(Subscribed.parse(await reply.json())).toEqual({
			status: "checkout",
			subscription: null,
			checkoutUrl: "https://pay.stripe.test/cs_1",
		});
		expect(Object.fromEntries(asked[1]?.form ?? [])).toMatchObject({
			mode: "subscription",
			"line_items[0][price_data][unit_amount]": "4900",
			"subscription_data[metadata][account_id]": account.accountId,
			"subscription_data[metadata][plan_id]": "team",
		});
		expect((await subscriptionOf(account)).status).toBe(404);
	});

	it("opens the portal for a customer that the provider knows", async () => {
		const account = await openAccount();
		await env.DB.prepare("INSERT INTO billing_customers (account_id, customer_ref) VALUES (?, 'cus_known')")
			.bind(account.accountId)
			.run();
		const asked = provider(() => Response.json({ id: "bps_1", url: "https://pay.stripe.test/portal" }));

		const known = await callReal(account.token, "/api/payments/portal", post({}));
		const unknown = await callReal((await openAccount()).token, "/api/payments/portal", post({}));

		expect(await known.json()).toEqual({ url: "https://pay.stripe.test/portal" });
		expect(asked[0]?.form.get("customer")).toBe("cus_known");
		expect(unknown.status).toBe(404);
	});

	it("ends both when two pages for a plan were paid on, and has told administrators of the second", async () => {
		const account = await openAccount();
		const refs = ["sub_one", "sub_two"].map((ref) => `${ref}_${account.accountId}`);
		for (const ref of refs) await deliver(event("customer.subscription.created", subscription(ref, account.accountId)));
		const asked = provider((path) =>
			Response.json(subscription(path.split("/").at(-1) ?? "", account.accountId, { cancel_at_period_end: true })),
		);

		const cancelled = await callReal(account.token, "/api/subscriptions/cancel", post({ cancel: true }));

		expect(await cancelled.json()).toMatchObject({ status: "active", cancelAtPeriodEnd: true });
		expect(asked.map(({ path }) => path.split("/").at(-1)).sort()).toEqual(refs);
		const { results } = await env.DB.prepare("SELECT kind, ref FROM differences WHERE account_id = ?")
			.bind(account.accountId)
			.all();
		expect(results).toEqual([{ kind: "second_subscription", ref: refs[1] }]);
	});

	it("ends a subscription at once, and takes one that is gone for ended", async () => {
		const asked = provider((path) =>
			path.endsWith("sub_gone")
				? Response.json({ error: { code: "resource_missing", message: "No such subscription" } }, { status: 404 })
				: Response.json({ id: "sub_here", status: "canceled" }),
		);
		const payments = paymentsFor(settingsOf(realEnv));

		await payments.endSubscription("sub_here");
		await payments.endSubscription("sub_gone");

		expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
			"DELETE /v1/subscriptions/sub_here",
			"DELETE /v1/subscriptions/sub_gone",
		]);
		provider(() => Response.json({ error: { message: "later" } }, { status: 500 }));
		await expect(payments.endSubscription("sub_here")).rejects.toThrow(PaymentsUnclear);
	});

	it("ends requests that were cut off before the page was there, and forgets pages that nobody paid on", async () => {
		const account = await openAccount();
		provider(() => Promise.reject(new Error("the process died"))); // answers as unclear; the row is put back to where a crash leaves it
		await callReal(account.token, "/api/wallet/top-up", post({ amountMicros: 1_000_000 }, "k"));
		await env.DB.prepare("UPDATE operations SET state = 'open', settled_at = NULL WHERE account_id = ?")
			.bind(account.accountId)
			.run();

		await settlePayments(house({ now: () => Date.now() + 100_000_000 }));

		const operation = await env.DB.prepare("SELECT state FROM operations WHERE account_id = ?")
			.bind(account.accountId)
			.first();
		const payment = await env.DB.prepare("SELECT status FROM payments WHERE account_id = ?")
			.bind(account.accountId)
			.first();
		expect([operation, payment]).toEqual([{ state: "failed" }, { status: "expired" }]);
	});
});

describe("the list of payments", () => {
	it("comes page by page, to the account's owner only", async () => {
		const account = await openAccount();
		const { token } = await openMember(account);
		for (const dollars of [1, 2, 3]) await account.call("/api/wallet/top-up", { amountMicros: dollars * 1_000_000 });

		const first: { items: { amount: { amountMicros: number } }[]; nextCursor: string } = await (
			await account.call("/api/payments?limit=2")
		).json();
		const rest: typeof first = await (await account.call(`/api/payments?limit=2&cursor=${first.nextCursor}`)).json();

		const amounts = [...first.items, ...rest.items].map(({ amount }) => amount.amountMicros / 1_000_000);
		expect(amounts).toEqual([3, 2, 1]);
		expect(rest.nextCursor).toBeNull();
		expect((await knock("/api/payments", { headers: { authorization: `Bearer ${token}` } })).status).toBe(403);
		expect((await knock("/api/payments")).status).toBe(401);
	});
});
