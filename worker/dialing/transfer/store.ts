import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "../../db/client";
import { queues, sipProviders, users } from "../../db/tables";

/** A provider that is switched on. */
export async function activeProvider(db: Db, accountId: string, id: string) {
	const [row] = await db
		.select()
		.from(sipProviders)
		.where(and(eq(sipProviders.accountId, accountId), eq(sipProviders.id, id), eq(sipProviders.active, true)));
	return row;
}

/** The call identities of people of the account, by which their browsers ring. */
export async function identitiesOf(db: Db, accountId: string, userIds: string[]): Promise<string[]> {
	const rows = await db
		.select({ identity: users.care4wId })
		.from(users)
		.where(
			and(
				eq(users.accountId, accountId),
				inArray(users.id, sql`(SELECT value FROM json_each(${JSON.stringify(userIds)}))`),
			),
		);
	return rows.map(({ identity }) => identity);
}

export function queueNamed(db: Db, accountId: string, id: string) {
	return db
		.select({ id: queues.id })
		.from(queues)
		.where(and(eq(queues.accountId, accountId), eq(queues.id, id)));
}
