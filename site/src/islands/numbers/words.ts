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

const STEPS: Record<string, string> = {
	ring: "Rings",
	forward: "Forwards",
	sip: "SIP",
	assistant: "Assistant",
	queue: "Queue",
	voicemail: "Voicemail",
	say: "Announcement",
	play: "Greeting",
	hangup: "Hangs up",
};

/** What happens to incoming calls, in order: "Rings, then voicemail". Without a routing of its own a number does as all do. */
export function routingWord(routing: OwnedNumber["routing"]): string {
	if (routing === null || typeof routing !== "object" || Array.isArray(routing) || !Array.isArray(routing.steps))
		return "Rings, then voicemail";
	const kinds = routing.steps.flatMap((step) =>
		step !== null && typeof step === "object" && !Array.isArray(step) && typeof step.kind === "string"
			? [STEPS[step.kind] ?? step.kind]
			: [],
	);
	const [first = "Hangs up", ...rest] = kinds;
	const told = [first, ...rest.slice(0, 2).map((word) => word.toLowerCase())].join(", then ");
	return [told, rest.length > 2 ? "…" : "", routing.hours ? " by hours" : ""].join("");
}

/** When the next month is paid: "21 Dec 2026". */
export function rentDay({ nextRentAt }: OwnedNumber): string {
	return nextRentAt ? day(nextRentAt) : "";
}
