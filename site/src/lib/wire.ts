/** The shapes that the API puts on the wire, as far as the site reads them. Money in micros, times in ISO 8601. */
export interface Session {
	user: { id: string; email: string };
	access_token: string;
	/** Unix seconds. */
	expires_at: number;
}

export interface Page<Item> {
	items: Item[];
	nextCursor: string | null;
}

export interface OwnedNumber {
	id: string;
	number: string;
	formatted: string;
	label: string;
	city: string;
	state: string;
	country: string;
	isActive: boolean;
	purchaseDate: string | null;
	monthlyPrice: number;
	provider: string;
	capabilities: string[];
}

export interface NumberOffer {
	number: string;
	formatted: string;
	city: string;
	state: string;
	country: string;
	type: "local" | "mobile" | "tollfree";
	capabilities: string[];
	monthlyPrice: number;
}

export interface Channel {
	id: string;
	name: string;
	phoneNumber: string;
	formatted?: string;
	type: "whatsapp" | "sms" | "voice";
	status: string;
	isoCountry: string;
	capabilities: { voice: boolean; sms: boolean; mms: boolean };
	isMock: boolean;
	createdAt: string;
}

export interface Money {
	amountMicros: number;
	currency: string;
}

export interface Wallet {
	balance: Money;
	available: Money;
	held: Money;
	simulated: boolean;
}

export interface WalletEntry {
	id: string;
	kind: string;
	from: string;
	to: string;
	amount: Money;
	change: Money;
	balanceAfter: Money;
	memo: string;
	createdAt: string;
}

export interface ContactList {
	id: string;
	name: string;
	description: string;
	contactCount: number;
	createdAt: string;
	updatedAt: string;
}

export interface Contact {
	id: string;
	phoneNumber: string;
	formatted: string;
	firstName: string;
	lastName: string;
	email: string;
	notes: string;
	timeZone: string | null;
	country: string;
	zones: string[];
	createdAt: string;
}

export interface Greeting {
	id: string;
	filename: string;
	url: string;
	durationSeconds: number;
	createdAt: string;
}

export interface TransferNumber {
	id: string;
	name: string;
	phoneNumber: string;
	formatted?: string;
	description: string;
	callCount: number;
}

export type CampaignStatus = "draft" | "scheduled" | "running" | "paused" | "completed" | "cancelled";

export interface Campaign {
	id: string;
	title: string;
	description: string;
	status: CampaignStatus;
	pausedReason: string | null;
	greetingFileId: string | null;
	transferNumber: string | null;
	transferNumberId: string | null;
	contactListId: string | null;
	callerNumbers: string[];
	schedule: {
		startsAt: string | null;
		window: { start: string; end: string; days: number[] };
		outsideHours: "wait" | "skip";
		unknownZone: "skip" | "dial";
	};
	pacing: { callsPerSecond: number | null; maxConcurrent: number | null };
	retries: { maxAttempts: number; delaySeconds: number };
	maxCallSeconds: number;
	progress: number;
	totalCalls: number;
	answeredCalls: number;
	transferredCalls: number;
	failedCalls: number;
	counters: CampaignCounters;
	startedAt: string | null;
	finishedAt: string | null;
	createdAt: string;
	updatedAt: string;
}

export interface CampaignCounters {
	recipients: number;
	pending: number;
	active: number;
	done: number;
	skipped: number;
	totalCalls: number;
	liveCalls: number;
	answered: number;
	transferred: number;
	optedOut: number;
	machine: number;
	busy: number;
	noAnswer: number;
	failed: number;
	unconfirmed: number;
	talkSeconds: number;
	spentMicros: number;
}

export interface Recipient {
	contactId: string;
	phoneNumber: string;
	formatted: string;
	name: string;
	state: string;
	outcome: string | null;
	attempts: number;
	lastAttemptAt: string | null;
}

export interface CampaignReport {
	campaign: Campaign;
	byOutcome: { outcome: string; count: number }[];
	skipped: { reason: string; count: number }[];
	attempts: number;
	spentMicros: number;
	currency: string;
}

export interface Profile {
	id: string;
	userId: string;
	email: string;
	fullName: string | null;
	avatarUrl: string | null;
	companyName: string | null;
	timeZone?: string | null;
}

export interface Device {
	id: string;
	userAgent: string;
	ip?: string;
	createdAt: string;
	lastUsedAt: string;
	current: boolean;
}

export interface UserSettings {
	personalPhoneNumber: string | null;
	phonePromptDismissedAt: string | null;
	theme: "system" | "day" | "night";
	timeZone: string | null;
}

export interface Attempt {
	id: string;
	contactId: string;
	n: number;
	to: string;
	formatted: string;
	from: string;
	state: string;
	disposition: string | null;
	digits: string | null;
	errorCode: string | null;
	dialedAt: string | null;
	endedAt: string | null;
	durationSeconds: number | null;
	costMicros: number | null;
}

export interface ImportError {
	line: number;
	reason: string;
	message: string;
	value: string;
	cells: string[];
}

export interface Import {
	importId: string;
	contactListId: string;
	status: "running" | "done" | "failed";
	rowsRead: number;
	rowsAdded: number;
	rowsKnown: number;
	rowsBad: number;
	failure: string | null;
}

export interface ImportReport extends Import {
	errors: ImportError[];
}
