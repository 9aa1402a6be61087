import { signal } from "@preact/signals";

/** How this person wants this device's phone to be. */
export interface Wishes {
	/** Device ids; "" is whatever the system has. */
	input: string;
	output: string;
	/** False: calls are only shown. */
	aloud: boolean;
	/** Of the ringing, 0 to 1. */
	loudness: number;
}
const USUAL: Wishes = { input: "", output: "", aloud: true, loudness: 0.5 };
const WHERE = "trunkline.phone";

function kept(): Wishes {
	try {
		const found: unknown = JSON.parse(localStorage.getItem(WHERE) ?? "{}");
		if (typeof found !== "object" || found === null) return USUAL;
		const known = Object.entries(found).filter(
			([name, value]) => name in USUAL && typeof value === typeof USUAL[name as keyof Wishes],
		);
		return { ...USUAL, ...Object.fromEntries(known) };
	} catch {
		return USUAL;
	}
}

export const wishes = signal<Wishes>(typeof localStorage === "undefined" ? USUAL : kept());

export function wish(change: Partial<Wishes>): void {
	wishes.value = { ...wishes.peek(), ...change };
	try {
		localStorage.setItem(WHERE, JSON.stringify(wishes.peek()));
	} catch {
		// A full or forbidden store: it holds for this visit.
	}
}
