import { ulid } from "ulid";
import { brokenRule } from "../db/guards";
import { openOperation, settleOperation } from "../once/store";
import type { LineSettings } from "../outside/carrier/carrier";
import type { House } from "../scope";

export const RETURN_KIND = "line_return";

export interface StrayLine {
	accountId: string;
	userId: string;
	e164: string;
	/** The carrier's id of the line. */
	ref: string;
	/** What it was set to when it was adopted: it is set back and stays. Null for a line that was bought: it goes. */
	before: LineSettings | null;
}

/**
 * Gives a line back that nobody here owns, since its purchase was given up before the carrier told of its success. It is written
 * down first: whatever happens to this attempt, the completer goes on until the carrier has the line.
 */
export async function returnLine(house: House, { accountId, userId, e164, ref, before }: StrayLine): Promise<void> {
	const id = `op_${ulid()}`;
	const once = { key: `line:${ref}`, requestHash: "" };
	const opening = { id, userId, kind: RETURN_KIND, once, hold: 0, detail: { ref, e164, before }, now: house.now() };
	try {
		await openOperation(house.db, accountId, opening);
	} catch (error) {
		if (brokenRule(error)) return; // it is on its way back already
		throw error;
	}
	try {
		await finishReturn(house, { accountId, id, ref, before });
	} catch (error) {
		console.warn(JSON.stringify({ level: "warn", operation: id, waits: "line_return", error: String(error) }));
	}
}

/** Asks the carrier to take the line, and notes that it did. Repeating it does no harm. */
export async function finishReturn(
	house: House,
	{ accountId, id, ref, before }: Pick<StrayLine, "accountId" | "ref" | "before"> & { id: string },
): Promise<void> {
	await (before ? house.carrier.detachLine(ref, before) : house.carrier.releaseLine(ref));
	await settleOperation(house.db, accountId, id, { state: "done", responseBody: "null", now: house.now() });
}
