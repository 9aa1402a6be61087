import type { Json } from "./document";

/** What the first name of a path under /api is about: the group that its operations stand in, and a sentence about the group. */
const GROUPS: Record<string, [tag: string, about: string]> = {
	account: ["Account", "Everything that is kept of an account, to take along, and the end of it."],
	admin: ["Administration", "For whoever runs the installation."],
	"api-keys": ["API keys", "Credentials of programs, with scopes."],
	"assistant-calls": ["Assistants", "Voice assistants that answer numbers, and the calls that they took."],
	assistants: ["Assistants", "Voice assistants that answer numbers, and the calls that they took."],
	audit: ["Audit log", "What was done in the account that matters, sealed in a chain."],
	auth: ["Signing in", "Accounts, sessions, passwords, second factors."],
	"blocked-callers": ["Calls", "The log of every call, and calls of one's own."],
	calls: ["Calls", "The log of every call, and calls of one's own."],
	campaigns: ["Campaigns", "Voice campaigns: what they say, whom they call, how they go."],
	channels: ["Channels", "Numbers with a purpose: WhatsApp, texts or voice."],
	"contact-lists": ["Contact lists", "Lists of contacts, and CSV files that are read into them."],
	contacts: ["Contacts", "People, their numbers and what is known of them."],
	"conversation-labels": ["Conversations", "Threads between a number of one's own and a peer."],
	conversations: ["Conversations", "Threads between a number of one's own and a peer."],
	dashboard: ["Analytics", "An account's own figures, by day, number, assistant and campaign."],
	"db-test": ["Health", "Whether the installation runs."],
	debug: ["Development", "Only on machines for development."],
	"do-not-call": ["Do not call", "Numbers that are never called or texted."],
	docs: ["Health", "Whether the installation runs."],
	"greeting-files": ["Greetings", "Recordings that campaigns play."],
	health: ["Health", "Whether the installation runs."],
	imports: ["Contact lists", "Lists of contacts, and CSV files that are read into them."],
	live: ["Live", "What happens, as it happens: hints over a WebSocket."],
	media: ["Messages", "Texts and pictures: sent, scheduled, previewed."],
	"message-settings": ["Messages", "Texts and pictures: sent, scheduled, previewed."],
	"message-templates": ["Message templates", "Texts with variables, kept for later."],
	messages: ["Messages", "Texts and pictures: sent, scheduled, previewed."],
	notices: ["Notices", "What an account has to know."],
	payments: ["Payments", "Money in, plans and invoices."],
	"phone-numbers": ["Phone numbers", "Numbers for sale and one's own: bought, assigned, routed, given up."],
	plans: ["Payments", "Money in, plans and invoices."],
	prices: ["Wallet", "The balance, the ledger, and what things cost."],
	profiles: ["People", "Profiles, settings, personal numbers."],
	queues: ["Queues", "Callers who wait, and who takes them."],
	recordings: ["Recordings", "What was recorded, and voicemail."],
	"ring-groups": ["Ring groups", "People who are rung together."],
	"scheduled-messages": ["Messages", "Texts and pictures: sent, scheduled, previewed."],
	segments: ["Contacts", "People, their numbers and what is known of them."],
	signaling: ["Calls", "The log of every call, and calls of one's own."],
	"sip-providers": ["SIP providers", "Telephone systems of one's own."],
	"sub-accounts": ["Sub-accounts", "People who work with the account's numbers."],
	subscriptions: ["Payments", "Money in, plans and invoices."],
	"transfer-numbers": ["Transfer numbers", "Whom callers are connected to."],
	users: ["People", "Profiles, settings, personal numbers."],
	"voice-settings": ["Recordings", "What was recorded, and voicemail."],
	voicemail: ["Recordings", "What was recorded, and voicemail."],
	wallet: ["Wallet", "The balance, the ledger, and what things cost."],
	webhooks: ["Webhooks", "What happens, told to one's own programs."],
};

/** The group of a path. Paths of an area that nobody has named stand in one of the area's own name. */
export function tagOf(path: string): string {
	const area = path.split("/")[2] ?? "api";
	return GROUPS[area]?.[0] ?? area;
}

export function tagsOf(used: ReadonlySet<string>): Json[] {
	const about = new Map(Object.values(GROUPS));
	return [...used].sort().map((name) => ({ name, description: about.get(name) ?? `What stands under /api/${name}.` }));
}
