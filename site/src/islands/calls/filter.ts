/** The page's own filters, as they stand in the address. Days are days of whoever looks. */
export interface Filter {
	direction: string;
	status: string;
	kind: string;
	number: string;
	from: string;
	to: string;
	q: string;
	campaignId: string;
	assistantId: string;
}
const NAMES = ["direction", "status", "kind", "number", "from", "to", "q", "campaignId", "assistantId"] as const;

export function filterIn(search: string): Filter {
	const asked = new URLSearchParams(search);
	return Object.fromEntries(NAMES.map((name) => [name, asked.get(name) ?? ""])) as unknown as Filter;
}

export function searchOf(filter: Filter): string {
	const set = NAMES.filter((name) => filter[name]).map((name) => [name, filter[name]]);
	const text = new URLSearchParams(set).toString();
	return text && `?${text}`;
}

export const isFiltered = (filter: Filter): boolean => NAMES.some((name) => filter[name]);

/** The last so many days, today counted: from when on. */
export function lately(days: number): Pick<Filter, "from" | "to"> {
	const at = new Date();
	at.setDate(at.getDate() - days + 1);
	return { from: new Intl.DateTimeFormat("sv-SE", { dateStyle: "short" }).format(at), to: "" };
}

/** The same for the API: a day begins and ends in this browser's zone, and the last day counts whole. */
export function queryOf(filter: Filter): Record<string, string> {
	const { from, to, ...rest } = filter;
	const asked = { ...rest, from: midnight(from, 0), to: midnight(to, 1), q: rest.q.trim() };
	return Object.fromEntries(Object.entries(asked).filter(([, value]) => value));
}

function midnight(day: string, later: number): string {
	const [year, month, date] = day.split("-").map(Number);
	if (!year || !month || !date) return "";
	const at = new Date(year, month - 1, date + later);
	return Number.isNaN(at.getTime()) ? "" : at.toISOString();
}
