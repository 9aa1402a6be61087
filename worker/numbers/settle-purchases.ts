import * as z from "zod";
import { Fault } from "../errors";
import { findWithParts, type OperationRow, overdueAnyAccount, settleOperation } from "../once/store";
import type { House } from "../scope";
import { ADOPTION_KIND } from "./adopt";
import { partsFrom } from "./buy-many";
import { findNumber } from "./held/store";
import { finishRelease, RELEASE_KIND } from "./release";
import { finishReturn, RETURN_KIND } from "./return-line";
import { LineSettingsShape } from "./settings-before";
import { giveUp, keep, type Purchase } from "./settle";

const PurchaseDetail = z.object({
	numberId: z.string(),
	channel: z
		.object({ id: z.string(), name: z.string().nullable(), type: z.enum(["whatsapp", "sms", "voice"]) })
		.nullable(),
});
const ReleaseDetail = z.object({ numberId: z.string() });
const ReturnDetail = z.object({ ref: z.string(), before: LineSettingsShape.nullable() });

/** What is under way at the carrier, and how each kind of it is brought to its end. */
const COMPLETERS: Record<string, (house: House, operation: OperationRow) => Promise<unknown>> = {
	number_purchase: completePurchase,
	channel_number: completePurchase,
	batch_number: completePurchase,
	[ADOPTION_KIND]: completePurchase,
	number_batch: completeBatch,
	channel_batch: completeBatch,
	[RELEASE_KIND]: completeRelease,
	[RETURN_KIND]: (house, { id, accountId, detail }) =>
		finishReturn(house, { accountId, id, ...ReturnDetail.parse(detail) }),
};

/** As many as fit well into one tick; the oldest go first, so the rest has its turn in the next. */
const AT_MOST = 50;

/** Ends what was cut off midway: asks the carrier what became of it, and charges or gives back. One that fails waits for the next tick. */
export async function settlePurchases(house: House): Promise<void> {
	const before = house.now() - house.settings.COMPLETER_AGE_SECONDS * 1000;
	for (const operation of await overdueAnyAccount(house.db, Object.keys(COMPLETERS), before, AT_MOST))
		try {
			await COMPLETERS[operation.kind]?.(house, operation);
		} catch (error) {
			console.warn(
				JSON.stringify({ level: "warn", operation: operation.id, waits: operation.kind, error: `${error}` }),
			);
		}
}

async function completePurchase(house: House, operation: OperationRow): Promise<void> {
	const { numberId, channel } = PurchaseDetail.parse(operation.detail);
	const number = await findNumber(house.db, operation.accountId, numberId);
	if (!number) throw new Error("a purchase without its number");
	const purchase: Purchase = { operationId: operation.id, userId: operation.userId, number, channel };
	const line = await house.carrier.findLine(number.e164);
	if (line?.operationId === operation.id) await keep(house, purchase, line);
	else await giveUp(house, purchase, NOT_BOUGHT);
}

const NOT_BOUGHT = new Fault("carrier_unclear", "The carrier did not sell this number. Nothing was charged.");

async function completeRelease(house: House, { id, accountId, detail }: OperationRow): Promise<void> {
	const number = await findNumber(house.db, accountId, ReleaseDetail.parse(detail).numberId);
	if (!number) throw new Error("a release without its number");
	await finishRelease(house, id, number);
}

/** A batch that was cut off has no further parts: it is what its parts came to, once they are over. */
async function completeBatch({ db, now }: House, batch: OperationRow): Promise<void> {
	const { parts } = await findWithParts(db, batch.accountId, batch.id);
	if (parts.some(({ state }) => state === "open" || state === "unknown")) return;
	const body = partsFrom(batch, parts);
	await settleOperation(db, batch.accountId, batch.id, {
		state: "done",
		responseBody: JSON.stringify(body),
		now: now(),
	});
}
