/** The pretend network's memory: everything that must survive an eviction, a crash or a restart. */
export function createTables(sql: SqlStorage): void {
	sql.exec(`
		CREATE TABLE IF NOT EXISTS lines (
			ref TEXT PRIMARY KEY,
			e164 TEXT NOT NULL UNIQUE,
			operation_id TEXT NOT NULL,
			capabilities TEXT NOT NULL
		) STRICT;
		CREATE TABLE IF NOT EXISTS calls (
			ref TEXT PRIMARY KEY,
			direction TEXT NOT NULL,
			"to" TEXT NOT NULL,
			"from" TEXT NOT NULL,
			status TEXT NOT NULL,
			person TEXT NOT NULL, -- who is at the other end, JSON
			answer_url TEXT NOT NULL,
			status_url TEXT NOT NULL,
			detection TEXT NOT NULL,
			detection_url TEXT,
			ring_seconds INTEGER NOT NULL,
			max_seconds INTEGER NOT NULL,
			created_at INTEGER NOT NULL,
			started_at INTEGER,
			ended_at INTEGER,
			answered_second REAL, -- telephone seconds since the call was placed
			second REAL NOT NULL DEFAULT 0, -- how far the call has come, in telephone seconds
			touched_at INTEGER NOT NULL, -- when it came there, in real milliseconds
			duration INTEGER,
			answered_by TEXT,
			sequence INTEGER NOT NULL DEFAULT 0,
			keys_used INTEGER NOT NULL DEFAULT 0,
			asked INTEGER NOT NULL DEFAULT 0 -- how often we were asked what to do
		) STRICT;
		CREATE INDEX IF NOT EXISTS calls_between ON calls ("to", "from", created_at);
		CREATE INDEX IF NOT EXISTS calls_in_the_air ON calls (ref) WHERE ended_at IS NULL;
		CREATE INDEX IF NOT EXISTS calls_over ON calls (ended_at) WHERE ended_at IS NOT NULL;
		CREATE TABLE IF NOT EXISTS messages (
			ref TEXT PRIMARY KEY,
			"to" TEXT NOT NULL,
			"from" TEXT NOT NULL,
			body TEXT NOT NULL,
			media_urls TEXT NOT NULL,
			status TEXT NOT NULL,
			status_url TEXT NOT NULL,
			created_at INTEGER NOT NULL
		) STRICT;
		CREATE INDEX IF NOT EXISTS messages_by_age ON messages (created_at);
		CREATE TABLE IF NOT EXISTS opt_outs (line TEXT, peer TEXT, PRIMARY KEY (line, peer)) STRICT, WITHOUT ROWID;
		CREATE TABLE IF NOT EXISTS recordings (path TEXT PRIMARY KEY, seconds REAL NOT NULL) STRICT, WITHOUT ROWID;
		CREATE TABLE IF NOT EXISTS tapes (ref TEXT PRIMARY KEY, seconds REAL NOT NULL, made_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
		CREATE TABLE IF NOT EXISTS hands (
			line TEXT, peer TEXT, until INTEGER NOT NULL, PRIMARY KEY (line, peer)
		) STRICT, WITHOUT ROWID; -- pretend phones that somebody holds
		CREATE TABLE IF NOT EXISTS scripts (
			ref TEXT PRIMARY KEY, -- a call of such a phone
			steps TEXT NOT NULL, -- what it hears, JSON
			second REAL NOT NULL, -- since which of its seconds
			pressed TEXT NOT NULL DEFAULT ''
		) STRICT, WITHOUT ROWID;
		CREATE TABLE IF NOT EXISTS legs (
			id TEXT PRIMARY KEY, -- the call as the browser's room knows it
			ref TEXT NOT NULL, -- the call that it rings for
			leg_ref TEXT NOT NULL,
			token TEXT NOT NULL, -- of the step that made it ring
			role TEXT NOT NULL,
			identity TEXT NOT NULL,
			status_url TEXT,
			state TEXT NOT NULL,
			since INTEGER, -- when it was answered, in real milliseconds
			dial TEXT NOT NULL
		) STRICT;
		CREATE INDEX IF NOT EXISTS legs_of ON legs (ref);
		CREATE INDEX IF NOT EXISTS legs_by_token ON legs (token);
		CREATE TABLE IF NOT EXISTS members (
			ref TEXT PRIMARY KEY, -- a call that is in a room with others
			room TEXT NOT NULL,
			ends_for_all INTEGER NOT NULL,
			action_url TEXT, -- asked what follows when it is out of the room again
			recorded_url TEXT,
			tape TEXT NOT NULL, -- what a recording is called that ends with this one
			since INTEGER NOT NULL -- when it came, in real milliseconds
		) STRICT;
		CREATE INDEX IF NOT EXISTS members_of ON members (room);
		CREATE TABLE IF NOT EXISTS agenda (
			id INTEGER PRIMARY KEY AUTOINCREMENT,
			ref TEXT NOT NULL, -- the call or message
			kind TEXT NOT NULL,
			due_at INTEGER NOT NULL,
			second REAL NOT NULL, -- the call's telephone second at which it happens
			token TEXT NOT NULL, -- the same however often the callback is sent
			tries INTEGER NOT NULL DEFAULT 0,
			detail TEXT NOT NULL
		) STRICT;
		CREATE INDEX IF NOT EXISTS agenda_due ON agenda (due_at, id);
		CREATE INDEX IF NOT EXISTS agenda_of ON agenda (ref);
	`);
}

export type CallRow = {
	ref: string;
	/** `outbound-dial`: it was dialed for another call, and is a call of its own since it was sent elsewhere. */
	direction: "outbound-api" | "inbound" | "outbound-dial";
	to: string;
	from: string;
	status: string;
	person: string;
	answer_url: string;
	status_url: string;
	detection: "off" | "detect" | "wait_for_beep";
	detection_url: string | null;
	ring_seconds: number;
	max_seconds: number;
	created_at: number;
	started_at: number | null;
	ended_at: number | null;
	answered_second: number | null;
	second: number;
	touched_at: number;
	duration: number | null;
	answered_by: string | null;
	sequence: number;
	keys_used: number;
	asked: number;
};

export type MemberRow = {
	ref: string;
	room: string;
	ends_for_all: number;
	action_url: string | null;
	recorded_url: string | null;
	tape: string;
	since: number;
};

export type MessageRow = {
	ref: string;
	to: string;
	from: string;
	body: string;
	media_urls: string;
	status: string;
	status_url: string;
	created_at: number;
};

export type LineRow = { ref: string; e164: string; operation_id: string; capabilities: string };

export type AgendaRow = {
	id: number;
	ref: string;
	kind: Kind;
	due_at: number;
	second: number;
	token: string;
	tries: number;
	detail: string;
};

export type Kind =
	| "initiated"
	| "ringing"
	| "answered"
	| "incoming"
	| "instructed"
	| "detected"
	| "happened"
	| "leg"
	| "unanswered"
	| "desk"
	| "parted"
	| "left"
	| "over"
	| "message"
	| "received";
