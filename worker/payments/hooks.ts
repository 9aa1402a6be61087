import { Hono } from "hono";
import { Fault } from "../errors";
import type { HttpEnv } from "../http/http-env";
import { ForgedEvent } from "../outside/payments/payments";
import { hearPayment } from "./hear-payment";

/** Nothing that the payment provider sends is longer. */
const LONGEST = 1_000_000;

/** The payment provider's door: the signature first, over the body as it came. */
export const paymentHooks = new Hono<HttpEnv>().post("/stripe", async (c) => {
	const house = c.var.house;
	const signature = c.req.header("stripe-signature") ?? "";
	if (Number(c.req.header("content-length") ?? 0) > LONGEST) throw new Fault("too_large", "Too large for an event");
	const rawBody = await c.req.text();
	const event = await house.payments.readEvent({ rawBody, signature, now: house.now() }).catch((error: unknown) => {
		if (error instanceof ForgedEvent) throw new Fault("bad_signature", "Not an event of the payment provider");
		throw error;
	});
	await hearPayment(house, event);
	return c.json({ received: true });
});
