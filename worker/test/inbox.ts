import { env } from "cloudflare:workers";
import type { TestAccount } from "./house";
import { carrierPosts } from "./signed";

const DOOR = "https://trunkline.test/webhooks/twilio/messages/incoming";
let counter = 0;

/** A reference of the carrier that no other test has. */
export const newSid = (prefix = "SM") => `${prefix}${(++counter).toString(16).padStart(32, "0")}`;

/** An active number of the account that can text and show; assigned to a member if one is named. */
export async function inboxNumber(
	{ accountId }: Pick<TestAccount, "accountId">,
	member: string | null = null,
): Promise<string> {
	const e164 = `+1628${String(5_550_000 + ++counter)}`;
	await env.DB.prepare(
		`INSERT INTO numbers (id, account_id, e164, status, country, line_type, provider, carrier_ref, can_sms, can_mms, assigned_to,
			monthly_micros, purchased_at, created_at) VALUES (?1, ?2, ?3, 'active', 'US', 'local', 'simulated', ?1, 1, 1, ?4, 0, 1, 1)`,
	)
		.bind(`num_${e164}`, accountId, e164, member)
		.run();
	return e164;
}

/** A message that the carrier hands over. */
export function textFrom(From: string, To: string, Body: string, more: Record<string, string> = {}): Promise<Response> {
	return carrierPosts(DOOR, { MessageSid: newSid(), From, To, Body, NumMedia: "0", ...more });
}
