import { ulid } from "ulid";
import { giveUpAssistants } from "../assistants/erase";
import { hasLiveCalls } from "../calls/log/store";
import { cancelCampaign } from "../campaigns/steer";
import { campaignsOf } from "../campaigns/store";
import { inOneBatch, type Statement } from "../db/client";
import { brokenRule } from "../db/guards";
import { eraseAvatars } from "../identity/avatars/avatars";
import { erasePeople } from "../identity/erase";
import { mustBeActive } from "../numbers/held/store";
import { finishRelease, RELEASE_KIND } from "../numbers/release";
import { beginRelease, numberIn } from "../numbers/store";
import { openOperation } from "../once/store";
import { endBilling, listLeftover } from "../payments/end-billing";
import type { House, Scope } from "../scope";
import { eraseRows, hasOpenCalls, heldNumbers, peopleOf, tablesOfAccounts } from "./store";

/** Lets go of what one room holds of an account. Repeating it does no harm; false: not done yet, ask again at the next tick. */
export type Eraser = (house: House, accountId: string) => Promise<boolean>;

/** What happens to an account that is closed, in this order. A room that holds more than rows and files adds its line here. */
export const ERASERS: Record<string, Eraser> = {
	endBilling: (house, accountId) => endBilling(house, accountId).then(() => true),
	stopCampaigns,
	waitForCalls: async ({ db }, accountId) =>
		!(await hasOpenCalls(db, accountId)) && !(await hasLiveCalls(db, accountId)),
	releaseNumbers,
	giveUpAssistants,
	eraseRecords,
	eraseFiles,
	erasePeople,
	listLeftover: (house, accountId) => listLeftover(house, accountId).then(() => true),
};

/**
 * What outlives an account, without a name: the books, what was bought, who said stop, and what was done. Everything else that has
 * an account in its rows is erased, whoever added the table.
 */
export const KEPT = new Set([
	...["users", "closures", "audit_log", "audit_seals", "audit_unsealed"],
	...["wallets", "ledger", "wallet_days", "member_spending", "usages"],
	...["payments", "billing_customers", "subscriptions", "differences"],
	...["operations", "numbers", "channels"],
	...["suppressions", "consent_events"],
	...["account_calls"], // what the carrier's limits are counted by
]);

// The biggest go first, so that what they refer to does not take all of them along in one statement.
const BIG = ["messages", "recipients", "attempts", "list_members", "import_errors", "import_changes"];
const CHUNK = 2_000;

async function eraseRecords({ db }: House, accountId: string): Promise<boolean> {
	let left = [...new Set([...BIG, ...tablesOfAccounts])].filter((table) => !KEPT.has(table));
	while (left.length > 0) {
		const waiting: string[] = [];
		for (const table of left) {
			const done = await eraseUnlessReferred(db, accountId, table);
			if (done === "more") return false;
			if (done === "referred") waiting.push(table);
		}
		if (waiting.length === left.length) throw new Error(`cannot erase ${waiting.join(", ")}`);
		left = waiting;
	}
	return true;
}

/** "referred": rows of another table still refer to these; they are erased in the next round. */
async function eraseUnlessReferred(db: House["db"], accountId: string, table: string) {
	try {
		return (await eraseRows(db, accountId, table, CHUNK)) ? "done" : "more";
	} catch (error) {
		if (brokenRule(error) === "foreign_key") return "referred";
		throw error;
	}
}

/** Sounds and pictures. */
async function eraseFiles(house: House, accountId: string): Promise<boolean> {
	const { objects, truncated } = await house.audio.list({ prefix: `t/${accountId}/` });
	if (objects.length > 0) await house.audio.delete(objects.map(({ key }) => key));
	return !truncated && erasePictures(house, accountId);
}

async function erasePictures(house: House, accountId: string): Promise<boolean> {
	for (const id of await peopleOf(house.db, accountId)) await eraseAvatars(house, id);
	return true;
}

async function stopCampaigns(house: House, accountId: string): Promise<boolean> {
	const scope: Scope = { ...house, accountId, userId: accountId, role: "owner", sessionId: null };
	for (const { campaign } of await campaignsOf(house.db, accountId))
		if (!["completed", "cancelled"].includes(campaign.status)) await cancelCampaign(scope, campaign.id);
	return true;
}

async function releaseNumbers(house: House, accountId: string): Promise<boolean> {
	const held = await heldNumbers(house.db, accountId);
	for (const { id, status } of held) if (status === "active") await releaseOne(house, accountId, id);
	return held.length === 0;
}

async function releaseOne(house: House, accountId: string, numberId: string): Promise<void> {
	const { db, now } = house;
	const id = `op_${ulid()}`;
	const [, , releasing] = await inOneBatch<Statement>(db, [
		mustBeActive(db, accountId, numberId),
		openOperation(db, accountId, {
			id,
			userId: accountId,
			kind: RELEASE_KIND,
			once: { key: null, requestHash: "" },
			hold: 0,
			detail: { numberId },
			now: now(),
		}),
		beginRelease(db, accountId, numberId),
	]);
	await finishRelease(house, id, numberIn(releasing));
}
