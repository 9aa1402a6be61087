import { and, eq } from "drizzle-orm";
import type { Db } from "../../db/client";
import { accounts, users } from "../../db/tables";

const mayBeFound = and(eq(users.isDiscoverable, true), eq(users.status, "active"), eq(accounts.status, "active"));
const callee = { id: users.id, care4wId: users.care4wId, fullName: users.fullName, companyName: users.companyName };

/** Who can be found under this personal number. */
export async function findByE164AnyAccount(db: Db, e164: string) {
	const [found] = await db
		.select(callee)
		.from(users)
		.innerJoin(accounts, eq(accounts.id, users.accountId))
		.where(and(eq(users.personalE164, e164), mayBeFound));
	return found;
}

/** Who can be found under the national part of a personal number. */
export async function findByNationalAnyAccount(db: Db, national: string) {
	const [found] = await db
		.select(callee)
		.from(users)
		.innerJoin(accounts, eq(accounts.id, users.accountId))
		.where(and(eq(users.personalNational, national), mayBeFound));
	return found;
}

/** The user who has a personal number with this national part, hidden or not. */
export async function holderOfNationalAnyAccount(db: Db, national: string): Promise<string | undefined> {
	const [found] = await db.select({ id: users.id }).from(users).where(eq(users.personalNational, national));
	return found?.id;
}
