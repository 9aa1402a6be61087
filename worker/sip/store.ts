import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { Db } from "../db/client";
import { sipProviders } from "../db/tables";

export type SipProviderRow = typeof sipProviders.$inferSelect;

/** More than anybody has; the newest are shown. */
const MOST = 200;

export function sipProvidersOf(db: Db, accountId: string): Promise<SipProviderRow[]> {
	return db
		.select()
		.from(sipProviders)
		.where(eq(sipProviders.accountId, accountId))
		.orderBy(desc(sipProviders.id))
		.limit(MOST);
}

const one = (accountId: string, id: string) => and(eq(sipProviders.accountId, accountId), eq(sipProviders.id, id));

export function addSipProvider(db: Db, row: SipProviderRow) {
	return db.insert(sipProviders).values(row).returning();
}

export type SipChange = Partial<
	Pick<SipProviderRow, "name" | "host" | "port" | "username" | "passwordSealed" | "active">
>;

/** Changes what is named; no row when the account has no such provider. */
export function changeSipProvider(db: Db, accountId: string, id: string, change: SipChange, now: number) {
	return db
		.update(sipProviders)
		.set({ ...change, updatedAt: now })
		.where(one(accountId, id))
		.returning();
}

export function removeSipProvider(db: Db, accountId: string, id: string) {
	return db.delete(sipProviders).where(one(accountId, id)).returning({ id: sipProviders.id });
}

/** For the cron: passwords that were sealed with another key than this one. */
export function sealedOtherwiseAnyAccount(db: Db, version: number, limit: number): Promise<SipProviderRow[]> {
	return db
		.select()
		.from(sipProviders)
		.where(sql`${sipProviders.passwordSealed} NOT LIKE ${`v1|${version}|%`}`)
		.orderBy(asc(sipProviders.id))
		.limit(limit);
}

/** The same password under another seal, unless somebody changed it meanwhile. */
export function reseal(db: Db, { accountId, id, passwordSealed }: SipProviderRow, sealed: string) {
	return db
		.update(sipProviders)
		.set({ passwordSealed: sealed })
		.where(and(one(accountId, id), eq(sipProviders.passwordSealed, passwordSealed ?? "")));
}
