import { and, eq, sql } from "drizzle-orm";
import { insist } from "../../consent/reach/store";
import type { Db, Statement } from "../../db/client";
import { messageMedia } from "../../db/tables";

export type MediaRow = typeof messageMedia.$inferSelect;

/** Aborts the batch unless all of these files are the account's and whole. */
export function mustHaveMedia(db: Db, accountId: string, ids: readonly string[]): Statement {
	const wanted = JSON.stringify([...new Set(ids)]);
	return insist(
		db,
		"media_is_there",
		sql`(SELECT count(*) FROM message_media WHERE account_id = ${accountId} AND status = 'ready'
			AND id IN (SELECT value FROM json_each(${wanted}))) = json_array_length(${wanted})`,
	);
}

/** What a message that is sent says of its files, as JSON: what the table knows of ours, and addresses elsewhere as given. */
export function mediaAsKept(accountId: string, media: readonly object[]) {
	return sql`(SELECT json_group_array(json(coalesce((SELECT json_object('id', id, 'mediaType', media_type, 'filename', filename)
		FROM message_media WHERE account_id = ${accountId} AND id = json_extract(given.value, '$.id')), given.value)))
		FROM json_each(${JSON.stringify(media)}) given)`;
}

export async function addUpload(db: Db, upload: typeof messageMedia.$inferInsert): Promise<void> {
	await db.insert(messageMedia).values(upload);
}

/** The bytes are there. False when the row was swept away meanwhile. */
export async function markReady(
	db: Db,
	accountId: string,
	id: string,
	found: { mediaType: string; byteLength: number },
): Promise<boolean> {
	const marked = await db
		.update(messageMedia)
		.set({ ...found, status: "ready", nextTry: null })
		.where(and(eq(messageMedia.accountId, accountId), eq(messageMedia.id, id)))
		.returning({ id: messageMedia.id });
	return marked.length > 0;
}

/** For a signed URL, which is its own permission. */
export async function findMediaAnyAccount(db: Db, id: string): Promise<MediaRow | undefined> {
	const [row] = await db.select().from(messageMedia).where(eq(messageMedia.id, id));
	return row;
}

/** Notes the files that come with a message from outside, for whoever has the message's number; nothing when it was set aside. */
export function expectingMedia(
	db: Db,
	messageId: string,
	expected: readonly { id: string; r2Key: string; position: number; filename: string }[],
	{ messageRef, now }: { messageRef: string; now: number },
): Statement {
	return db.run(sql`INSERT INTO message_media (id, account_id, status, filename, r2_key, message_ref, position, next_try, created_at)
		SELECT json_extract(value, '$.id'), m.account_id, 'pending', json_extract(value, '$.filename'),
			't/' || m.account_id || '/' || json_extract(value, '$.r2Key'), ${messageRef}, json_extract(value, '$.position'), ${now}, ${now}
		FROM json_each(${JSON.stringify(expected)}), messages m WHERE m.id = ${messageId}`);
}

/** For the cron: files that are to be fetched from the carrier, and when they are tried again should that fail. */
export function claimingMediaAnyAccount(
	db: Db,
	{ now, again, limit, messageRef }: { now: number; again: number; limit: number; messageRef?: string },
): Promise<MediaRow[]> {
	return db
		.update(messageMedia)
		.set({ tries: sql`tries + 1`, nextTry: sql`CAST(${again} AS INTEGER) + (1 << min(tries, 8)) * 15000` })
		.where(
			sql`${messageMedia.id} IN (SELECT id FROM message_media WHERE status = 'pending' AND next_try <= ${now}
				${messageRef === undefined ? sql`` : sql`AND message_ref = ${messageRef}`} ORDER BY next_try LIMIT ${limit})`,
		)
		.returning();
}

export async function markLost(db: Db, accountId: string, id: string): Promise<void> {
	await db
		.update(messageMedia)
		.set({ status: "lost", nextTry: null })
		.where(and(eq(messageMedia.accountId, accountId), eq(messageMedia.id, id)));
}

/** Uploads that nobody finishes any more: takes their rows away and answers where their bytes may lie. */
export function droppingUnfinishedAnyAccount(db: Db, before: number, limit: number) {
	return db
		.delete(messageMedia)
		.where(
			sql`${messageMedia.id} IN (SELECT id FROM message_media WHERE status = 'pending' AND message_ref IS NULL
				AND created_at < ${before} LIMIT ${limit})`,
		)
		.returning({ r2Key: messageMedia.r2Key });
}
