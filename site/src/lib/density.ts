export type Density = "comfortable" | "compact";

/** How close the rows of lists stand in this browser. `theme-first.js` reads the same key before the first paint. */
export function wearDensity(density: Density): void {
	if (density === "compact") {
		localStorage.setItem("density", density);
		document.documentElement.dataset.density = density;
	} else {
		localStorage.removeItem("density");
		delete document.documentElement.dataset.density;
	}
}

export const wornDensity = (): Density => (localStorage.getItem("density") === "compact" ? "compact" : "comfortable");
