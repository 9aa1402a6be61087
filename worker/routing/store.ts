import { sql } from "drizzle-orm";
import type { Db } from "../db/client";

export interface Referents {
	people: Set<string>;
	greetings: Set<string>;
	transferNumbers: Set<string>;
	providers: Set<string>;
	queues: Set<string>;
	groups: Set<string>;
	/** The account's own lines. */
	ownNumbers: Set<string>;
}

/** Which of these ids, and of these numbers as its own lines, the account has. One round trip. */
export async function referents(db: Db, accountId: string, ids: string[], numbers: string[]): Promise<Referents> {
	const named = sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;
	const [found] = await db.all<{ found: string }>(sql`SELECT json_object(
		'people', (SELECT json_group_array(id) FROM users WHERE account_id = ${accountId} AND status = 'active' AND id IN ${named}),
		'greetings', (SELECT json_group_array(id) FROM greeting_files WHERE account_id = ${accountId} AND status = 'ready' AND id IN ${named}),
		'transferNumbers', (SELECT json_group_array(id) FROM transfer_numbers WHERE account_id = ${accountId} AND id IN ${named}),
		'providers', (SELECT json_group_array(id) FROM sip_providers WHERE account_id = ${accountId} AND id IN ${named}),
		'queues', (SELECT json_group_array(id) FROM queues WHERE account_id = ${accountId} AND id IN ${named}),
		'groups', (SELECT json_group_array(id) FROM ring_groups WHERE account_id = ${accountId} AND id IN ${named}),
		'ownNumbers', (SELECT json_group_array(e164) FROM numbers WHERE account_id = ${accountId} AND status = 'active'
			AND e164 IN (SELECT value FROM json_each(${JSON.stringify(numbers)})))
		) AS found`);
	const lists: Record<keyof Referents, string[]> = JSON.parse(found?.found ?? "{}");
	const set = (name: keyof Referents) => new Set(lists[name]);
	return {
		people: set("people"),
		greetings: set("greetings"),
		transferNumbers: set("transferNumbers"),
		providers: set("providers"),
		queues: set("queues"),
		groups: set("groups"),
		ownNumbers: set("ownNumbers"),
	};
}
