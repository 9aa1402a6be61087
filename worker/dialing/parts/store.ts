import { and, eq } from "drizzle-orm";
import type { Db } from "../../db/client";
import { attempts, campaigns, contacts, recipients } from "../../db/tables";
import type { CampaignScript } from "../../db/tables/campaigns";

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
