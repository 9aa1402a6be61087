import { Fault } from "../errors";
import { keptFault } from "../once/once";
import type { Outcome } from "../once/outcome";
import { settleOperation } from "../once/store";
import { PaymentsRefusal, type PaymentsUnclear } from "../outside/payments/payments";
import type { Scope } from "../scope";

/** Ends a request that the payment provider did not take. Nobody pays on a page that nobody was given. */
export async function failOperation(
	{ db, accountId, now }: Scope,
	id: string,
	error: PaymentsRefusal | PaymentsUnclear,
): Promise<Outcome<never>> {
	const fault =
		error instanceof PaymentsRefusal
			? new Fault("carrier_refused", `The payment provider refused: ${error.message}`)
			: new Fault("try_again", "The payment provider does not answer. Nothing was paid; try again.", {
					retryAfter: 10,
				});
	await settleOperation(db, accountId, id, { state: "failed", responseBody: keptFault(fault), now: now() });
	return { state: "failed", fault, replayed: false };
}
