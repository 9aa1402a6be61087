import { desc, lt } from "drizzle-orm";
import type { Db } from "../../db/client";
import { mailOutbox } from "../../db/tables";

/** Keeps a mail that this machine cannot send. */
export async function keepMail(
	db: Db,
	{ id, to, subject, text, createdAt }: { id: string; to: string; subject: string; text: string; createdAt: number },
): Promise<void> {
	await db.insert(mailOutbox).values({ id, recipient: to, subject, body: text, createdAt });
}

/** The mails of everybody on this machine, newest first. Only development shows them. */
export function listMailAnyAccount(db: Db, { before, limit }: { before?: string | undefined; limit: number }) {
	return db
		.select()
		.from(mailOutbox)
		.where(before === undefined ? undefined : lt(mailOutbox.id, before))
		.orderBy(desc(mailOutbox.id))
		.limit(limit + 1);
}

/** Forgets mails of before then. */
export async function dropOldMail(db: Db, before: number): Promise<void> {
	await db.delete(mailOutbox).where(lt(mailOutbox.createdAt, before));
}
