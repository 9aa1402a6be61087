import "../../lib/no-eval";
import { Identity, type Person } from "../../../../worker/signaling/protocol";
import { api, said } from "../../lib/api";

/** A number that nobody's browser answers. */
export class NobodyHere extends Error {
	readonly number: string;
	constructor(number: string) {
		super("No user found with this phone number");
		this.number = number;
	}
}

/** What a person typed, as a number in E.164 where it is one in that country. */
export async function calleeOf(text: string, country: string): Promise<string> {
	const typed = text.trim();
	if (/^care4w-/i.test(typed)) return typed;
	const { parsePhoneNumberFromString } = await import("libphonenumber-js/min");
	const parsed = parsePhoneNumberFromString(typed, { defaultCountry: country as "US", extract: false });
	return parsed?.isPossible() ? parsed.number : typed;
}

/** Who has a number or a call identity. Throws {@link NobodyHere}. */
export async function whoIs(input: string): Promise<Person> {
	const identity = Identity.safeParse(input.trim()).data;
	if (identity) return { identity, name: "", number: "" };
	const { data } = await said(api.users.lookup.phone.$get({ query: { phoneNumber: input } }));
	if (!data.exists) throw new NobodyHere(input);
	return { identity: data.care4wId, name: data.displayName, number: input };
}

/** What the account's contacts call a number; "" when it is nobody's. */
export async function nameInContacts(number: string): Promise<string> {
	const found = await contactOf(number).catch(() => undefined);
	return [found?.firstName, found?.lastName].filter(Boolean).join(" ");
}

export async function contactOf(number: string) {
	if (!/^\+\d+$/.test(number)) return undefined;
	const { items } = await said(api.contacts.$get({ query: { search: number, limit: "5" } }));
	return items.find(({ phoneNumber }) => phoneNumber === number);
}
