import { ZONE_PREFIXES } from "./zone-data";

/** A tree of digits, laid flat: ten children per node, and per node which entry of the table its prefix has. */
interface Tree {
	children: Uint16Array;
	entries: Uint16Array;
}

const ZERO = 48;
let tree: Tree | undefined;

// Codes whose mobile numbers tell the area, or whose area is one country of two. Elsewhere a mobile tells its country and no more.
const MOBILES_HAVE_A_PLACE = /^\+(1|5[245]|77|86)/;

/**
 * The IANA zones in which the phone with this number may be, joined by "|", by the longest prefix that is known. `type` is
 * libphonenumber's: a MOBILE that may be anywhere in its country has all of the country's zones.
 * "" when the number does not tell: freephone, satellite, an unknown prefix, or one that spans half the world.
 */
export function zonesOf(e164: string, type = ""): string {
	tree ??= plant();
	const countryOnly = type === "MOBILE" && !MOBILES_HAVE_A_PLACE.test(e164);
	let node = 0;
	let entry = 0;
	for (let i = 1; i < e164.length; i++) {
		node = tree.children[node * 10 + e164.charCodeAt(i) - ZERO] ?? 0;
		if (node === 0) break;
		entry = tree.entries[node] || entry;
		if (entry && countryOnly) break;
	}
	return ZONE_PREFIXES[entry - 1]?.[0] ?? "";
}

// Once per isolate, in about a millisecond; a look-up afterwards is a handful of array reads, which imports of a million rows need.
function plant(): Tree {
	const children: number[] = new Array(10).fill(0);
	const entries: number[] = [0];
	const grow = (prefix: string): number => {
		let node = 0;
		for (const digit of prefix) {
			const at = node * 10 + Number(digit);
			if (!children[at]) {
				children[at] = entries.push(0) - 1;
				for (let i = 0; i < 10; i++) children.push(0);
			}
			node = children[at] ?? 0;
		}
		return node;
	};
	ZONE_PREFIXES.forEach(([, packed], index) => {
		let prefix = "";
		for (const word of packed.split(" ")) {
			prefix = prefix.slice(0, Number(word[0])) + word.slice(1);
			entries[grow(prefix)] = index + 1;
		}
	});
	return { children: Uint16Array.from(children), entries: Uint16Array.from(entries) };
}

const clocks = new Map<string, Intl.DateTimeFormat | null>();
const MOST_CLOCKS = 1_000;

/** A clock that tells the zone's offset from UTC ("GMT-03:30"); null for a name that the runtime does not know. */
export function clockIn(zone: string): Intl.DateTimeFormat | null {
	let clock = clocks.get(zone);
	if (clock === undefined) {
		clock = makeClock(zone);
		if (clocks.size >= MOST_CLOCKS) clocks.clear();
		clocks.set(zone, clock);
	}
	return clock;
}

/** The zone as it is to be stored, for a name in any case; null for one that does not exist. */
export function zoneNamed(text: string): string | null {
	const wanted = text.trim();
	const zone = clockIn(wanted)?.resolvedOptions().timeZone;
	if (!zone) return null;
	// The runtime answers an older name for some zones ("Asia/Calcutta"); keep the one that was given.
	return zone.toLowerCase() === wanted.toLowerCase() ? zone : wanted;
}

function makeClock(zone: string): Intl.DateTimeFormat | null {
	if (!/^[A-Za-z][\w+/-]{1,63}$/.test(zone)) return null; // "+05:30" is no zone: it has no daylight saving time
	try {
		return new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
	} catch {
		return null;
	}
}
