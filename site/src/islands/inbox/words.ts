import type { Conversation, Member, Profile } from "../../lib/wire";
import { day, hour, weekday } from "../../lib/words";

const DAY_MS = 86_400_000;
const startOfDay = (time: number) => new Date(time).setHours(0, 0, 0, 0);

/** How many midnights lie between a moment and now. */
function daysAgo(iso: string, now: number): number {
	return Math.round((startOfDay(now) - startOfDay(new Date(iso).getTime())) / DAY_MS);
}

/** In a list: "9:43", "Yesterday", "Mon", "21 Nov 2026". */
export function when(iso: string, now = Date.now()): string {
	const days = daysAgo(iso, now);
	if (days <= 0) return hour(iso);
	if (days === 1) return "Yesterday";
	return days < 7 ? weekday(iso, "short") : day(iso);
}

/** Over a day's messages: "Today", "Yesterday", "Monday", "21 Nov 2026". */
export function dayWord(iso: string, now = Date.now()): string {
	const days = daysAgo(iso, now);
	if (days <= 0) return "Today";
	if (days === 1) return "Yesterday";
	return days < 7 ? weekday(iso, "long") : day(iso);
}

export const isSameDay = (one: string, other: string) =>
	new Date(one).toDateString() === new Date(other).toDateString();

/** Who the conversation is with: the contact's name, else the number. */
export const peerWord = ({ peerName, formatted }: Pick<Conversation, "peerName" | "formatted">) =>
	peerName || formatted;

export function initials(name: string): string {
	const letters = name.split(/\s+/).flatMap((word) => /\p{L}/u.exec(word)?.[0] ?? []);
	return letters.slice(0, 2).join("").toUpperCase();
}

/** Who of the account did something. */
export function personWord(
	userId: string,
	{ me, members }: { me: Profile | undefined; members: readonly Member[] | undefined },
	seen: readonly { userId: string; name: string }[] = [],
): string {
	if (!me) return "";
	if (userId === me.userId) return "You";
	const member = members?.find(({ id }) => id === userId);
	if (member) return member.fullName ?? member.email;
	return (
		seen.find((who) => who.userId === userId)?.name || (userId === me.accountId ? "The account's owner" : "A colleague")
	);
}

const SOURCES: Record<string, string> = {
	sms: "by message",
	keypress: "with a key during a call",
	carrier: "as the carrier reported",
	webform: "on a web form",
	spoken: "by voice",
	do_not_call: "put on the do-not-call list here",
	owner: "taken off the list here",
};

/** "Asked for silence by message", from what is kept of it. */
export function consentWord({ action, source }: { action: string; source: string }): string {
	if (source === "do_not_call") return "Put on the do-not-call list";
	if (source === "owner") return "Taken off the do-not-call list";
	return `${action === "stop" ? "Asked for silence" : "Agreed again"} ${SOURCES[source] ?? source}`;
}
