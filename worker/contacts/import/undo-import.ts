import { inOneBatch } from "../../db/client";
import { Fault, notFound } from "../../errors";
import type { Scope } from "../../scope";
import { removingImported } from "../lists/store";
import { removingAdded, restoring } from "../store";
import type { Import } from "./inputs";
import { importOnWire } from "./shape";
import { findingImport, markingUndone } from "./store";
import { UNDO_MS } from "./undo-until";

/**
 * Takes a whole import back: whom it put on the list is off it, whom it added is forgotten, and whom it changed is as before. Whoever
 * was changed by hand since, or stands on another list, stays. Throws `conflict` when it is too late, runs still, or was done before.
 */
export async function undoImport(scope: Scope, listId: string, id: string): Promise<Import> {
	const { db, accountId } = scope;
	const now = scope.now();
	const [found] = await findingImport(db, accountId, listId, id);
	if (!found) throw notFound("Import");
	if (found.status === "running") throw new Fault("conflict", "This import is still running.");
	if (found.undoneAt !== null) throw new Fault("conflict", "This import has been taken back already.");
	if (found.createdAt <= now - UNDO_MS) throw new Fault("conflict", "An import can be taken back for a day only.");
	const [row] = (
		await inOneBatch(db, [
			restoring(db, accountId, id),
			removingImported(db, accountId, { listId, importId: id }),
			removingAdded(db, accountId, id),
			markingUndone(db, accountId, { listId, id, since: now - UNDO_MS, now }),
		])
	).at(-1) as (typeof found)[];
	if (!row) throw new Fault("conflict", "This import has been taken back already.");
	return importOnWire(row);
}
