import { type SQL, sql } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import { must } from "../../db/guards";
import type { TransferRoute } from "../../db/tables/campaign-script";
import type { CampaignFields } from "../store";

/** The id of a transfer number of the account, named by its id or by the number. */
export const transferIdOf = (accountId: string, idOrE164: string) =>
	sql<string>`(SELECT id FROM transfer_numbers WHERE account_id = ${accountId} AND (id = ${idOrE164} OR e164 = ${idOrE164}) ORDER BY id LIMIT 1)`;

/** Guards for whatever the fields refer to: each must be there and the account's own. */
export function referencesExist(db: Db, accountId: string, fields: CampaignFields): Statement[] {
	const guards: Statement[] = [];
	const { greetingFileId, contactListId, transferNumber, callerNumbers } = fields;
	if (greetingFileId)
		guards.push(
			must(
				db,
				"greeting_exists",
				sql`EXISTS (SELECT 1 FROM greeting_files WHERE account_id = ${accountId} AND id = ${greetingFileId})`,
			),
		);
	const route = fields.script?.transfer;
	if (route) guards.push(must(db, "transfer_number_exists", isOwn(accountId, route)));
	const heard = greetingsIn(fields.script);
	if (heard.length > 0)
		guards.push(
			must(
				db,
				"greeting_exists",
				sql`(SELECT count(*) FROM json_each(${JSON.stringify(heard)}) j JOIN greeting_files g
					ON g.account_id = ${accountId} AND g.id = j.value) = ${heard.length}`,
			),
		);
	if (fields.segmentId)
		guards.push(
			must(
				db,
				"list_exists",
				sql`EXISTS (SELECT 1 FROM segments WHERE account_id = ${accountId} AND id = ${fields.segmentId})`,
			),
		);
	if (contactListId)
		guards.push(
			must(
				db,
				"list_exists",
				sql`EXISTS (SELECT 1 FROM contact_lists WHERE account_id = ${accountId} AND id = ${contactListId})`,
			),
		);
	if (transferNumber)
		guards.push(must(db, "transfer_number_exists", sql`${transferIdOf(accountId, transferNumber)} IS NOT NULL`));
	if (callerNumbers?.length)
		guards.push(
			must(
				db,
				"number_is_callers",
				sql`(SELECT count(*) FROM json_each(${JSON.stringify(callerNumbers)}) j JOIN numbers n ON n.e164 = j.value
					AND n.account_id = ${accountId} AND n.status = 'active' AND n.can_voice = 1) = ${callerNumbers.length}`,
			),
		);
	return guards;
}

/** True when whoever is to take the calls is the account's own. */
function isOwn(accountId: string, route: TransferRoute): SQL {
	if (route.to === "sip")
		return sql`EXISTS (SELECT 1 FROM sip_providers WHERE account_id = ${accountId} AND id = ${route.sipProviderId})`;
	if (route.to === "assistant")
		return sql`EXISTS (SELECT 1 FROM assistants WHERE account_id = ${accountId} AND id = ${route.assistantId})`;
	if (route.to === "queue")
		return sql`EXISTS (SELECT 1 FROM queues WHERE account_id = ${accountId} AND id = ${route.queueId})`;
	const ids = [...new Set(route.userIds)];
	return sql`(SELECT count(*) FROM users WHERE account_id = ${accountId}
		AND id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))) = ${ids.length}`;
}

/** The greeting files that a script plays, each once. */
function greetingsIn(script: CampaignFields["script"]): string[] {
	const { machines, abandoned, test, keys = {} } = script ?? {};
	const parts = [machines, abandoned, test, ...Object.values(keys)];
	const ids = parts.flatMap((part) =>
		part && "greetingFileId" in part && part.greetingFileId ? [part.greetingFileId] : [],
	);
	return [...new Set(ids)];
}
