import { useEffect, useReducer, useRef } from "preact/hooks";
import { type Entry, entryOf, type Key, load, set, watch } from "./cache";

export interface Reading<Data> {
	key: Key;
	read: () => Promise<Data>;
	/** Milliseconds until it is read again, while somebody looks. */
	every?: number | false | ((data: Data | undefined) => number | false);
	enabled?: boolean;
	/** Shows the data of the key before until that of this one is there. */
	keepOld?: boolean;
}

interface Always {
	/** On its way, also when something older is shown meanwhile. */
	isFetching: boolean;
	again: () => void;
}
interface Pending {
	isPending: true;
	isError: false;
	data: undefined;
	error: null;
}
interface Failed {
	isPending: false;
	isError: true;
	data: undefined;
	error: unknown;
}
interface There<Data> {
	isPending: false;
	isError: false;
	data: Data;
	error: null;
}
/** One of: not there yet, refused, there. What was there once stays there when a later reading fails. */
export type Read<Data> = Always & (Pending | Failed | There<Data>);

/** A reading that more than one island shows, with its type kept. */
export function reading<Data>(options: Reading<Data>): Reading<Data> {
	return options;
}

/** Reads from the API and follows what becomes of it. */
export function useRead<Data>({
	key,
	read,
	every = false,
	enabled = true,
	keepOld = false,
}: Reading<Data>): Read<Data> {
	const entry = entryOf(key);
	useEntry(entry, read, enabled);
	const old = useRef<Data | undefined>(undefined);
	// The key says what the data is; this is the one place where that is taken for granted.
	const own = entry.data as Data | undefined;
	if (own !== undefined) old.current = own;
	const data = own === undefined && keepOld ? old.current : own;

	const pause = typeof every === "function" ? every(data) : every;
	useEffect(() => {
		if (!pause || !enabled) return;
		const timer = setInterval(() => {
			if (!document.hidden) void load(entry);
		}, pause);
		return () => clearInterval(timer);
	}, [entry, pause, enabled]);

	const always = { isFetching: entry.flight !== null, again: () => void load(entry) };
	if (data !== undefined) return { ...always, isPending: false, isError: false, data, error: null };
	if (entry.error !== null && !entry.flight)
		return { ...always, isPending: false, isError: true, data: undefined, error: entry.error };
	return { ...always, isPending: true, isError: false, data: undefined, error: null };
}

interface Page<Item> {
	items: Item[];
	nextCursor: string | null;
}

/** Reads a list page by page. A later reading reads as many pages as are shown. */
export function useReadPages<Item>({ key, read }: { key: Key; read: (cursor: string | null) => Promise<Page<Item>> }) {
	const entry = entryOf(key);
	const reader = useRef(read);
	reader.current = read;
	const pages = useRead<Page<Item>[]>({
		key,
		read: async () => {
			const shown = Math.max(1, Array.isArray(entry.data) ? entry.data.length : 1);
			const fresh: Page<Item>[] = [];
			for (let cursor: string | null = null; fresh.length < shown; ) {
				const page = await reader.current(cursor);
				fresh.push(page);
				cursor = page.nextCursor;
				if (cursor === null) break;
			}
			return fresh;
		},
	});
	const next = pages.data?.at(-1)?.nextCursor ?? null;
	const loading = useRef(false);
	const [, redraw] = useReducer((count: number) => count + 1, 0);
	async function more(): Promise<void> {
		if (loading.current || next === null || !pages.data) return;
		loading.current = true;
		redraw(undefined);
		try {
			const page = await reader.current(next);
			set(entry, [...pages.data, page]);
		} finally {
			loading.current = false;
			redraw(undefined);
		}
	}
	return {
		...pages,
		items: pages.data?.flatMap(({ items }) => items) ?? [],
		hasMore: next !== null,
		isLoadingMore: loading.current,
		more,
	};
}

function useEntry(entry: Entry, read: () => Promise<unknown>, enabled: boolean): void {
	const [, redraw] = useReducer((count: number) => count + 1, 0);
	const latest = useRef(read);
	latest.current = read;
	useEffect(() => {
		if (!enabled) return;
		entry.read = () => latest.current();
		const end = watch(entry, () => redraw(undefined));
		// What arrived between the first drawing and now was told to nobody here.
		redraw(undefined);
		return end;
	}, [entry, enabled]);
}
