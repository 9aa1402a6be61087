import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { app } from "../app";

export const SECRET = "whsec_test_secret_of_this_installation";

/** The Worker as it is with real payments set up. */
export const realEnv = {
	...env,
	STRIPE_SECRET_KEY: "sk_test_1",
	STRIPE_WEBHOOK_SECRET: `whsec_the_one_before,${SECRET}`,
	STRIPE_API_BASE_URL: "https://stripe.test",
};

/** The signature that the provider puts on a body. */
export async function signed(body: string, { secret = SECRET, at = Date.now() } = {}): Promise<string> {
	const t = Math.floor(at / 1000);
	const key = await crypto.subtle.importKey(
		"raw",
		new TextEncoder().encode(secret),
		{ name: "HMAC", hash: "SHA-256" },
		false,
		["sign"],
	);
	const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`${t}.${body}`));
	return `t=${t},v1=${new Uint8Array(mac).toHex()}`;
}

let events = 0;

/** An event as the provider sends it. */
export function event(type: string, object: Record<string, unknown>, { at = Date.now(), id = `evt_${events++}` } = {}) {
	return JSON.stringify({ id, object: "event", type, created: Math.floor(at / 1000), data: { object } });
}

/** Brings a body to the payment provider's door. */
export async function deliver(body: string, signature?: string): Promise<Response> {
	const request = new Request("https://trunkline.test/webhooks/stripe", {
		method: "POST",
		body,
		headers: { "stripe-signature": signature ?? (await signed(body)) },
	});
	return app.fetch(request, realEnv, createExecutionContext());
}

/** Asks the API of an installation with real payments. */
export function callReal(token: string, path: string, init: RequestInit = {}): Promise<Response> {
	const headers = { authorization: `Bearer ${token}`, "content-type": "application/json", ...init.headers };
	const request = new Request(`https://trunkline.test${path}`, { ...init, headers });
	return Promise.resolve(app.fetch(request, realEnv, createExecutionContext()));
}

export function session(paymentId: string, amountMicros: number, more: Record<string, unknown> = {}) {
	return {
		id: `cs_${paymentId}`,
		object: "checkout.session",
		mode: "payment",
		payment_status: "paid",
		client_reference_id: paymentId,
		amount_total: amountMicros / 10_000,
		currency: "usd",
		payment_intent: `pi_${paymentId}`,
		customer: `cus_${paymentId}`,
		payment_method_types: ["card"],
		...more,
	};
}

export function subscription(ref: string, accountId: string, more: Record<string, unknown> = {}) {
	return {
		id: ref,
		object: "subscription",
		status: "active",
		cancel_at_period_end: false,
		customer: `cus_${accountId}`,
		metadata: { account_id: accountId, plan_id: "team" },
		items: { data: [{ id: "si_1", current_period_start: 1_800_000_000, current_period_end: 1_802_592_000 }] },
		...more,
	};
}

export function invoice(ref: string, accountId: string, cents = 4_900) {
	return {
		id: ref,
		object: "invoice",
		amount_paid: cents,
		amount_due: cents,
		currency: "usd",
		parent: { subscription_details: { metadata: { account_id: accountId, plan_id: "team" } } },
	};
}
