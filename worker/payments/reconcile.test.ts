import { describe, expect, it } from "vitest";
import type { PaidCheckout, Payments } from "../outside/payments/payments";
import { simulatedPayments } from "../outside/payments/simulated";
import { openAdministrator } from "../test/access-matrix.people";
import { house, openAccount } from "../test/house";
import { deliver, event, session } from "../test/payment-events";
import { reconcilePayments, reconcilePaymentsDaily } from "./reconcile-payments";
import { addPayment } from "./store";

const AMOUNT = 20_000_000;

/** A provider whose books say that this was paid. */
const provider = (paid: PaidCheckout[]): Payments => ({
	...simulatedPayments(),
	name: "stripe",
	paidSince: async () => paid,
});

async function credited() {
	const { accountId } = await openAccount();
	const id = `pay_${accountId}`;
	const more = { kind: "top_up" as const, amountMicros: AMOUNT, currency: "USD", planId: null, isSimulated: false };
	await addPayment(house().db, accountId, { id, ...more, now: Date.now() });
	await deliver(event("checkout.session.completed", session(id, AMOUNT)));
	return { ref: `cs_${id}`, paymentId: id, amountMicros: AMOUNT, currency: "USD" };
}

const known: PaidCheckout[] = [];

async function openRefs(): Promise<string[]> {
	const reply = await (await openAdministrator()).call("/api/admin/differences?limit=100");
	const { items }: { items: { kind: string; ref: string }[] } = await reply.json();
	return items.map(({ kind, ref }) => `${kind} ${ref}`);
}

describe("comparing the payments with the provider's", () => {
	it("finds nothing when they agree", async () => {
		known.push(await credited());

		expect(await reconcilePayments(house({ payments: provider(known) }))).toBe(0);
	});

	it("lists what was paid and never credited, and what was credited and never paid, and credits nothing", async () => {
		const lost = { ref: "cs_lost", paymentId: "pay_lost", amountMicros: AMOUNT, currency: "USD" };
		const invented = await credited();

		const differences = await reconcilePayments(house({ payments: provider([...known, lost]) }));

		expect(differences).toBe(2);
		expect(await openRefs()).toEqual(
			expect.arrayContaining(["found_paid_not_credited cs_lost", `found_credited_not_paid ${invented.paymentId}`]),
		);
		known.push(invented);
	});

	it("closes what agrees again", async () => {
		await reconcilePayments(house({ payments: provider(known), now: () => Date.now() + 60_000 }));

		expect(await openRefs()).toEqual([]);
	});

	it("happens once a day, and never with pretended money", async () => {
		let asked = 0;
		const paidSince = async () => {
			asked++;
			return known;
		};
		const counting = { ...provider(known), paidSince };

		await reconcilePaymentsDaily(house({ payments: simulatedPayments() }));
		for (const hours of [1, 2, 26]) {
			const now = () => Date.now() + hours * 3_600_000;
			await reconcilePaymentsDaily(house({ payments: counting, now }));
		}

		expect(asked).toBe(2);
	});
});
