import type { House } from "../../scope";
import { failStaleImportsAnyAccount } from "./store";

/** Marks imports that were cut off as failed, so that no half of a file passes for the whole. What they brought stays. */
export async function settleImports({ db, settings, now }: House): Promise<void> {
	const since = now() - settings.COMPLETER_AGE_SECONDS * 1_000;
	await failStaleImportsAnyAccount(db, since, "The upload was cut off. Send the same file again.", now());
}
