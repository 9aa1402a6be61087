import { ulid } from "ulid";
import type * as z from "zod";
import { inOneBatch } from "../db/client";
import { Fault } from "../errors";
import type { Once } from "../http/idempotency";
import { earlierOutcome } from "../once/once";
import type { Outcome } from "../once/outcome";
import { doneOperation } from "../once/store";
import { money } from "../pure/money";
import type { Scope } from "../scope";
import { TopUp, type TopUpInput } from "./inputs";
import { ownerOnly } from "./owner-only";
import { book } from "./store";

const KIND = "top_up";

/** Pays money in. In simulation the payment is pretended, marked as such, and there at once. */
export async function topUp(
	scope: Scope,
	{ amountMicros }: TopUpInput,
	once: Once,
): Promise<Outcome<z.output<typeof TopUp>>> {
	ownerOnly(scope);
	const { db, accountId, userId, settings } = scope;
	if (settings.payments === "real" || settings.ENVIRONMENT === "production")
		throw new Fault("misconfigured", "Payments are not set up on this installation", {
			details: "Simulated payments are refused in production; the README says which settings real ones need",
		});
	const id = `pay_${ulid()}`;
	const now = scope.now();
	const body = { paymentId: id, status: "succeeded" as const, simulated: true, amount: money(amountMicros) };
	try {
		await inOneBatch(db, [
			doneOperation(
				db,
				accountId,
				{ id, userId, kind: KIND, once, hold: 0, detail: { amountMicros }, now },
				JSON.stringify(body),
			),
			book(db, accountId, {
				kind: "simulated_top_up",
				from: "external",
				to: "available",
				ref: id,
				memo: "Simulated payment",
				now,
				amountMicros,
			}),
		]);
	} catch (error) {
		const earlier = await earlierOutcome(scope, KIND, once, TopUp, error);
		if (earlier) return earlier;
		throw error;
	}
	return { state: "done", body, replayed: false };
}
