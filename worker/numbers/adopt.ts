import { ulid } from "ulid";
import { inOneBatch, type Statement } from "../db/client";
import { brokenRule } from "../db/guards";
import { Fault, notFound } from "../errors";
import { audit } from "../identity/audit/store";
import { liveSession } from "../identity/store";
import type { Outcome } from "../once/outcome";
import { markUnknown, openOperation } from "../once/store";
import { CarrierBusy, CarrierRefusal, type Line, type OwnedLine } from "../outside/carrier/carrier";
import { readLine } from "../pure/line";
import { formatPhone } from "../pure/phone";
import type { Scope } from "../scope";
import { heldAnyAccount } from "./held/store";
import type { AdoptInput, Bought, CarrierLine } from "./inputs";
import { giveUp, keep, refusalFault } from "./settle";
import { type NumberRow, numberIn, ONE_OWNER_RULE, reserveNumber } from "./store";

export const ADOPTION_KIND = "number_adoption";

/** The installation's lines at the carrier, and which of them somebody here has. For administrators. */
export async function listCarrierLines({ carrier, db, now }: Scope): Promise<CarrierLine[]> {
	const lines = await carrier.listLines();
	const holders = new Map((await heldAnyAccount(db, now())).map((holder) => [holder.e164, holder.accountId]));
	return lines.map(({ ref, e164: number, capabilities }) => ({
		ref,
		number,
		formatted: formatPhone(number),
		capabilities,
		accountId: holders.get(number) ?? null,
	}));
}

/**
 * Takes over a line that the installation has had at the carrier before: it is pointed at our webhooks, and set back when the number is
 * given up. It costs nothing to begin with; rent starts a month later. `scope` acts for the account that gets it.
 */
export async function adoptLine(
	scope: Scope,
	ref: string,
	{ label }: Pick<AdoptInput, "label">,
): Promise<Outcome<Bought>> {
	const line = (await scope.carrier.listLines()).find((owned) => owned.ref === ref);
	if (!line) throw notFound("Line");
	const operationId = `op_${ulid()}`;
	const number = await reserve(scope, operationId, line, label);
	const purchase = { operationId, userId: scope.userId, number, channel: null };
	let adopted: Line;
	try {
		adopted = await scope.carrier.adoptLine({ ref, operationId, before: line.settings });
	} catch (error) {
		if (error instanceof CarrierRefusal || error instanceof CarrierBusy)
			return giveUp(scope, purchase, refusalFault(error));
		await markUnknown(scope.db, scope.accountId, operationId);
		return { state: "pending", operationId, replayed: false };
	}
	return keep(scope, purchase, adopted);
}

async function reserve(scope: Scope, operationId: string, line: OwnedLine, label: string): Promise<NumberRow> {
	const { db, accountId, userId } = scope;
	const sold = readLine(line.e164);
	if (!sold) throw new Fault("conflict", `${line.e164} is not a number that can be used here`);
	const now = scope.now();
	const id = `num_${ulid()}`;
	const detail = { numberId: id, channel: null };
	const once = { key: null, requestHash: "" };
	try {
		const [, , , reserved] = await inOneBatch<Statement>(db, [
			liveSession(db, scope),
			audit(db, scope, { action: "line.adopted", object: line.ref, detail: { e164: line.e164 } }),
			openOperation(db, accountId, { id: operationId, userId, kind: ADOPTION_KIND, once, hold: 0, detail, now }),
			reserveNumber(db, accountId, {
				id,
				operationId,
				candidates: [{ e164: line.e164, city: "", region: "" }],
				country: sold.country,
				lineType: sold.type,
				label,
				provider: scope.carrier.name,
				assignedTo: scope.role === "member" ? userId : null,
				settingsBefore: line.settings,
				now,
			}),
		]);
		return numberIn(reserved);
	} catch (error) {
		if (brokenRule(error) !== ONE_OWNER_RULE) throw error;
		throw new Fault("already_exists", "Somebody here has this number already", { cause: error });
	}
}
