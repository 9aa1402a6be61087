/** Whom the page of contacts shows: everybody, a list's, or whoever meets a saved filter. */
export type Shown = { kind: "all"; id: null } | { kind: "list" | "segment"; id: string };

/** As the address says it. */
export function shownIn(search: string): Shown {
	const query = new URLSearchParams(search);
	const list = query.get("list");
	const segment = query.get("segment");
	if (list) return { kind: "list", id: list };
	return segment ? { kind: "segment", id: segment } : { kind: "all", id: null };
}

export const addressOf = ({ kind, id }: Shown): string =>
	id === null ? "/contacts" : `/contacts?${kind}=${encodeURIComponent(id)}`;
