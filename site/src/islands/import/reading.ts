/** What the page asks of the worker that reads a file. */
export interface Wish {
	file: File;
	/** The column whose numbers are counted; null reads the first rows only. */
	phone: number | null;
	/** Whether the first row names the columns. */
	header: boolean;
}

/** What a file's numbers look like, before anybody has checked them. */
export interface Counts {
	rows: number;
	/** With their country code. */
	international: number;
	/** Without: the country that was chosen goes for them. */
	national: number;
	empty: number;
	/** "4.15E+09": the digits are gone. */
	shortened: number;
	/** Too few digits, or none. */
	odd: number;
	/** Rows whose number came before. */
	repeated: number;
}

/** How far the reading of a file is. `part`: how much of it has been read, 0 to 1. */
export interface Look {
	counts: Counts;
	part: number;
	done: boolean;
}

export type News = { kind: "sample"; rows: string[][] } | ({ kind: "counts" } & Look) | { kind: "failed" };

/** Reads a file in a worker, so that the page stays as quick as it is, however long the file. Gives the way to stop it. */
export function readBeside(wish: Wish, onNews: (news: News) => void): () => void {
	const worker = new Worker(new URL("./read-file.worker.ts", import.meta.url), { type: "module" });
	worker.onmessage = ({ data }: MessageEvent<News>) => onNews(data);
	worker.onerror = () => onNews({ kind: "failed" });
	worker.postMessage(wish);
	return () => worker.terminate();
}
