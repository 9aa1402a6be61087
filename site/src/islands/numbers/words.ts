import type { Member, OwnedNumber } from "../../lib/wire";
import { country, day } from "../../lib/words";

/** Where a number is at home: "London, England, United Kingdom". */
export function placeOf({ city, state, country: code }: Pick<OwnedNumber, "city" | "state" | "country">): string {
	return [city, state, country(code)].filter(Boolean).join(", ");
}

/** Who has the number: a sub-account's name, or nothing when it is the owner's. */
export function holderOf({ assignedTo }: OwnedNumber, members: readonly Member[] | undefined): string {
	if (assignedTo === null) return "";
	const member = members?.find(({ id }) => id === assignedTo);
	return member ? (member.fullName ?? member.email) : "A sub-account";
}

/** What happens to incoming calls, in a word or two: routing is a JSON object whose parts name what was set. */
export function routingWord(routing: OwnedNumber["routing"]): string {
	if (routing === null || typeof routing !== "object" || Array.isArray(routing)) return "As usual";
	const set = Object.entries(routing).filter(
		([, value]) => value !== null && value !== false && value !== "" && !(Array.isArray(value) && value.length === 0),
	);
	if (set.length === 0) return "As usual";
	const { mode, action } = routing;
	const named = [mode, action].find((word) => typeof word === "string");
	const words = typeof named === "string" ? [named] : set.map(([name]) => name);
	const text = words.map((word) =>
		word
			.replace(/([a-z])([A-Z])/g, "$1 $2")
			.replaceAll("_", " ")
			.toLowerCase(),
	);
	return text.join(", ").replace(/^./, (first) => first.toUpperCase());
}

/** When the next month is paid: "21 Dec 2026". */
export function rentDay({ nextRentAt }: OwnedNumber): string {
	return nextRentAt ? day(nextRentAt) : "";
}
