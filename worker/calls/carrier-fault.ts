import { Fault } from "../errors";
import { CarrierBusy, CarrierRefusal } from "../outside/carrier/carrier";

/** What the caller is told when the carrier did definitely not do it; null for every other error. */
export function faultAtCarrier(error: unknown): Fault | null {
	if (error instanceof CarrierBusy)
		return new Fault("try_again", "All lines are busy. Try again in a moment.", {
			retryAfter: error.retryAfterSeconds,
			cause: error,
		});
	if (error instanceof CarrierRefusal)
		return new Fault("carrier_refused", `The carrier refused: ${error.message}`, { cause: error });
	return null;
}
