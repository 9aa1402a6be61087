import type { ImportErrorRow } from "./errors/store";
import type { Import, ImportError, PastImport } from "./inputs";
import type { BadRow } from "./read-file";
import { reasonText } from "./reasons";
import type { ImportRow } from "./store";
import { UNDO_MS } from "./undo-until";

export function importOnWire(row: ImportRow): Import {
	return {
		importId: row.id,
		contactListId: row.listId,
		filename: row.filename,
		status: row.status,
		rowsRead: row.rowsRead,
		rowsAdded: row.rowsAdded,
		rowsKnown: row.rowsKnown,
		rowsBad: row.rowsBad,
		reasons: Object.entries(row.reasons)
			.map(([reason, count]) => ({ reason, message: reasonText(reason), count }))
			.sort((a, b) => b.count - a.count),
		failure: row.failure,
		undoUntil:
			row.undoneAt !== null || row.status === "running" || row.createdAt + UNDO_MS <= Date.now()
				? null
				: new Date(row.createdAt + UNDO_MS).toISOString(),
		undoneAt: row.undoneAt === null ? null : new Date(row.undoneAt).toISOString(),
		createdAt: new Date(row.createdAt).toISOString(),
		updatedAt: new Date(row.updatedAt).toISOString(),
	};
}

export function pastImportOnWire(row: ImportRow & { listName: string }): PastImport {
	return { ...importOnWire(row), listName: row.listName };
}

export function errorOnWire({ line, reason, value, cells }: BadRow | ImportErrorRow): ImportError {
	return { line, reason, message: reasonText(reason), value, cells };
}
