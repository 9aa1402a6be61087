import { ulid } from "ulid";
import { inOneBatch } from "../db/client";
import { Fault, notFound } from "../errors";
import type { Scope } from "../scope";
import { startFacts } from "./facts/store";
import { fieldsOf } from "./fields";
import type { CampaignPatch, CampaignShape, NewCampaign } from "./inputs";
import { pricedLeg } from "./priced-leg";
import { referencesExist } from "./references/store";
import { toCampaign } from "./shape";
import { shut } from "./start";
import {
	type CampaignFields,
	type CampaignStatus,
	campaignById,
	changeTransferPrice,
	deleteCampaign,
	insertCampaign,
	updateCampaign,
} from "./store";

/** Creates a draft. Whatever it refers to must be the account's own, else nothing is created. */
export async function createCampaign({ db, accountId, now }: Scope, input: NewCampaign): Promise<CampaignShape> {
	const id = `cmp_${ulid(now())}`;
	const fields = fieldsOf(input);
	await inOneBatch(db, [
		...referencesExist(db, accountId, fields),
		insertCampaign(db, { id, accountId, title: input.title, now: now() }, fields),
	]);
	return readCampaign({ db, accountId }, id);
}

export async function readCampaign(
	{ db, accountId }: Pick<Scope, "db" | "accountId">,
	id: string,
): Promise<CampaignShape> {
	const [row] = await campaignById(db, accountId, id);
	if (!row) throw notFound("Campaign");
	return toCampaign(row);
}

// A campaign's people and sound are fixed once calls may have gone out; its pace, its hours and its words are not.
const ALWAYS_EDITABLE = new Set<keyof CampaignFields>([
	"title",
	"description",
	"callsPerSecond",
	"maxConcurrent",
	"maxAttempts",
	"retryDelaySeconds",
	"retryRules",
	"windowStartMinute",
	"windowEndMinute",
	"windowDays",
	"outsideHours",
	"holidays",
	"endsAt",
	"expiresAt",
]);
const HOURS = new Set<keyof CampaignFields>([
	"startsAt",
	"windowStartMinute",
	"windowEndMinute",
	"windowDays",
	"holidays",
	"endsAt",
]);
const BEFORE_START: CampaignStatus[] = ["draft", "scheduled"];

/** Edits a campaign: everything before its start, afterwards what does not change who hears what; `conflict` otherwise. */
export async function editCampaign(scope: Scope, id: string, input: CampaignPatch): Promise<CampaignShape> {
	const { db, accountId, now } = scope;
	const fields = fieldsOf(input);
	const names = Object.keys(fields) as (keyof CampaignFields)[];
	if (names.some((name) => HOURS.has(name))) await mustOpen(scope, id, fields);
	const light = names.every((name) => ALWAYS_EDITABLE.has(name));
	const list = names.includes("contactListId") || names.includes("segmentId");
	const from: CampaignStatus[] = light ? [...BEFORE_START, "running", "paused"] : [...BEFORE_START, "paused"];
	const update = updateCampaign(db, accountId, id, fields, { from, fresh: list, now: now() });
	const results = await inOneBatch(db, [
		...referencesExist(db, accountId, fields),
		update,
		campaignById(db, accountId, id),
	]);
	const row = (results.at(-1) as Awaited<ReturnType<typeof campaignById>>)[0];
	if (!row) throw notFound("Campaign");
	if ((results.at(-2) as unknown[]).length === 0)
		throw new Fault(
			"conflict",
			`A campaign that is ${row.campaign.status} cannot be changed like this. Pause it first, or copy it.`,
		);
	if (row.campaign.status === "paused" && (names.includes("transferNumber") || names.includes("script")))
		await changeTransferPrice(db, accountId, id, pricedLeg(row.campaign, row.transferE164));
	if (row.campaign.status === "running") await scope.dialerOf(id).nudge();
	return toCampaign(row);
}

/** Refuses hours that never open to a campaign under way: everybody would be skipped for good. A draft says so before it starts. */
async function mustOpen({ db, accountId, now }: Scope, id: string, fields: CampaignFields): Promise<void> {
	const [facts] = await startFacts(db, accountId, id);
	if (!facts || facts.status === "draft") return;
	const when = { ...facts, ...(fields as Partial<typeof facts>) };
	const details = [...shut(when, now())];
	const [first] = details;
	if (first) throw new Fault("invalid_input", `${first.path}: ${first.message}`, { details });
}

/** Deletes a campaign that is not under way, with its recipients and attempts. */
export async function removeCampaign({ db, accountId }: Scope, id: string): Promise<void> {
	const [gone, [row]] = await inOneBatch(db, [deleteCampaign(db, accountId, id), campaignById(db, accountId, id)]);
	if (gone.length > 0) return;
	if (!row) throw notFound("Campaign");
	throw new Fault("conflict", "Cancel the campaign and let its calls end before you delete it.");
}
