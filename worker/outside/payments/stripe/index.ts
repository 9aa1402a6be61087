import type { Settings } from "../../../env";
import type { Payments } from "../payments";

/** The real payment provider. Its library is large and most requests pay nothing, so it is loaded when it is first asked. */
export function stripePayments(settings: Settings): Payments {
	const real = async () => (await import("./client")).openStripe(settings);
	return {
		name: "stripe",
		openCheckout: async (checkout) => (await real()).openCheckout(checkout),
		changePlan: async (ref, change) => (await real()).changePlan(ref, change),
		cancelAtPeriodEnd: async (ref, cancel) => (await real()).cancelAtPeriodEnd(ref, cancel),
		openPortal: async (portal) => (await real()).openPortal(portal),
		paidSince: async (moment) => (await real()).paidSince(moment),
		readEvent: async (signed) => (await real()).readEvent(signed),
	};
}
