import type { Settings } from "../../env";
import type { Payments } from "./payments";
import { simulatedPayments } from "./simulated";
import { stripePayments } from "./stripe";

/** The payment provider that the settings name: Stripe with its key, pretended money without. */
export function paymentsFor(settings: Settings): Payments {
	return settings.payments === "real" ? stripePayments(settings) : simulatedPayments();
}
