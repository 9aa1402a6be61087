import { phone } from "../islands/dock/lazy";
import { call } from "../islands/dock/state";
import { callBack } from "./call-back";
import { isDevelopment } from "./development";
import { openKeySheet } from "./key-sheet";
import { leave } from "./leave";
import { PLACES } from "./places";
import { wearTheme } from "./theme";

export interface Command {
	word: string;
	href?: string;
	keys?: string;
	run?: () => void;
	/** Other words that people would type for it. */
	also?: string;
}

const ALL: Command[] = [
	...PLACES.map(({ word, href, key }) => ({ word: `Go to ${word}`, href, keys: `g ${key}` })),
	{ word: "Get started", href: "/start", also: "first steps onboarding checklist test call" },
	{ word: "New campaign", href: "/campaigns/new", also: "create dial" },
	{ word: "Import contacts", href: "/contacts/import", also: "csv upload list" },
	{ word: "Where calls go", href: "/numbers/routing", also: "routing incoming hours forward voicemail" },
	{ word: "Voicemail", href: "/calls?part=voicemail", also: "messages calls listen" },
	{ word: "Buy a number", href: "/numbers/buy", also: "search purchase phone" },
	{ word: "Generate phone number", href: "/phone-config", also: "channel new" },
	{ word: "Write a message", href: "/chat?write=1", also: "new text sms whatsapp send" },
	{ word: "Message templates", href: "/templates", also: "text sms canned reply" },
	{ word: "Day theme", run: () => wearTheme("day"), also: "light" },
	{ word: "Night theme", run: () => wearTheme("night"), also: "dark" },
	{ word: "Theme as the system has it", run: () => wearTheme("system"), also: "auto" },
	{ word: "Keyboard shortcuts", keys: "?", run: () => openKeySheet(), also: "keys help sheet" },
	{ word: "Sign out", run: () => void leave(), also: "log logout" },
];

const DEVELOPMENT: Command[] = [
	{ word: "Pretend phone", href: "/pretend", also: "simulate incoming text call test" },
	{ word: "Outbox", href: "/outbox", also: "mail development" },
];

/** What can be done with the call that rings or goes on. Hanging up is not among them: Enter in this menu never ends a call. */
function callCommands(): Command[] {
	const held = call.peek();
	if (held?.state === "ringing")
		return [
			{ word: "Answer the call", also: "pick up accept", run: () => void phone().then(({ answer }) => answer()) },
			{ word: "Decline the call", also: "reject", run: () => void phone().then(({ decline }) => decline()) },
		];
	if (held?.state !== "live" || held.away) return [];
	const { muted } = held;
	return [{ word: muted ? "Unmute" : "Mute", keys: "m", run: () => void phone().then(({ mute }) => mute(!muted)) }];
}

/** A number or a call identity that somebody pastes is to be called, or looked for. */
function numberCommands(text: string): Command[] {
	const plain = text.replace(/[\s().-]/g, "");
	const identity = /^care4w-\w{7}$/i.exec(text.trim())?.[0];
	const whom = identity ?? (/^\+\d{7,15}$/.test(plain) ? plain : null);
	if (whom === null) return [];
	const named = text.trim();
	const address = encodeURIComponent(whom);
	const toNumber = [
		{ word: `Text ${named}`, also: text, href: `/chat?to=${address}` },
		{ word: `Add ${named} to contacts`, also: text, href: `/contacts?new=${address}` },
	];
	return [
		{ word: `Call ${named}`, also: text, run: () => void callBack(whom) },
		...(identity ? [] : toNumber),
		{ word: `Calls with ${named}`, also: text, href: `/calls?q=${address}` },
	];
}

/** The commands that match every word typed. */
export function commands(text: string): Command[] {
	const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
	const all = [...callCommands(), ...numberCommands(text), ...ALL, ...(isDevelopment.value ? DEVELOPMENT : [])];
	return all.filter(({ word, also = "" }) => wanted.every((part) => `${word} ${also}`.toLowerCase().includes(part)));
}
