import { and, eq, sql } from "drizzle-orm";
import { notSuppressed } from "../../consent/store";
import type { Db } from "../../db/client";
import { attempts, campaigns, contacts, recipients } from "../../db/tables";
import type { CampaignScript } from "../../db/tables/campaign-script";

/** What a call's words are made of. */
export interface Parts {
	script: CampaignScript;
	variant: "a" | "b";
	/** What texts may name: firstName, lastName, and custom fields as "custom.name". */
	fields: Record<string, string>;
}

/** The script of an attempt's campaign and what is known of the person called; goes into the batch of whoever asks what to say. */
export function partsOf(db: Db, attemptId: string) {
	return db
		.select({
			script: campaigns.script,
			variant: recipients.variant,
			firstName: contacts.firstName,
			lastName: contacts.lastName,
			customFields: contacts.customFields,
		})
		.from(attempts)
		.innerJoin(campaigns, eq(campaigns.id, attempts.campaignId))
		.leftJoin(
			recipients,
			and(eq(recipients.campaignId, attempts.campaignId), eq(recipients.contactId, attempts.contactId)),
		)
		.leftJoin(contacts, and(eq(contacts.accountId, attempts.accountId), eq(contacts.id, attempts.contactId)))
		.where(eq(attempts.id, attemptId));
}

/** The row as the script needs it. A contact that was forgotten meanwhile has no fields. */
export function partsIn(row: Awaited<ReturnType<typeof partsOf>>[number] | undefined): Parts {
	const own = Object.entries(row?.customFields ?? {}).map(([name, value]) => [`custom.${name}`, String(value ?? "")]);
	return {
		script: row?.script ?? {},
		variant: row?.variant ?? "a",
		fields: { ...Object.fromEntries(own), firstName: row?.firstName ?? "", lastName: row?.lastName ?? "" },
	};
}

/** What a call that was picked up is to hear. */
export interface Script {
	attemptId: string;
	accountId: string;
	campaignId: string;
	e164: string;
	callerE164: string;
	greetingFileId: string | null;
	transferE164: string | null;
	maxCallSeconds: number;
	pressed: string | null;
	/** Who the carrier believes to have picked up, when that is known already. */
	answeredBy: string | null;
}

const scriptColumns = sql`a.id AS attemptId, a.account_id AS accountId, a.campaign_id AS campaignId, a.e164, a.caller_e164 AS callerE164,
	c.greeting_file_id AS greetingFileId, t.e164 AS transferE164, c.max_call_seconds AS maxCallSeconds, a.digits AS pressed,
	a.answered_by AS answeredBy`;

/**
 * The script of an attempt that may be greeted: this very call, neither over nor of a cancelled campaign, and nobody who said
 * stop meanwhile. No row: hang up.
 */
export function scriptOf(db: Db, attemptId: string, carrierRef: string) {
	return db.all<Script>(sql`SELECT ${scriptColumns} FROM attempts a
		JOIN campaigns c ON c.id = a.campaign_id
		LEFT JOIN transfer_numbers t ON t.account_id = c.account_id AND t.id = c.transfer_number_id
		WHERE a.id = ${attemptId} AND a.carrier_ref = ${carrierRef} AND a.state = 'live' AND c.status <> 'cancelled'
			AND (a.opted_out_at IS NOT NULL OR ${notSuppressed(sql`a.account_id`, sql`a.e164`, "calls")})`);
}
