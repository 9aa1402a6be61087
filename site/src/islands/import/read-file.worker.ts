import Papa from "papaparse";
import type { Counts, News, Wish } from "./reading";

const SAMPLE_ROWS = 20;
const SAMPLE_BYTES = 64 * 1024;
const CHUNK_BYTES = 128 * 1024;
/** Numbers are compared with so many others; a longer file is not searched for more. */
const MOST_COMPARED = 1_000_000;

const tell = (news: News) => postMessage(news);

addEventListener("message", ({ data: wish }: MessageEvent<Wish>) => {
	const reading = wish.phone === null ? sample(wish) : count(wish, wish.phone);
	reading.catch(() => tell({ kind: "failed" }));
});

async function sample({ file }: Wish): Promise<void> {
	const head = await file.slice(0, SAMPLE_BYTES).arrayBuffer();
	const text = new TextDecoder(encodingOf(new Uint8Array(head))).decode(head);
	const { data } = Papa.parse<string[]>(text, { preview: SAMPLE_ROWS, skipEmptyLines: "greedy" });
	tell({ kind: "sample", rows: data });
}

async function count({ file, header }: Wish, phone: number): Promise<void> {
	const encoding = encodingOf(new Uint8Array(await file.slice(0, SAMPLE_BYTES).arrayBuffer()));
	const tally = new Tally(phone);
	let isFirst = header;
	Papa.parse<string[]>(file, {
		encoding,
		chunkSize: CHUNK_BYTES,
		skipEmptyLines: "greedy",
		chunk({ data, meta }) {
			for (const cells of isFirst ? data.slice(1) : data) tally.add(cells);
			isFirst = false;
			tell({ kind: "counts", counts: tally.counts, part: Math.min(1, meta.cursor / file.size), done: false });
		},
		complete: () => tell({ kind: "counts", counts: tally.counts, part: 1, done: true }),
		error: () => tell({ kind: "failed" }),
	});
}

class Tally {
	readonly counts: Counts = { rows: 0, international: 0, national: 0, empty: 0, shortened: 0, odd: 0, repeated: 0 };
	readonly #phone: number;
	readonly #seen = new Set<string>();

	constructor(phone: number) {
		this.#phone = phone;
	}

	add(cells: string[]): void {
		const cell = (cells[this.#phone] ?? "").trim();
		const kind = kindOf(cell);
		this.counts.rows++;
		this.counts[kind]++;
		if (kind !== "international" && kind !== "national") return;
		const digits = cell.replace(/\D/g, "");
		if (this.#seen.has(digits)) this.counts.repeated++;
		else if (this.#seen.size < MOST_COMPARED) this.#seen.add(digits);
	}
}

function kindOf(cell: string): Exclude<keyof Counts, "rows" | "repeated"> {
	if (cell === "") return "empty";
	if (/^\+?\d+(?:[.,]\d+)?e\+?\d+$/i.test(cell)) return "shortened";
	const digits = cell.replace(/\D/g, "").length;
	if (digits < 5 || digits > 20) return "odd";
	return /^\W*(?:\+|00[1-9])/.test(cell) ? "international" : "national";
}

/** UTF-8 or UTF-16 by its mark, and Windows-1252, which spreadsheets still write, when it is not UTF-8. */
function encodingOf(head: Uint8Array): string {
	if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
	if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
	try {
		new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
		return "utf-8";
	} catch {
		return "windows-1252";
	}
}
