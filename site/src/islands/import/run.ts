import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { send } from "../../lib/send";
import type { ImportReport } from "../../lib/wire";
import type { Holds } from "./columns";

export interface Choice {
	file: File | null;
	/** "" opens a new list. */
	listId: string;
	listName: string;
	country: string;
	/** What each column holds; null until that is known, and then the server guesses. */
	columns: Holds[] | null;
	/** Whether the first row names the columns. */
	header: boolean;
}

/** How far an import is: the part of the file that is sent (0 to 1), and the rows that the server has stored. */
export interface Stage {
	sent: number;
	rowsRead: number;
}

interface Listeners {
	onList: (listId: string) => void;
	onStage: (stage: Stage) => void;
}

const POLL_MS = 700;

/** Sends the file to its list and tells how far it is. */
export async function importFile(choice: Choice, { onList, onStage }: Listeners): Promise<ImportReport> {
	const { file } = choice;
	if (!file) throw new Error("no file was chosen");
	const listId = choice.listId || (await openList(choice)).id;
	onList(listId);
	let stage: Stage = { sent: 0, rowsRead: 0 };
	const move = (change: Partial<Stage>) => {
		stage = { ...stage, ...change };
		onStage(stage);
	};
	const timer = setInterval(async () => {
		const [latest] = await said(api["contact-lists"][":id"].imports.$get({ param: { id: listId }, query: {} })).catch(
			() => [],
		);
		if (latest?.status === "running") move({ rowsRead: latest.rowsRead });
	}, POLL_MS);
	try {
		return await send<ImportReport>(
			`/api/contact-lists/${listId}/import?${queryOf(choice, file)}`,
			file,
			(sent) => move({ sent }),
			"text/csv",
		);
	} finally {
		clearInterval(timer);
		await changed("lists", "contacts", "imports");
	}
}

function queryOf({ country, columns, header }: Choice, file: File): URLSearchParams {
	return new URLSearchParams({
		country,
		filename: file.name.slice(0, 200),
		...(columns?.length ? { columns: columns.join(","), header: String(header) } : {}),
	});
}

function openList({ listName, file }: Choice) {
	return said(api["contact-lists"].$post({ json: { name: listName.trim() || nameFrom(file) } }));
}

/** "customers_2026.csv" -> "customers 2026". */
export function nameFrom(file: File | null): string {
	const plain = file?.name
		.replace(/\.[^.]*$/, "")
		.replace(/[_-]+/g, " ")
		.trim();
	return plain || "Imported contacts";
}
