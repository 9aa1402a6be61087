import { and, desc, eq, getTableColumns, gt, sql } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import { campaigns, contactLists, contacts, listMembers } from "../../db/tables";

export type ListRow = typeof contactLists.$inferSelect & { lastImport: LastImport };
export type LastImport = { id: string; status: "running" | "done" | "failed" } | null;

/** More lists than anybody keeps apart; the newest are shown. */
const MOST_LISTS = 1_000;

const listColumns = {
	...getTableColumns(contactLists),
	lastImport: sql`(SELECT json_object('id', i.id, 'status', i.status) FROM imports i
		WHERE i.account_id = contact_lists.account_id AND i.list_id = contact_lists.id ORDER BY i.id DESC LIMIT 1)`.mapWith(
		(json: string | null): LastImport => json && JSON.parse(json),
	),
};

export function listsOf(db: Db, accountId: string): Promise<ListRow[]> {
	return db
		.select(listColumns)
		.from(contactLists)
		.where(eq(contactLists.accountId, accountId))
		.orderBy(desc(contactLists.id))
		.limit(MOST_LISTS);
}

export function findingList(db: Db, accountId: string, id: string) {
	return db
		.select(listColumns)
		.from(contactLists)
		.where(and(eq(contactLists.accountId, accountId), eq(contactLists.id, id)));
}

export function addingList(db: Db, list: typeof contactLists.$inferInsert) {
	return db.insert(contactLists).values(list).returning(listColumns);
}

export function changingList(
	db: Db,
	accountId: string,
	id: string,
	change: { name?: string | undefined; description?: string | undefined; updatedAt: number },
) {
	return db
		.update(contactLists)
		.set(change)
		.where(and(eq(contactLists.accountId, accountId), eq(contactLists.id, id)))
		.returning(listColumns);
}

/** The campaigns that still need the list. */
export function campaignsNeedingList(db: Db, accountId: string, id: string) {
	return db
		.select({ id: campaigns.id, title: campaigns.title })
		.from(campaigns)
		.where(
			and(
				eq(campaigns.accountId, accountId),
				eq(campaigns.contactListId, id),
				sql`${campaigns.status} IN ('scheduled', 'running', 'paused')`,
			),
		)
		.limit(5);
}

/** Removes the list with its memberships; the contacts stay. Nothing happens while a campaign needs it. */
export function removingList(db: Db, accountId: string, id: string) {
	return db
		.delete(contactLists)
		.where(
			and(
				eq(contactLists.accountId, accountId),
				eq(contactLists.id, id),
				sql`NOT EXISTS (SELECT 1 FROM ${campaigns} WHERE ${campaigns.accountId} = ${accountId}
					AND ${campaigns.contactListId} = ${id} AND ${campaigns.status} IN ('scheduled', 'running', 'paused'))`,
			),
		)
		.returning({ id: contactLists.id });
}

/** The list's contacts in the order of their ids; one row more than the page holds. */
export function pagingMembers(
	db: Db,
	accountId: string,
	listId: string,
	page: { limit: number; after?: string | undefined },
) {
	return db
		.select(getTableColumns(contacts))
		.from(listMembers)
		.innerJoin(contacts, and(eq(contacts.accountId, listMembers.accountId), eq(contacts.id, listMembers.contactId)))
		.where(
			and(
				eq(listMembers.accountId, accountId),
				eq(listMembers.listId, listId),
				page.after ? gt(listMembers.contactId, page.after) : undefined,
			),
		)
		.orderBy(listMembers.contactId)
		.limit(page.limit + 1);
}

/** Puts contacts of the account on the list; those that are on it already stay. Unknown ids are passed over. */
export function addingMembers(db: Db, accountId: string, listId: string, contactIds: string[]) {
	return db
		.insert(listMembers)
		.select(
			sql`SELECT c.account_id, ${listId}, c.id, NULL FROM json_each(${JSON.stringify(contactIds)}) wanted
			CROSS JOIN contacts c ON c.account_id = ${accountId} AND c.id = wanted.value WHERE true`,
		)
		.onConflictDoNothing();
}

/** The same by number, for an import: `json` is an array of E.164 numbers. */
export function addingMembersByNumber(
	db: Db,
	accountId: string,
	{ listId, importId }: { listId: string; importId: string },
	json: string,
): Statement {
	return db.run(sql`INSERT INTO list_members (account_id, list_id, contact_id, import_id)
		SELECT ${accountId}, ${listId}, c.id, ${importId} FROM json_each(${json}) wanted
		CROSS JOIN contacts c ON c.account_id = ${accountId} AND c.e164 = wanted.value WHERE true
		ON CONFLICT DO NOTHING`);
}

/** Takes off the list whom an import has put there. */
export function removingImported(
	db: Db,
	accountId: string,
	{ listId, importId }: { listId: string; importId: string },
) {
	return db
		.delete(listMembers)
		.where(
			and(eq(listMembers.accountId, accountId), eq(listMembers.listId, listId), eq(listMembers.importId, importId)),
		);
}

export function removingMember(db: Db, accountId: string, listId: string, contactId: string) {
	return db
		.delete(listMembers)
		.where(
			and(eq(listMembers.accountId, accountId), eq(listMembers.listId, listId), eq(listMembers.contactId, contactId)),
		)
		.returning({ contactId: listMembers.contactId });
}
