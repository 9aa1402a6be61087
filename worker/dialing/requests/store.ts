import { and, desc, eq, lt, sql } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import { campaignRequests, contacts } from "../../db/tables";

/** Notes what somebody asked for in a call, once per call and kind. */
export function noteRequest(
	db: Db,
	attemptId: string,
	{ id, kind, now }: { id: string; kind: "callback" | "recording"; now: number },
): Statement {
	return db.run(sql`INSERT INTO campaign_requests (id, account_id, campaign_id, attempt_id, contact_id, e164, kind, created_at)
		SELECT ${id}, account_id, campaign_id, id, contact_id, e164, ${kind}, ${now} FROM attempts WHERE id = ${attemptId}
		ON CONFLICT DO NOTHING`);
}

/** The recording is there. */
export function noteRecording(db: Db, attemptId: string, ref: string, seconds: number): Statement {
	return db.run(sql`UPDATE campaign_requests SET recording_ref = coalesce(recording_ref, ${ref}), seconds = coalesce(seconds, ${seconds})
		WHERE attempt_id = ${attemptId} AND kind = 'recording'`);
}

const own = (accountId: string, campaignId: string) =>
	and(eq(campaignRequests.accountId, accountId), eq(campaignRequests.campaignId, campaignId));

/** Newest first; one row more than the page holds. */
export function pageRequests(
	db: Db,
	accountId: string,
	campaignId: string,
	{ limit, before }: { limit: number; before: string | undefined },
) {
	return db
		.select({
			id: campaignRequests.id,
			attemptId: campaignRequests.attemptId,
			contactId: campaignRequests.contactId,
			e164: campaignRequests.e164,
			kind: campaignRequests.kind,
			recordingRef: campaignRequests.recordingRef,
			seconds: campaignRequests.seconds,
			createdAt: campaignRequests.createdAt,
			doneAt: campaignRequests.doneAt,
			firstName: contacts.firstName,
			lastName: contacts.lastName,
		})
		.from(campaignRequests)
		.leftJoin(
			contacts,
			and(eq(contacts.accountId, campaignRequests.accountId), eq(contacts.id, campaignRequests.contactId)),
		)
		.where(and(own(accountId, campaignId), before === undefined ? undefined : lt(campaignRequests.id, before)))
		.orderBy(desc(campaignRequests.id))
		.limit(limit + 1);
}
export type RequestRow = Awaited<ReturnType<typeof pageRequests>>[number];

/** Marks a request as done, or not done after all. */
export function markRequest(db: Db, accountId: string, campaignId: string, id: string, doneAt: number | null) {
	return db
		.update(campaignRequests)
		.set({ doneAt })
		.where(and(own(accountId, campaignId), eq(campaignRequests.id, id)))
		.returning({ id: campaignRequests.id });
}
