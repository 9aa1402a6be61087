/** The rooms of the desk that exist, in the order of the rail. `key` is pressed after G. */
export interface Place {
	href: string;
	word: string;
	key: string;
	/** In the tab bar of small screens too; the others stand behind "More". */
	tab: boolean;
}

export const PLACES: Place[] = [
	{ href: "/dashboard", word: "Home", key: "h", tab: true },
	{ href: "/chat", word: "Inbox", key: "i", tab: true },
	{ href: "/calls", word: "Calls", key: "c", tab: true },
	{ href: "/queue", word: "Queue", key: "q", tab: false },
	{ href: "/campaigns", word: "Campaigns", key: "m", tab: false },
	{ href: "/contacts", word: "Contacts", key: "p", tab: true },
	{ href: "/greetings", word: "Greetings", key: "r", tab: false },
	{ href: "/assistants", word: "Assistants", key: "a", tab: false },
	{ href: "/numbers", word: "Numbers", key: "n", tab: false },
	{ href: "/analytics", word: "Analytics", key: "y", tab: false },
	{ href: "/wallet", word: "Wallet", key: "w", tab: false },
	{ href: "/settings", word: "Settings", key: "s", tab: false },
];

/** True when `path` is the place itself or a page within it. */
export function isAt(path: string, href: string): boolean {
	const plain = path.replace(/\.html$/, "").replace(/\/$/, "");
	return plain === href || plain.startsWith(`${href}/`);
}
