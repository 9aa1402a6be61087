import type { House } from "../scope";
import { OBJECT_KIND } from "./keep";
import { dropPending, ownedKeysAnyAccount, unfinishedAnyAccount } from "./store";

const MOST_ROWS = 50;
const MOST_OBJECTS = 200;

/**
 * Brings rows and recordings together again after uploads that were cut off: removes rows that never got their bytes, and bytes that
 * have no row. Each tick looks at a few objects and goes on where the last one stopped.
 */
export async function sweepGreetings({ db, audio, settings, now }: House): Promise<void> {
	const before = now() - settings.COMPLETER_AGE_SECONDS * 1_000;
	const { rows, afterKey } = await unfinishedAnyAccount(db, before, MOST_ROWS);
	for (const { id, accountId, r2Key } of rows) {
		await audio.delete(r2Key);
		await dropPending(db, accountId, id);
	}
	const { objects, truncated } = await audio.list({
		prefix: "t/",
		limit: MOST_OBJECTS,
		include: ["customMetadata"],
		...(afterKey ? { startAfter: afterKey } : {}),
	});
	if (objects.length === 0 && afterKey === "") return;
	const next = truncated ? (objects.at(-1)?.key ?? "") : "";
	const old = objects.filter(
		({ customMetadata, uploaded }) => customMetadata?.kind === OBJECT_KIND.kind && uploaded.getTime() < before,
	);
	const owned = await ownedKeysAnyAccount(
		db,
		old.map(({ key }) => key),
		next,
	);
	const orphans = old.map(({ key }) => key).filter((key) => !owned.has(key));
	if (orphans.length > 0) await audio.delete(orphans);
}
