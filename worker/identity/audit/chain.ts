import { brokenRule } from "../../db/guards";
import type { House } from "../../scope";
import { type AuditRow, addSeals, auditAfter, unsealedAnyAccount, unsealedOf } from "./store";

const AT_ONCE = 500;
/** The cron seals every minute. */
const SEALED_WITHIN_MS = 120_000;

/** What a chain begins with. */
export const NO_SEAL = "0".repeat(64);

/** The seal of a deed: SHA-256, in hex, over a JSON list of the seal before it and all that the deed says. Anybody can follow it. */
export async function sealOf(previous: string, accountId: string, deed: Omit<AuditRow, "seal">): Promise<string> {
	const { seq, actorId, action, object, detail, ip, userAgent, createdAt } = deed;
	const text = JSON.stringify([previous, seq, accountId, actorId, action, object, detail, ip, userAgent, createdAt]);
	return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toHex();
}

/** Seals what waits for it in one account. Of two at once, one leaves it to the other. */
export async function sealAccount({ db }: House, accountId: string): Promise<void> {
	for (;;) {
		const { last, waiting } = await unsealedOf(db, accountId, AT_ONCE);
		if (waiting.length === 0) return;
		let [seal, previousSeq] = [last?.seal ?? NO_SEAL, last?.seq ?? 0];
		const seals = [];
		for (const deed of waiting) {
			seal = await sealOf(seal, accountId, deed);
			seals.push({ seq: deed.seq, previousSeq, seal });
			previousSeq = deed.seq;
		}
		try {
			await addSeals(db, accountId, seals);
		} catch (error) {
			if (brokenRule(error)?.startsWith("audit_seals.")) return;
			throw error;
		}
		if (waiting.length < AT_ONCE) return;
	}
}

/** Seals what waits for it, in every account. */
export async function sealAudit(house: House): Promise<void> {
	for (const accountId of await unsealedAnyAccount(house.db, AT_ONCE)) await sealAccount(house, accountId);
}

/** What following the chain of an account came to. */
export interface Proof {
	entries: number;
	intact: boolean;
	/** The id of the first deed that is not as it was sealed; null when there is none. */
	brokenAt: string | null;
	/** The newest seal. Who keeps it can prove later that nothing before it was changed or taken away. */
	head: string;
}

/** Follows the account's chain from its first deed to its last. */
export async function proveAudit(house: House, accountId: string): Promise<Proof> {
	await sealAccount(house, accountId);
	let [head, entries, after] = [NO_SEAL, 0, 0];
	for (;;) {
		const rows = await auditAfter(house.db, accountId, after, AT_ONCE);
		for (const { seal, ...deed } of rows) {
			const found = await sealOf(head, accountId, deed);
			// What was done while this looks may have no seal yet.
			if (seal === null && deed.createdAt > house.now() - SEALED_WITHIN_MS)
				return { entries, intact: true, brokenAt: null, head };
			if (seal !== found) return { entries, intact: false, brokenAt: String(deed.seq), head };
			head = found;
			entries++;
		}
		if (rows.length < AT_ONCE) return { entries, intact: true, brokenAt: null, head };
		after = rows.at(-1)?.seq ?? after;
	}
}
