import type { MemberRow } from "./store";

/** The first moment of the month (UTC): a limit counts from there. */
export function monthOf(now: number): number {
	const date = new Date(now);
	return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}

/** A sub-account as its owner sees it. */
export function memberOnWire(row: MemberRow) {
	const { currency } = row;
	return {
		id: row.id,
		userId: row.id,
		accountId: row.accountId,
		email: row.email,
		fullName: row.fullName,
		status: statusOf(row),
		care4wId: row.care4wId,
		spendingLimit: row.spendingLimitMicros === null ? null : { amountMicros: row.spendingLimitMicros, currency },
		spentThisMonth: { amountMicros: row.spentMicros, currency },
		createdAt: new Date(row.createdAt).toISOString(),
	};
}

function statusOf({ status, hasSignedIn }: MemberRow): "active" | "suspended" | "invited" {
	if (status === "suspended") return "suspended";
	return hasSignedIn ? "active" : "invited";
}
