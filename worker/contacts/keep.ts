import { ulid } from "ulid";
import { inOneBatch } from "../db/client";
import { brokenRule } from "../db/guards";
import { Fault, notFound } from "../errors";
import { costlyReason } from "../pure/phone";
import { zonesOf } from "../pure/zones";
import type { Scope } from "../scope";
import type { Contact, ContactChangeInput, ContactInput } from "./inputs";
import { addingMembers } from "./lists/store";
import { typedNumber } from "./number";
import { contactOnWire } from "./shape";
import { addingContact, changingContact, removeContact } from "./store";

/** Adds a contact, and puts it on the lists named. A number that the account knows already is a conflict. */
export async function addContact(scope: Scope, input: ContactInput): Promise<Contact> {
	const { phoneNumber, country, contactListIds = [], userId: _, consentedAt, ...said } = input;
	const number = await typedNumber(scope, phoneNumber, { country });
	const now = scope.now();
	const id = `con_${ulid(now)}`;
	const contact = {
		...BLANK,
		...given(said),
		...given(consentOf(consentedAt)),
		...whereabouts(number),
		id,
		accountId: scope.accountId,
		createdAt: now,
		updatedAt: now,
	};
	const lists = [...new Set(contactListIds)].map((list) => addingMembers(scope.db, scope.accountId, list, [id]));
	await knowingOnce(() => inOneBatch(scope.db, [addingContact(scope.db, contact), ...lists]));
	return contactOnWire(contact);
}

const BLANK = {
	firstName: "",
	lastName: "",
	email: "",
	notes: "",
	timeZone: null,
	customFields: {},
	tags: [] as string[],
	consentedAt: null as number | null,
};

const consentOf = (said: string | null | undefined) => ({
	consentedAt: said ? Date.parse(said) : said === null ? null : undefined,
});

/** Changes what is named and keeps the rest. Another number brings its own country and zones. */
export async function changeContact(scope: Scope, id: string, input: ContactChangeInput): Promise<Contact> {
	const { phoneNumber, country, userId: _, consentedAt, ...said } = input;
	const number = phoneNumber === undefined ? {} : whereabouts(await typedNumber(scope, phoneNumber, { country }));
	const change = { ...given(said), ...given(consentOf(consentedAt)), ...number, updatedAt: scope.now() };
	const [row] = await knowingOnce(() => changingContact(scope.db, scope.accountId, id, change));
	if (!row) throw notFound("Contact");
	return contactOnWire(row);
}

/** Forgets a contact and takes it off its lists. What its person said about calls and messages stays. */
export async function forgetContact(scope: Scope, id: string): Promise<void> {
	if (!(await removeContact(scope.db, scope.accountId, id))) throw notFound("Contact");
}

const whereabouts = ({ e164, country, type }: { e164: string; country: string; type: string }) => ({
	e164,
	country,
	zones: zonesOf(e164, type),
	barred: costlyReason({ country, type }) ?? ("" as const),
});

/** Without what was not said: the columns have defaults of their own. */
function given<Said extends object>(said: Said): { [Name in keyof Said]?: Exclude<Said[Name], undefined> } {
	return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as {
		[Name in keyof Said]?: Exclude<Said[Name], undefined>;
	};
}

async function knowingOnce<T>(write: () => PromiseLike<T>): Promise<T> {
	try {
		return await write();
	} catch (cause) {
		if (brokenRule(cause)?.includes("contacts.e164"))
			throw new Fault("already_exists", "A contact with this number exists already", { cause });
		throw cause;
	}
}
