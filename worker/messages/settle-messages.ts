import * as z from "zod";
import { Fault } from "../errors";
import { type OperationRow, overdueAnyAccount } from "../once/store";
import { failureWords } from "../pure/message-failures";
import type { House } from "../scope";
import { findMessage, type SentMessage } from "./reading/store";
import { SEND_KIND } from "./send";
import { giveUp, keepSent } from "./settle";
import { knownRefsAnyAccount } from "./store";

const Detail = z.object({ messageId: z.string() });
/** As many as fit well into one tick; the oldest go first, so the rest has its turn in the next. */
const AT_MOST = 50;
/** Clocks of ours and the carrier's may differ by so much. */
const SKEW_MS = 60_000;

/** Ends messages that were cut off midway: finds out at the carrier what became of each, and charges or gives back. Never sends one. */
export async function settleMessages(house: House): Promise<void> {
	const before = house.now() - house.settings.COMPLETER_AGE_SECONDS * 1_000;
	for (const operation of await overdueAnyAccount(house.db, [SEND_KIND], before, AT_MOST))
		try {
			await settleOne(house, operation);
		} catch (error) {
			console.warn(JSON.stringify({ level: "warn", operation: operation.id, waits: SEND_KIND, error: String(error) }));
		}
}

async function settleOne(house: House, { accountId, detail }: OperationRow): Promise<void> {
	const { messageId } = Detail.parse(detail);
	const sent = await findMessage(house.db, accountId, null, messageId);
	if (!sent) throw new Error("a sending without its message");
	const taken = await find(house, sent);
	if (taken) await keepSent(house, sent, taken);
	else await giveUp(house, sent, "not_confirmed", new Fault("carrier_unclear", failureWords("not_confirmed")));
}

/** What the carrier has of this message: the one that a callback named, or one like it that is no other message of ours. */
async function find(
	house: House,
	sent: SentMessage,
): Promise<{ ref: string; segments: number; status?: string } | null> {
	if (sent.carrierRef !== null) return { ref: sent.carrierRef, segments: sent.segments ?? 1, status: sent.status };
	const reports = await house.carrier.findMessages({
		to: sent.peer,
		from: sent.own,
		whatsapp: sent.channel === "whatsapp",
		since: sent.createdAt - SKEW_MS,
	});
	const alike = reports.filter(({ body, direction }) => direction === "outbound" && body === sent.body);
	const known = await knownRefsAnyAccount(
		house.db,
		alike.map(({ ref }) => ref),
	);
	return alike.find(({ ref }) => !known.has(ref)) ?? null;
}
