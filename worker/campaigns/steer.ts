import { inOneBatch } from "../db/client";
import { Fault, notFound } from "../errors";
import { tellCampaign } from "../live/tell";
import type { Scope } from "../scope";
import { startFacts } from "./facts/store";
import type { CampaignShape } from "./inputs";
import { toCampaign } from "./shape";
import { mustBeReady } from "./start";
import { type CampaignStatus, campaignById, moveCampaign } from "./store";

/** Stops dialing until it is resumed. When this returns, no further call starts; calls in the air go on. */
export async function pauseCampaign(scope: Scope, id: string): Promise<CampaignShape> {
	const campaign = await move(scope, id, { from: ["running"], to: "paused", reason: "by_owner" });
	await scope.dialerOf(id).halt();
	return campaign;
}

/** Goes on dialing. Throws, naming it, when something is gone without which it would pause again at once. */
export async function resumeCampaign(scope: Scope, id: string): Promise<CampaignShape> {
	const { db, accountId, now } = scope;
	const [facts] = await startFacts(db, accountId, id);
	if (facts?.status === "paused") mustBeReady(facts, { to: "go on", now: now() });
	const campaign = await move(scope, id, { from: ["paused"], to: "running" });
	await scope.dialerOf(id).wake();
	return campaign;
}

/** Ends a campaign for good. When this returns, no further call starts, and whoever answers one that is ringing is not greeted. */
export async function cancelCampaign(scope: Scope, id: string): Promise<CampaignShape> {
	const campaign = await move(scope, id, { from: ["draft", "scheduled", "running", "paused"], to: "cancelled" });
	await scope.dialerOf(id).halt();
	return campaign;
}

async function move(
	scope: Scope,
	id: string,
	to: { from: CampaignStatus[]; to: CampaignStatus; reason?: string },
): Promise<CampaignShape> {
	const { db, accountId, now } = scope;
	const [moved, [row]] = await inOneBatch(db, [
		moveCampaign(db, accountId, id, { ...to, now: now() }),
		campaignById(db, accountId, id),
	]);
	if (!row) throw notFound("Campaign");
	if (moved.length === 0) throw new Fault("conflict", `The campaign is ${row.campaign.status}.`);
	tellCampaign(scope, id);
	return toCampaign(row);
}
