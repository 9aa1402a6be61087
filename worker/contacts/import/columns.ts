import type { CsvRow } from "../../pure/csv";

/** What a column of a file may hold. */
export const FIELDS = [
	"phone",
	"name",
	"firstName",
	"lastName",
	"email",
	"company",
	"notes",
	"country",
	"timeZone",
	"consent",
	"tags",
] as const;
export type Field = (typeof FIELDS)[number];

/** What somebody says of a column: one of the fields, a custom field under the column's own name, or nothing that is kept. */
export const CHOICES = [...FIELDS, "custom", "ignore"] as const;
export type Choice = (typeof CHOICES)[number];

export interface Columns {
	/** Per column its field; null: a custom field under its own name. */
	fields: (Field | "ignore" | null)[];
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
	company:
		"company companyname organisation organization organisationname firm firma empresa sociedad societe entreprise azienda ditta employer",
	notes: "notes note comment comments remark remarks memo notiz notizen",
	country: "country countrycode iso isocountry land pays pais paese region",
	timeZone: "timezone tz zone zeitzone timezoneid",
	consent: "consent consentedat consentdate optin optindate optedinat einwilligung",
	tags: "tags tag labels label groups group gruppe gruppen schlagworte etiquetas etiquettes",
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
	const hasHeader = isHeader(first);
	const rows = hasHeader ? others : sample;
	const names = namesOf(sample, hasHeader);
	const width = names.length;
	const wanted = hasHeader ? names.map((name) => FIELD_OF.get(plain(name)) ?? null) : names.map(() => null);
	const phone = phoneColumn(wanted, rows, width);
	if (phone === null) return null;
	const fields = once(wanted, phone);
	if (!hasHeader) guessByContent(fields, rows);
	return { fields, names, phone, hasHeader };
}

/** A file in which no column seems to hold numbers. */
export function unguessed(sample: CsvRow[]): Pick<Columns, "fields" | "names" | "hasHeader"> {
	return { fields: [], names: namesOf(sample, true), hasHeader: true };
}

const isHeader = ({ cells }: CsvRow) => !cells.some((cell) => LIKE_A_NUMBER.test(cell));

function namesOf(sample: CsvRow[], hasHeader: boolean): string[] {
	const width = Math.max(0, ...sample.map(({ cells }) => cells.length));
	return Array.from({ length: width }, (_, column) => {
		const header = hasHeader ? (sample[0]?.cells[column] ?? "").trim().slice(0, 100) : "";
		return header || `Column ${column + 1}`;
	});
}

/** What the columns hold as somebody says; columns beyond what was said are custom fields. Null when none is the phone's. */
export function chosenColumns(sample: CsvRow[], { columns, hasHeader: said }: Mapping): Columns | null {
	const [first] = sample;
	const hasHeader = said ?? (first !== undefined && isHeader(first));
	const phone = columns.indexOf("phone");
	if (!first || phone === -1) return null;
	const fields = columns.map((choice) => (choice === "custom" ? null : choice));
	return { fields, names: namesOf(sample, hasHeader), phone, hasHeader };
}

/** What somebody says of a file: per column its field, and whether its first row names them; without the latter, that is guessed. */
export interface Mapping {
	columns: Choice[];
	hasHeader?: boolean | undefined;
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
		if (field === "tags") return field; // several columns of tags are tags all together
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
