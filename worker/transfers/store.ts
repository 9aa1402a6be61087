import { and, desc, eq, sql } from "drizzle-orm";
import type { Db, Statement } from "../db/client";
import { campaigns, transferNumbers } from "../db/tables";

export type TransferNumberRow = typeof transferNumbers.$inferSelect;

/** More than anybody transfers to; the newest are shown. */
const MOST_NUMBERS = 1_000;

export function transferNumbersOf(db: Db, accountId: string): Promise<TransferNumberRow[]> {
	return db
		.select()
		.from(transferNumbers)
		.where(eq(transferNumbers.accountId, accountId))
		.orderBy(desc(transferNumbers.id))
		.limit(MOST_NUMBERS);
}

export async function addTransferNumber(db: Db, row: TransferNumberRow): Promise<void> {
	await db.insert(transferNumbers).values(row);
}

/** A campaign that is on its way and connects to this number. */
export function campaignsTransferring(db: Db, accountId: string, id: string) {
	return db
		.select({ title: campaigns.title })
		.from(campaigns)
		.where(
			and(
				eq(campaigns.accountId, accountId),
				eq(campaigns.transferNumberId, id),
				sql`${campaigns.status} IN ('scheduled', 'running', 'paused')`,
			),
		)
		.limit(1);
}

/** Removes the number unless a campaign that is on its way connects to it. */
export function removingTransferNumber(db: Db, accountId: string, id: string) {
	return db
		.delete(transferNumbers)
		.where(
			and(
				eq(transferNumbers.accountId, accountId),
				eq(transferNumbers.id, id),
				sql`NOT EXISTS (SELECT 1 FROM campaigns c WHERE c.account_id = ${accountId} AND c.transfer_number_id = ${id}
					AND c.status IN ('scheduled', 'running', 'paused'))`,
			),
		)
		.returning({ id: transferNumbers.id });
}

/** One more call was put through to this number: for the call's account only. */
export function countTransferAnyAccount(db: Db, id: string, callId: string): Statement {
	return db.run(sql`UPDATE transfer_numbers SET call_count = call_count + 1
		WHERE id = ${id} AND account_id = (SELECT account_id FROM calls WHERE id = ${callId})`);
}
