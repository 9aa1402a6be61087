import { notFound } from "../errors";
import type { Scope } from "../scope";
import { ownerOnly } from "../wallet/owner-only";
import { billingOf } from "./store";

/** The page where the account's owner sees invoices and changes cards. With pretended money that is the wallet's own. */
export async function openPortal(scope: Scope): Promise<{ url: string }> {
	ownerOnly(scope);
	const { customerRef } = await billingOf(scope.db, scope.accountId, null);
	if (!customerRef && scope.payments.name !== "simulated") throw notFound("Customer");
	const returnUrl = `${scope.settings.PUBLIC_BASE_URL}/wallet`;
	return scope.payments.openPortal({ customerRef: customerRef ?? "", returnUrl });
}
