import { ulid } from "ulid";
import { cancelCampaign } from "../campaigns/steer";
import { campaignsOf } from "../campaigns/store";
import { inOneBatch, type Statement } from "../db/client";
import { eraseAvatars } from "../identity/avatars/avatars";
import { erasePeople } from "../identity/erase";
import { finishRelease, RELEASE_KIND } from "../numbers/release";
import { beginRelease, mustBeActive, numberIn } from "../numbers/store";
import { openOperation } from "../once/store";
import type { House, Scope } from "../scope";
import { eraseRows, hasOpenCalls, heldNumbers, peopleOf } from "./store";

/** Lets go of what one room holds of an account. Repeating it does no harm; false: not done yet, ask again at the next tick. */
export type Eraser = (house: House, accountId: string) => Promise<boolean>;

/** What happens to an account that is closed, in this order. A room that keeps something of its own adds its line here. */
export const ERASERS: Record<string, Eraser> = {
	stopCampaigns,
	waitForCalls: async ({ db }, accountId) => !(await hasOpenCalls(db, accountId)),
	releaseNumbers,
	eraseRecords,
	erasePictures,
	erasePeople,
};

// Children before what they refer to. Greetings' sounds follow their rows by the sweep.
const RECORDS = [
	"recipients",
	"attempts",
	"campaigns",
	"list_members",
	"import_errors",
	"imports",
	"contact_lists",
	"contacts",
	"greeting_files",
	"transfer_numbers",
	"recordings",
	"queue_calls",
	"queues",
	"call_events",
	"calls",
	"voice_settings",
	"sip_providers",
];
const CHUNK = 2_000;

async function eraseRecords({ db }: House, accountId: string): Promise<boolean> {
	for (const table of RECORDS) if (!(await eraseRows(db, accountId, table, CHUNK))) return false;
	return true;
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
