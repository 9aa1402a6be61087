import { and, desc, eq, inArray, lt, notInArray, sql } from "drizzle-orm";
import type { Db } from "../db/client";
import { campaigns, greetingFiles, sweeps } from "../db/tables";

export type GreetingRow = typeof greetingFiles.$inferSelect;

/** More greetings than anybody records; the newest are shown. */
const MOST_GREETINGS = 1_000;
const SWEEP = "greetings";

export function greetingsOf(db: Db, accountId: string): Promise<GreetingRow[]> {
	return db
		.select()
		.from(greetingFiles)
		.where(and(eq(greetingFiles.accountId, accountId), eq(greetingFiles.status, "ready")))
		.orderBy(desc(greetingFiles.id))
		.limit(MOST_GREETINGS);
}

/** For a signed URL, which is its own permission. */
export async function findReadyAnyAccount(db: Db, id: string): Promise<GreetingRow | undefined> {
	const [row] = await db
		.select()
		.from(greetingFiles)
		.where(and(eq(greetingFiles.id, id), eq(greetingFiles.status, "ready")));
	return row;
}

export async function addPending(db: Db, greeting: Omit<GreetingRow, "status">): Promise<void> {
	await db.insert(greetingFiles).values({ ...greeting, status: "pending" });
}

/** The bytes are there: the greeting may be used. False when it was swept away meanwhile. */
export async function markReady(db: Db, accountId: string, id: string): Promise<boolean> {
	const marked = await db
		.update(greetingFiles)
		.set({ status: "ready" })
		.where(and(eq(greetingFiles.accountId, accountId), eq(greetingFiles.id, id)))
		.returning({ id: greetingFiles.id });
	return marked.length > 0;
}

const OVER = ["completed", "cancelled"] as const;

const plays = (id: string) => sql`(${campaigns.greetingFileId} = ${id} OR instr(${campaigns.script}, ${id}) > 0)`;

/** The campaigns that are not over and play this greeting. */
export function campaignsPlaying(db: Db, accountId: string, id: string) {
	return db
		.select({ title: campaigns.title })
		.from(campaigns)
		.where(and(eq(campaigns.accountId, accountId), plays(id), notInArray(campaigns.status, [...OVER])))
		.limit(1);
}

/** Removes the row unless a campaign that is not over plays it; answers where its bytes lie. */
export function removingGreeting(db: Db, accountId: string, id: string) {
	return db
		.delete(greetingFiles)
		.where(
			and(
				eq(greetingFiles.accountId, accountId),
				eq(greetingFiles.id, id),
				eq(greetingFiles.status, "ready"),
				sql`NOT EXISTS (SELECT 1 FROM campaigns c WHERE c.account_id = ${accountId} AND (c.greeting_file_id = ${id} OR instr(c.script, ${id}) > 0)
					AND c.status NOT IN ('completed', 'cancelled'))`,
			),
		)
		.returning({ r2Key: greetingFiles.r2Key });
}

export async function dropPending(db: Db, accountId: string, id: string): Promise<void> {
	await db
		.delete(greetingFiles)
		.where(and(eq(greetingFiles.accountId, accountId), eq(greetingFiles.id, id), eq(greetingFiles.status, "pending")));
}

/** Uploads that nobody finishes any more, with how far the last sweep over the bucket came. */
export async function unfinishedAnyAccount(db: Db, before: number, most: number) {
	const [rows, [sweep]] = await db.batch([
		db
			.select({ id: greetingFiles.id, accountId: greetingFiles.accountId, r2Key: greetingFiles.r2Key })
			.from(greetingFiles)
			.where(and(eq(greetingFiles.status, "pending"), lt(greetingFiles.createdAt, before)))
			.limit(most),
		db.select({ afterKey: sweeps.afterKey }).from(sweeps).where(eq(sweeps.name, SWEEP)),
	]);
	return { rows, afterKey: sweep?.afterKey ?? "" };
}

/** Which of these keys a greeting of anybody has, pending ones too; and notes how far the sweep has come. */
export async function ownedKeysAnyAccount(db: Db, keys: string[], afterKey: string): Promise<Set<string>> {
	const [rows] = await db.batch([
		db
			.select({ r2Key: greetingFiles.r2Key })
			.from(greetingFiles)
			.where(inArray(greetingFiles.r2Key, sql`(SELECT value FROM json_each(${JSON.stringify(keys)}))`)),
		db.insert(sweeps).values({ name: SWEEP, afterKey }).onConflictDoUpdate({ target: sweeps.name, set: { afterKey } }),
	]);
	return new Set(rows.map(({ r2Key }) => r2Key));
}
