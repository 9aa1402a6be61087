import { length } from "../../lib/words";

const bare = () => document.title.replace(/^(?:[\d:]+|☎) · /, "");
const icon = () => document.querySelector<HTMLLinkElement>('link[rel="icon"]');
let usual: string | null = null;

/** Puts the time into the page's title, and the minutes into its sign, so that the tab of the call is found again. */
export function badge(seconds: number): void {
	document.title = `${length(seconds)} · ${bare()}`;
	const link = icon();
	if (!link) return;
	usual ??= link.getAttribute("href");
	const minutes = Math.floor(seconds / 60);
	const wanted = `data:image/svg+xml,${encodeURIComponent(sign(minutes))}`;
	if (link.getAttribute("href") !== wanted) link.href = wanted;
}

/** A page that rings says so in its title. */
export function badgeRinging(): void {
	document.title = `☎ · ${bare()}`;
}

export function unbadge(): void {
	document.title = bare();
	const link = icon();
	if (link && usual !== null) link.href = usual;
	usual = null;
}

const sign = (minutes: number) =>
	`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#15803d"/><text x="16" y="22" font-family="system-ui,sans-serif" font-size="17" font-weight="700" text-anchor="middle" fill="#fff">${Math.min(minutes, 99)}</text></svg>`;
