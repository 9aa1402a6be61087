import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

// Where one is in the inbox stands in the address, so that it can be shared, reloaded and gone back from.
const NAMES = ["show", "label", "number", "q", "id", "m", "channel", "to", "write"] as const;
type Name = (typeof NAMES)[number];
export type Place = Partial<Record<Name, string>>;

function placeIn(search: string): Place {
	const given = new URLSearchParams(search);
	return Object.fromEntries(NAMES.flatMap((name) => (given.get(name) ? [[name, given.get(name)]] : [])));
}

export const place = signal<Place>({});

/** What stands in the right part: nothing else of it stays when one of these is gone to. */
const NOWHERE = { id: undefined, m: undefined, channel: undefined, to: undefined, write: undefined };

function addressOf(wanted: Place): string {
	const query = new URLSearchParams(
		NAMES.flatMap((name) => (wanted[name] ? [[name, wanted[name]] as [string, string]] : [])),
	);
	return query.size ? `${location.pathname}?${query}` : location.pathname;
}

type Change = Partial<Record<Name, string | undefined>>;

function changedBy(change: Change): Place {
	const all = Object.entries({ ...place.peek(), ...change });
	return Object.fromEntries(all.filter(([, value]) => value));
}

/** The address after a change, for links. */
export function addressWith(change: Change): string {
	return addressOf(changedBy({ ...NOWHERE, ...change }));
}

/** Goes to a conversation, a channel, a new message or, with nothing, back to the list. */
export function open(change: Change, how: "push" | "replace" = "push"): void {
	step(changedBy({ ...NOWHERE, ...change }), how);
}

/** Changes what the list shows. */
export function narrow(change: Change): void {
	step(changedBy(change), "replace");
}

function step(wanted: Place, how: "push" | "replace"): void {
	const address = addressOf(wanted);
	if (how === "push" && address !== location.pathname + location.search) history.pushState(history.state, "", address);
	else history.replaceState(history.state, "", address);
	place.value = wanted;
}

/** Follows the address while the inbox is shown. */
export function usePlace(): void {
	useEffect(() => {
		const home = location.pathname;
		place.value = placeIn(location.search);
		// Within the inbox, going back is a change of what is shown; the page's router must not load the page again for it.
		const back = (event: PopStateEvent) => {
			if (location.pathname !== home) return;
			event.stopImmediatePropagation();
			place.value = placeIn(location.search);
		};
		addEventListener("popstate", back, true);
		return () => removeEventListener("popstate", back, true);
	}, []);
}
