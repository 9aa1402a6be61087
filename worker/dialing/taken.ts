import { CarrierBusy, CarrierRefusal, type RefusalReason } from "../outside/carrier/carrier";

/** Refusals that say nothing about the person called: every further call would meet the same. */
export type Wholesale = "credentials" | "invalid_from";

/** How the carrier took an order to call somebody. A plain value, since it may come from another object, and errors lose their class on the way. */
export type Taken =
	| { result: "placed"; ref: string }
	| { result: "refused"; code: string }
	| { result: "wholesale"; reason: Wholesale }
	| { result: "busy"; retryAfterSeconds: number }
	| { result: "unclear" };

/** How calls that left together were taken, in their order, and when the last of them left: Unix milliseconds. */
export interface Orders {
	taken: Taken[];
	askedAt: number;
}

/** Places a call and says how it was taken. */
export async function takenBy(place: () => Promise<{ ref: string }>): Promise<Taken> {
	try {
		const { ref } = await place();
		return { result: "placed", ref };
	} catch (error) {
		if (error instanceof CarrierBusy) return { result: "busy", retryAfterSeconds: error.retryAfterSeconds };
		if (!(error instanceof CarrierRefusal)) return { result: "unclear" };
		return isWholesale(error.reason)
			? { result: "wholesale", reason: error.reason }
			: { result: "refused", code: `${error.reason}:${error.code}` };
	}
}

function isWholesale(reason: RefusalReason): reason is Wholesale {
	return reason === "credentials" || reason === "invalid_from";
}
