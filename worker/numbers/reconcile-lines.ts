import { inOneBatch, type Statement } from "../db/client";
import { unsettledAnyAccount } from "../once/store";
import { closeVanished, type Difference, noteDifference } from "../operations/differences/store";
import { isDue } from "../operations/store";
import type { OwnedLine } from "../outside/carrier/carrier";
import type { House } from "../scope";
import { type Holder, heldAnyAccount } from "./held/store";

const DAY_MS = 86_400_000;
/** Statements per batch: well within what one transaction may take. */
const PAGE = 50;

/** Once a day: compares the numbers here with the carrier's, both ways. */
export async function reconcileLinesDaily(house: House): Promise<void> {
	if (await isDue(house.db, "reconcile_lines", DAY_MS, house.now())) await reconcileLines(house);
}

/** Lists what does not agree for administrators; mends nothing. What agrees again is closed. Returns how many differences there are. */
export async function reconcileLines(house: House): Promise<number> {
	const { db, carrier } = house;
	const now = house.now();
	const lines = await carrier.listLines();
	const held = await heldAnyAccount(db, now);
	const underWay = JSON.stringify(await unsettledAnyAccount(db));
	const differences = [
		...missingThere(lines, held, now),
		// What is being bought or given back just now is nobody's mistake.
		...missingHere(lines, held).filter(({ line }) => !underWay.includes(line.ref) && !isUnderWay(underWay, line)),
	];
	const found: Difference[] = differences.map(({ difference }) => difference);
	for (let i = 0; i < found.length; i += PAGE)
		await inOneBatch<Statement>(
			db,
			found.slice(i, i + PAGE).map((difference) => noteDifference(db, difference, now)),
		);
	await inOneBatch<Statement>(db, [closeVanished(db, "carrier", now)]);
	return found.length;
}

const isUnderWay = (underWay: string, { operationId }: OwnedLine) =>
	operationId !== "" && underWay.includes(`"${operationId}"`);

function missingThere(lines: OwnedLine[], held: Holder[], startedAt: number) {
	const there = new Map(lines.map((line) => [line.e164, line]));
	return held
		.filter(({ status, purchasedAt }) => status === "active" && (purchasedAt ?? startedAt) < startedAt)
		.flatMap(({ e164: ref, accountId, carrierRef }) => {
			const line = there.get(ref);
			if (line?.ref === carrierRef) return [];
			const kind = line ? "found_under_another_id" : "found_here_only";
			const detail = { carrierRef, there: line?.ref ?? null };
			return [{ difference: { source: "carrier" as const, kind, ref, accountId, detail } }];
		});
}

function missingHere(lines: OwnedLine[], held: Holder[]) {
	const here = new Set(held.map(({ e164 }) => e164));
	return lines
		.filter(({ e164 }) => !here.has(e164))
		.map((line) => {
			const { ref: carrierRef, e164: ref, operationId } = line;
			const kind = operationId.startsWith("op_") ? "found_there_only" : "found_not_adopted";
			return {
				line,
				difference: { source: "carrier" as const, kind, ref, accountId: null, detail: { carrierRef, operationId } },
			};
		});
}
