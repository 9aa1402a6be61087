import { pullReports } from "./assistants/calls/pull";
import { settleConnections } from "./assistants/connections/settle";
import { settleAssistants } from "./assistants/settle";
import { lookAfterConsults } from "./calls/consult/look-after";
import { lookAfterCalls } from "./calls/look-after";
import { finishClosures } from "./closing/close-account";
import { settleImports } from "./contacts/import/settle-imports";
import { lookAfterAttempts } from "./dialing/look-after";
import { startDueCampaigns, wakeDialers } from "./dialing/tick";
import { sweepGreetings } from "./greetings/sweep";
import { sealAudit } from "./identity/audit/chain";
import { sweepIdentity } from "./identity/sweep";
import { flushOutbox } from "./live/tell";
import { wakeConversations } from "./messages/conversations/wake";
import { fetchDueMedia } from "./messages/media/fetch-media";
import { sweepMedia } from "./messages/media/upload";
import { pullMissed } from "./messages/pull";
import { attachParked } from "./messages/receive";
import { sendDue } from "./messages/scheduled/send-due";
import { settleMessages } from "./messages/settle-messages";
import { chargeRent } from "./numbers/charge-rent";
import { reconcileLinesDaily } from "./numbers/reconcile-lines";
import { settlePurchases } from "./numbers/settle-purchases";
import { beatCron } from "./operations/invariants";
import { reconcilePaymentsDaily } from "./payments/reconcile-payments";
import { renewSimulated, settlePayments } from "./payments/settle-payments";
import { dropOutdated, fetchRecordings } from "./recordings/fetch-recording";
import type { House } from "./scope";
import { resealPasswords } from "./sip/keep";
import { mailNotices } from "./wallet/notices/mail-notices";
import { wakeCouriers } from "./webhooks/resend";

/** What each tick of the clock does: a cron expression of wrangler.toml -> the verbs to run, in order, each on its own. */
export const CRON: Record<string, ((house: House) => Promise<void>)[]> = {
	"* * * * *": [
		beatCron,
		startDueCampaigns,
		wakeDialers,
		lookAfterAttempts,
		lookAfterCalls,
		lookAfterConsults,
		settlePurchases,
		chargeRent,
		settlePayments,
		renewSimulated,
		reconcileLinesDaily,
		reconcilePaymentsDaily,
		mailNotices,
		settleImports,
		sweepGreetings,
		fetchRecordings,
		dropOutdated,
		resealPasswords,
		settleAssistants,
		settleConnections,
		pullReports,
		wakeCouriers,
		flushOutbox,
		attachParked,
		settleMessages,
		pullMissed,
		sendDue,
		fetchDueMedia,
		sweepMedia,
		wakeConversations,
		finishClosures,
		sweepIdentity,
		sealAudit,
	],
};

/** Runs a tick. One failing verb is logged and does not keep the others from running. */
export async function tick(house: House, cron: string): Promise<void> {
	for (const verb of CRON[cron] ?? CRON["* * * * *"] ?? [])
		try {
			await verb(house);
		} catch (error) {
			console.error(JSON.stringify({ level: "error", cron, verb: verb.name, error: String(error) }));
		}
}
