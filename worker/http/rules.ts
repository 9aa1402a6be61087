import { brokenRule, isPassing } from "../db/guards";
import { Fault, notFound } from "../errors";

/** What each named rule of the database means to the person who broke it. */
const RULES: Record<string, () => Fault> = {
	session_is_live: () => new Fault("signed_out", "This session has ended. Sign in again."),
	wallet_covers: () => new Fault("out_of_credit", "The balance does not cover this. Top up the wallet."),
	member_within_limit: () =>
		new Fault("out_of_credit", "This is beyond your spending limit. Ask the owner of the account."),
	day_within_cap: () => new Fault("out_of_credit", "This is beyond the account's daily spending cap."),
	greeting_exists: () => notFound("Greeting"),
	list_exists: () => notFound("Contact list"),
	transfer_number_exists: () => notFound("Transfer target"), // a number, a telephone system, a queue, an assistant or people
	number_is_callers: () => new Fault("not_allowed", "This number is not yours to use."),
	peer_is_open: () => new Fault("opted_out", "This person has asked for silence, or is on your do-not-call list."),
	country_is_open: () =>
		new Fault("not_allowed", "This account does not reach that country. An administrator can open it."),
	number_can_text: () => new Fault("invalid_input", "from: this number cannot send messages"),
	number_can_show: () => new Fault("invalid_input", "from: this number sends text only, no pictures or files"),
	media_is_there: () => new Fault("invalid_input", "mediaUrls: not a file of yours, or not uploaded to its end"),
	within_minute: () =>
		new Fault("rate_limited", "This account sends too many messages a minute. Wait a little.", { retryAfter: 60 }),
	within_day: () =>
		new Fault("rate_limited", "This account has sent all that it may send today (UTC).", { retryAfter: 3_600 }),
	within_daily_spend: () =>
		new Fault("out_of_credit", "This account has spent all that it may spend on messages today (UTC)."),
	failed_before: () => new Fault("conflict", "Only a message that has failed can be tried again, and only once."),
	"ring_groups.account_id, ring_groups.name": () =>
		new Fault("conflict", "There is a ring group of this name already."),
	foreign_key: () => new Fault("not_found", "Something that this refers to was not found"),
};

/** The fault behind a batch that the database refused, or could not do; null for any other error. Knows no HTTP, so verbs may ask it. */
export function faultOfRule(error: unknown): Fault | null {
	const rule = brokenRule(error);
	if (rule)
		return (
			RULES[rule]?.() ?? new Fault("conflict", "This clashes with something that exists already.", { cause: error })
		);
	if (isPassing(error))
		return new Fault("try_again", "The database is busy. Try again in a moment.", { retryAfter: 1, cause: error });
	return null;
}
