import { navigate } from "astro:transitions/client";
import { tinykeys } from "tinykeys";
import { isOurs } from "./keys";
import { startLive } from "./live";
import { PLACES } from "./places";

startLive();

// The rail is drawn for everybody alike; administrators get their line with each page, and everybody what is unread.
document.addEventListener("astro:page-load", () => {
	void import("./admin-entry").then(({ showAdminEntry }) => showAdminEntry());
	void import("./unread-entry").then(({ showUnread }) => showUnread());
});

/** Focus belongs to the new page's heading after a navigation, so that a screen reader starts there. */
document.addEventListener("astro:page-load", () => {
	if (document.activeElement && document.activeElement !== document.body) return;
	document.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
});

// A page is asked for as soon as a pointer or the focus rests on its link: by the press it is here. Astro's own way to do so would put
// a script into the reading pages, too.
const asked = new Set<string>();
for (const rests of ["pointerover", "focusin"])
	document.addEventListener(rests, ({ target }) => {
		const link = target instanceof Element ? target.closest<HTMLAnchorElement>("nav a[href^='/']") : null;
		if (!link || asked.has(link.pathname)) return;
		asked.add(link.pathname);
		document.head.appendChild(Object.assign(document.createElement("link"), { rel: "prefetch", href: link.pathname }));
	});

// It comes with the first use, not with the page.
const palette = () => import("./palette").then(({ openPalette }) => openPalette());
document.addEventListener("click", ({ target }) => {
	if (target instanceof Element && target.closest("[data-palette]")) void palette();
});

tinykeys(window, {
	"$mod+k": (event) => {
		event.preventDefault();
		void palette();
	},
	...Object.fromEntries(
		PLACES.map(({ key, href }) => [
			`g ${key}`,
			(event: KeyboardEvent) => {
				if (isOurs(event)) void navigate(href);
			},
		]),
	),
});

// Not every keyboard needs Shift for it, so it is known by what it types.
document.addEventListener("keydown", (event) => {
	if (event.key === "?" && isOurs(event)) void import("./key-sheet").then(({ openKeySheet }) => openKeySheet());
});
