import { Refusal } from "./refusal";

/** What is read from the API, by key, for every island and every page of a visit: pages change under it without a reload. */
export type Key = readonly unknown[];

export interface Entry {
	readonly key: Key;
	data: unknown;
	error: unknown;
	/** Reads it anew; set by whoever shows it. */
	read: (() => Promise<unknown>) | null;
	readonly listeners: Set<() => void>;
	/** When the data arrived; 0 makes it stale. */
	at: number;
	flight: Promise<void> | null;
	/** Moves when the data was changed here, so that an answer which left before that is not taken. */
	version: number;
}

const FRESH_MS = 5_000;
const KEPT_UNSEEN_MS = 300_000;
const RETRIES = 2;

const entries = new Map<string, Entry>();
/** What is shown otherwise than it is read: what is going and can still be taken back. */
const masks = new Set<{ prefix: Key; change: (data: unknown) => unknown }>();
const nameOf = (key: Key) => JSON.stringify(key);

export function entryOf(key: Key): Entry {
	const name = nameOf(key);
	let entry = entries.get(name);
	if (!entry) {
		entry = { key, data: undefined, error: null, read: null, listeners: new Set(), at: 0, flight: null, version: 0 };
		entries.set(name, entry);
	}
	return entry;
}

function tell(entry: Entry): void {
	for (const listener of entry.listeners) listener();
}

/** Somebody shows this entry from now on. Gives the way to end that. */
export function watch(entry: Entry, listener: () => void): () => void {
	entry.listeners.add(listener);
	if (entry.at + FRESH_MS < Date.now()) void load(entry);
	return () => {
		entry.listeners.delete(listener);
		setTimeout(() => {
			if (entry.listeners.size === 0 && entries.get(nameOf(entry.key)) === entry) entries.delete(nameOf(entry.key));
		}, KEPT_UNSEEN_MS);
	};
}

/** Reads an entry, once at a time however many ask. What was shown stays until there is something newer. */
export function load(entry: Entry): Promise<void> {
	entry.flight ??= fly(entry).finally(() => {
		entry.flight = null;
		tell(entry);
	});
	tell(entry);
	return entry.flight;
}

async function fly(entry: Entry): Promise<void> {
	for (let tried = 0; entry.read; ) {
		const { version } = entry;
		try {
			const read = await entry.read();
			if (version !== entry.version) continue;
			const data = [...masks]
				.filter(({ prefix }) => isUnder(entry.key, prefix))
				.reduce((shown, { change }) => change(shown), read);
			Object.assign(entry, { data, error: null, at: Date.now() });
			return;
		} catch (error) {
			const passing = error instanceof Refusal && (error.status === 0 || error.status === 503);
			if (!passing || tried++ >= RETRIES) {
				entry.error = error;
				return;
			}
			await new Promise((resolve) => setTimeout(resolve, 400 * 2 ** tried));
		}
	}
}

function under(prefix: Key): Entry[] {
	return [...entries.values()].filter(({ key }) => isUnder(key, prefix));
}

/** Something under these keys is not as it was: what is shown is read anew, the rest when it is next shown. */
export async function changed(...prefixes: string[]): Promise<void> {
	const touched = prefixes.flatMap((prefix) => under([prefix]));
	for (const entry of touched) {
		entry.at = 0;
		entry.version++;
	}
	await Promise.all(touched.filter(({ listeners }) => listeners.size > 0).map(load));
}

/** Anything may be not as it was. */
export function allChanged(): Promise<void> {
	return changed(...new Set([...entries.values()].map(({ key }) => String(key[0]))));
}

/** Puts what is known already into every entry under a key. Gives the way back. */
export function put<Data>(prefix: Key, change: (data: Data) => Data): () => void {
	const before = under(prefix)
		.filter(({ data }) => data !== undefined)
		.map((entry) => [entry, entry.data] as const);
	for (const [entry, data] of before) set(entry, change(data as Data));
	return () => {
		for (const [entry, data] of before) set(entry, data);
	};
}

/** As {@link put}, and to whatever is read until it is lifted. */
export function mask<Data>(prefix: Key, change: (data: Data) => Data): { lift: () => void; undo: () => void } {
	const worn = { prefix, change: (data: unknown) => change(data as Data) };
	masks.add(worn);
	const back = put(prefix, change);
	const lift = () => void masks.delete(worn);
	return {
		lift,
		undo: () => {
			lift();
			back();
			void changed(String(prefix[0]));
		},
	};
}

const isUnder = (key: Key, prefix: Key) => prefix.every((part, at) => key[at] === part);

/** Sets the data of one entry. */
export function set(entry: Entry, data: unknown): void {
	entry.data = data;
	entry.version++;
	tell(entry);
}

/** Forgets everything: somebody else is at the desk now. */
export function forgetAll(): void {
	for (const entry of entries.values()) {
		Object.assign(entry, { data: undefined, error: null, at: 0 });
		entry.version++;
	}
	entries.clear();
}

// Whoever comes back to this tab sees how things are now.
if (typeof document !== "undefined")
	document.addEventListener("visibilitychange", () => {
		if (document.hidden) return;
		for (const entry of entries.values())
			if (entry.listeners.size > 0 && entry.at + FRESH_MS < Date.now()) void load(entry);
	});
