const FIRST = [
	"Mira",
	"Jonas",
	"Priya",
	"Luc",
	"Ava",
	"Sofia",
	"Emil",
	"Hana",
	"Diego",
	"Grace",
	"Noah",
	"Zofia",
	"Tunde",
	"Lea",
	"Marek",
];
const LAST = [
	"Okafor",
	"Weber",
	"Nair",
	"Moreau",
	"Collins",
	"Rossi",
	"Larsen",
	"Sato",
	"Alvarez",
	"Obi",
	"Miller",
	"Nowak",
	"Costa",
	"Lind",
];

// Beginnings of valid numbers around the globe, so that at any hour some of these people are awake. Two or three digits follow.
const BEGINNINGS: [string, number][] = [
	["+44207946", 4],
	["+4915123456", 3],
	["+918123456", 4],
	["+3361234", 4],
	["+6141234", 4],
	["+819012345", 3],
	["+2348021234", 3],
	["+5511961234", 3],
	["+48512345", 3],
	["+3461234", 4],
	["+1415555", 4],
	["+1212555", 4],
	["+6421234", 4],
	["+6598765", 3],
];

/** A CSV file of so many people, each with a number of their own. */
export function crowdCsv(people: number): string {
	const rows = Array.from({ length: people }, (_, at) => {
		const [beginning, digits] = BEGINNINGS[at % BEGINNINGS.length] ?? ["+44207946", 4];
		const end = String(101 + at * 7)
			.slice(-digits)
			.padStart(digits, "0");
		return `${FIRST[at % FIRST.length]},${LAST[(at * 5) % LAST.length]},${beginning}${end}`;
	});
	return ["First name,Last name,Phone", ...rows].join("\n");
}
