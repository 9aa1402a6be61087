export type Theme = "system" | "day" | "night";

/** Dresses this browser. `theme-first.js` reads the same key before the first paint. */
export function wearTheme(theme: Theme): void {
	if (theme === "system") {
		localStorage.removeItem("theme");
		delete document.documentElement.dataset.theme;
	} else {
		localStorage.setItem("theme", theme);
		document.documentElement.dataset.theme = theme;
	}
}

export function wornTheme(): Theme {
	const theme = localStorage.getItem("theme");
	return theme === "day" || theme === "night" ? theme : "system";
}
