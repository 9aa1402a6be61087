import { and, asc, eq, sql } from "drizzle-orm";
import type { Db } from "../../db/client";
import { messageTemplates } from "../../db/tables";

export type TemplateRow = typeof messageTemplates.$inferSelect;

/** What the name of a second template of that name breaks. */
export const NAME_RULE = "message_templates.account_id, message_templates.name";

/** More templates than anybody writes. */
const MOST_TEMPLATES = 500;

export function templatesOf(db: Db, accountId: string): Promise<TemplateRow[]> {
	return db
		.select()
		.from(messageTemplates)
		.where(eq(messageTemplates.accountId, accountId))
		.orderBy(asc(messageTemplates.name))
		.limit(MOST_TEMPLATES);
}

const one = (accountId: string, id: string) =>
	and(eq(messageTemplates.accountId, accountId), eq(messageTemplates.id, id));

/** A template's text, with what its variables are by themselves: the contact's names. */
export async function templateFor(
	db: Db,
	accountId: string,
	id: string,
	peer: string,
): Promise<{ body: string; contact: Record<string, string> } | undefined> {
	const [found] = await db
		.select({
			body: messageTemplates.body,
			contact: sql<string>`coalesce((SELECT json_object('firstName', first_name, 'lastName', last_name, 'email', email)
				FROM contacts WHERE account_id = ${accountId} AND e164 = ${peer}), '{}')`,
		})
		.from(messageTemplates)
		.where(one(accountId, id));
	return found && { body: found.body, contact: JSON.parse(found.contact) };
}

/** Breaks {@link NAME_RULE} when there is one of that name. */
export async function addTemplate(db: Db, template: TemplateRow): Promise<void> {
	await db.insert(messageTemplates).values(template);
}

export async function changeTemplate(
	db: Db,
	accountId: string,
	id: string,
	change: { name?: string | undefined; body?: string | undefined; now: number },
): Promise<TemplateRow | undefined> {
	const { name, body, now } = change;
	const [row] = await db
		.update(messageTemplates)
		.set({ name: name ?? sql`name`, body: body ?? sql`body`, updatedAt: now })
		.where(one(accountId, id))
		.returning();
	return row;
}

export async function removeTemplate(db: Db, accountId: string, id: string): Promise<boolean> {
	const gone = await db.delete(messageTemplates).where(one(accountId, id)).returning({ id: messageTemplates.id });
	return gone.length > 0;
}
