import type { House } from "../../scope";
import { failStaleImportsAnyAccount, forgetBeforeAnyAccount } from "./store";
import { UNDO_MS } from "./undo-until";

/** Marks imports that were cut off as failed, so that no half of a file passes for the whole. What they brought stays. */
export async function settleImports({ db, settings, now }: House): Promise<void> {
	const since = now() - settings.COMPLETER_AGE_SECONDS * 1_000;
	await failStaleImportsAnyAccount(db, since, "The upload was cut off. Send the same file again.", now());
	await forgetBeforeAnyAccount(db, now() - UNDO_MS, 50);
}
