/** What a key may be good for. `admin` is everything that its owner may do by key. */
export const SCOPES = ["read", "messages", "calls", "campaigns", "numbers", "admin"] as const;
export type KeyScope = (typeof SCOPES)[number];

// The first name of a path under /api -> the scope that its changes need. What is not named here needs `admin`.
const AREAS: Record<string, KeyScope> = {
	messages: "messages",
	conversations: "messages",
	"message-templates": "messages",
	"scheduled-messages": "messages",
	media: "messages",
	calls: "calls",
	queues: "calls",
	recordings: "calls",
	voicemail: "calls",
	"voice-settings": "calls",
	signaling: "calls",
	"blocked-callers": "calls",
	campaigns: "campaigns",
	contacts: "campaigns",
	"contact-lists": "campaigns",
	"greeting-files": "campaigns",
	"transfer-numbers": "campaigns",
	"sip-providers": "campaigns",
	"do-not-call": "campaigns",
	"phone-numbers": "numbers",
	channels: "numbers",
};

// Reads that hand out more than data: a voice token, a place in a signaling room.
const DOING_READS = /^\/api\/(calls\/token|signaling)(\/|$)/;
// What only administrators of the account may even read by key.
const CLOSED_READS = /^\/api\/(admin|api-keys|audit|account|sub-accounts|webhooks)(\/|$)/;

/** The scopes of which a request needs one. */
export function scopesFor(method: string, path: string): KeyScope[] {
	const area = AREAS[path.split("/")[2] ?? ""] ?? "admin";
	const isRead = (method === "GET" || method === "HEAD") && !DOING_READS.test(path) && !CLOSED_READS.test(path);
	return [...new Set<KeyScope>([...(isRead ? (["read"] as const) : []), area, "admin"])];
}
