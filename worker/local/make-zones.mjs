// Makes worker/pure/zone-data.ts from libphonenumber's table of phone prefixes and time zones:
//   node worker/local/make-zones.mjs map_data.txt > worker/pure/zone-data.ts
// (resources/timezones/map_data.txt of https://github.com/google/libphonenumber)
import { readFileSync } from "node:fs";

/** A prefix that spans more zones than this says nothing about where the phone is: +1 alone is 42 of them. */
const MOST_ZONES = 20;

// The table spells some zones as they were called before; tzdata's present names.
const RENAMED = {
	"Africa/Asmera": "Africa/Asmara",
	"America/Buenos_Aires": "America/Argentina/Buenos_Aires",
	"America/Godthab": "America/Nuuk",
	"Asia/Calcutta": "Asia/Kolkata",
	"Asia/Choibalsan": "Asia/Ulaanbaatar",
	"Asia/Katmandu": "Asia/Kathmandu",
	"Asia/Rangoon": "Asia/Yangon",
	"Asia/Saigon": "Asia/Ho_Chi_Minh",
	"Atlantic/Faeroe": "Atlantic/Faroe",
	"Europe/Kiev": "Europe/Kyiv",
	"Pacific/Enderbury": "Pacific/Kanton",
	"Pacific/Ponape": "Pacific/Pohnpei",
	"Pacific/Truk": "Pacific/Chuuk",
};

// North American area codes opened since the table was made, each laid over an older one whose zones it shares.
const OVERLAYS = `223=717 227=240 235=573 263=514 274=920 279=916 283=513 324=904 326=937 327=870 329=845 332=212 341=510
350=209 353=608 354=450 357=559 363=516 367=418 368=403 369=707 382=519 428=506 436=440 445=215 447=217 448=850 457=318
464=708 468=819 471=662 472=910 474=306 483=334 564=360 572=405 582=814 584=204 621=713 624=716 629=615 640=609 645=305
656=813 658=876 659=205 672=250 679=313 680=315 683=705 686=804 689=407 726=210 728=561 729=423 730=618 738=213 742=905
743=336 748=970 753=613 771=202 820=805 821=864 826=540 835=610 837=530 838=518 839=803 840=909 861=309 879=709 924=507
934=631 942=416 943=404 945=214 947=248 948=757 975=816 983=303 986=208`;

const [, , source] = process.argv;
if (!source) throw new Error("name the map_data.txt to read");
const lines = readFileSync(source, "utf8").split("\n");
const notice = lines.filter((line) => line.startsWith("#")).map((line) => `//${line.slice(1)}`.trimEnd());

const zonesOf = new Map();
for (const line of lines) {
	const [prefix, zones] = line.split("|");
	if (!prefix || !zones || line.startsWith("#")) continue;
	zonesOf.set(
		prefix,
		zones.split("&").map((zone) => RENAMED[zone] ?? zone),
	);
}
for (const [opened, older] of OVERLAYS.split(/\s+/).map((pair) => pair.split("="))) {
	if ([...zonesOf.keys()].some((prefix) => prefix.startsWith(`1${opened}`))) continue;
	const shared = [...zonesOf].filter(([prefix]) => prefix.startsWith(`1${older}`)).flatMap(([, zones]) => zones);
	if (shared.length === 0) throw new Error(`no zones for area code ${older}`);
	zonesOf.set(`1${opened}`, shared);
}

const joined = new Map(
	[...zonesOf].map(([prefix, zones]) => {
		const distinct = [...new Set(zones)].sort();
		return [prefix, distinct.length > MOST_ZONES ? "" : distinct.join("|")];
	}),
);
const inherited = (prefix) => {
	for (let length = prefix.length - 1; length > 0; length--) {
		const found = joined.get(prefix.slice(0, length));
		if (found !== undefined) return found;
	}
	return "";
};
const prefixesOf = new Map();
for (const prefix of [...joined.keys()].sort()) {
	const zones = joined.get(prefix);
	if (zones === inherited(prefix)) continue;
	prefixesOf.set(zones, [...(prefixesOf.get(zones) ?? []), prefix]);
}

/** Each prefix as how many digits it shares with the one before, and the digits that follow. */
function packed(prefixes) {
	let before = "";
	return prefixes
		.map((prefix) => {
			let shared = 0;
			while (shared < before.length && before[shared] === prefix[shared]) shared++;
			before = prefix;
			return `${shared}${prefix.slice(shared)}`;
		})
		.join(" ");
}

console.log(`// Made by worker/local/make-zones.mjs from libphonenumber's time zone table; do not edit.
// Changed from the original: packed, zones under tzdata's present names, newer area codes added, prefixes of too many zones left out.
//
${notice.join("\n")}

/** Zones joined by "|", and the prefixes that lie in all of them: per prefix one digit for how much it shares with the one before, and its own rest. */
export const ZONE_PREFIXES: readonly (readonly [zones: string, prefixes: string])[] = [
${[...prefixesOf].map(([zones, prefixes]) => `\t[${JSON.stringify(zones)}, ${JSON.stringify(packed(prefixes))}],`).join("\n")}
];`);
