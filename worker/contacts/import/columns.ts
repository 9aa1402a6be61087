import type { CsvRow } from "../../pure/csv";

/** What a column of a file may hold; the others become custom fields under their own names. */
export type Field =
	| "phone"
	| "name"
	| "firstName"
	| "lastName"
	| "email"
	| "notes"
	| "country"
	| "timeZone"
	| "consent";

export interface Columns {
	/** Per column its field; null: a custom field. */
	fields: (Field | null)[];
	names: string[];
	phone: number;
	/** False when the first row is a contact already. */
	hasHeader: boolean;
}

const SPELLINGS: Record<Field, string> = {
	phone:
		"phone phonenumber phoneno phonenum number mobile mobilephone mobilenumber mobileno cell cellphone cellnumber tel telephone telephonenumber telefon telefono telefone telefonnummer rufnummer handy handynummer gsm numero msisdn e164 contactnumber contactphone primaryphone homephone workphone businessphone whatsapp whatsappnumber to",
	name: "name fullname contact contactname customer customername nom nombre nome",
	firstName: "firstname first fname givenname forename vorname prenom nombres",
	lastName: "lastname last lname surname familyname nachname apellido apellidos nomdefamille cognome",
	email: "email emailaddress mail emailid correo",
	notes: "notes note comment comments remark remarks memo notiz notizen",
	country: "country countrycode iso isocountry land pays pais paese region",
	timeZone: "timezone tz zone zeitzone timezoneid",
	consent: "consent consentedat consentdate optin optindate optedinat einwilligung",
};
const FIELD_OF = new Map<string, Field>();
for (const [field, spellings] of Object.entries(SPELLINGS))
	for (const spelling of spellings.split(" ")) FIELD_OF.set(spelling, field as Field);

/** A field's name without case, accents, spaces and punctuation. */
const plain = (header: string) =>
	header
		.normalize("NFKD")
		.toLowerCase()
		.replace(/[^a-z0-9]/g, "");

const LIKE_A_NUMBER = /^[\s'=+("]*[+0-9(][\d\s().\-/+ ]{5,24}"?$/;

/** What the columns of a file hold, by the header and by what the first rows look like. Null when none holds phone numbers. */
export function guessColumns(sample: CsvRow[]): Columns | null {
	const [first, ...others] = sample;
	if (!first) return null;
	const hasHeader = !first.cells.some((cell) => LIKE_A_NUMBER.test(cell));
	const rows = hasHeader ? others : sample;
	const width = Math.max(...sample.map(({ cells }) => cells.length));
	const names = Array.from({ length: width }, (_, column) => {
		const header = hasHeader ? (first.cells[column] ?? "").trim().slice(0, 100) : "";
		return header || `Column ${column + 1}`;
	});
	const wanted = hasHeader ? names.map((name) => FIELD_OF.get(plain(name)) ?? null) : names.map(() => null);
	const phone = phoneColumn(wanted, rows, width);
	if (phone === null) return null;
	const fields = once(wanted, phone);
	if (!hasHeader) guessByContent(fields, rows);
	return { fields, names, phone, hasHeader };
}

/** Among the columns that are named for it, or else among all: the one with the most numbers in it. */
function phoneColumn(wanted: (Field | null)[], rows: CsvRow[], width: number): number | null {
	const named = wanted.flatMap((field, column) => (field === "phone" ? [column] : []));
	const numbersIn = (column: number) => rows.filter(({ cells }) => LIKE_A_NUMBER.test(cells[column] ?? "")).length;
	const candidates = named.length > 0 ? named : Array.from({ length: width }, (_, column) => column);
	let best: number | null = named[0] ?? null;
	let most = 0;
	for (const column of candidates) {
		const count = numbersIn(column);
		if (count > most) {
			most = count;
			best = column;
		}
	}
	return best;
}

/** Each field at its first column; whatever wants it again is a custom field. */
function once(wanted: (Field | null)[], phone: number): (Field | null)[] {
	const taken = new Set<Field>(["phone"]);
	return wanted.map((field, column) => {
		if (column === phone) return "phone";
		if (!field || taken.has(field)) return null;
		taken.add(field);
		return field;
	});
}

function guessByContent(fields: (Field | null)[], rows: CsvRow[]): void {
	const mostly = (column: number, test: (cell: string) => boolean) =>
		rows.filter(({ cells }) => test((cells[column] ?? "").trim())).length * 2 > rows.length;
	const free: Field[] = ["firstName", "lastName"];
	fields.forEach((field, column) => {
		if (field) return;
		if (!fields.includes("email") && mostly(column, (cell) => /^\S+@\S+$/.test(cell))) fields[column] = "email";
		else if (mostly(column, (cell) => /^[\p{L}][\p{L} .'-]{0,40}$/u.test(cell))) fields[column] = free.shift() ?? null;
	});
}
