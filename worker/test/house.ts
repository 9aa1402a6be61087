import { createExecutionContext } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { ulid } from "ulid";
import { settingsOf } from "../env";
import { mintAccessToken } from "../identity/access-token";
import { type House, openHouse, type Scope } from "../scope";
import { asDocumented } from "./as-documented";

/** An account of its own for one test, and the means to act for it through the HTTP door. */
export interface TestAccount {
	accountId: string;
	userId: string;
	email: string;
	token: string;
	/** Calls the API as this account. `body` is sent as JSON unless it is FormData or a string. */
	call(path: string, body?: unknown, init?: RequestInit): Promise<Response>;
	/** The account's wallet in micros. */
	balance(): Promise<{ available: number; held: number }>;
	scope(overrides?: Partial<Scope>): Scope;
}

/** Sends a request to the Worker as the outside world would. */
export async function knock(path: string, init: RequestInit = {}): Promise<Response> {
	const reply = await exports.default.fetch(new Request(`https://trunkline.test${path}`, init));
	return path.startsWith("/api/") ? asDocumented(path, init, reply) : reply;
}

/** A house without an account, as cron and hooks have it. */
export function house(overrides: Partial<House> = {}): House {
	const context = createExecutionContext();
	return { ...openHouse(env, { freshness: "primary", defer: (work) => context.waitUntil(work) }), ...overrides };
}

/** Opens a fresh account with one signed-in owner, straight in the database: sign-up has tests of its own. */
export async function openAccount({ balanceMicros = 0 }: { balanceMicros?: number } = {}): Promise<TestAccount> {
	const id = `usr_${ulid()}`;
	const sessionId = `ses_${ulid()}`;
	const email = `${id.toLowerCase()}@trunkline.test`;
	const now = Date.now();
	const statements = [
		env.DB.prepare("INSERT INTO accounts (id, created_at) VALUES (?, ?)").bind(id, now),
		env.DB.prepare(
			"INSERT INTO users (id, account_id, role, email, email_key, care4w_id, created_at, updated_at) VALUES (?1, ?1, 'owner', ?2, ?2, ?3, ?4, ?4)",
		).bind(id, email, `care4w-${id.slice(-7)}`, now),
		env.DB.prepare("INSERT INTO wallets (account_id) VALUES (?)").bind(id),
		env.DB.prepare(
			"INSERT INTO sessions (id, user_id, created_at, last_used_at, idle_expires_at, expires_at) VALUES (?1, ?2, ?3, ?3, ?4, ?4)",
		).bind(sessionId, id, now, now + 1e9),
	];
	if (balanceMicros)
		statements.push(
			env.DB.prepare(
				"INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, created_at) VALUES (?1, 'top_up', 'external', 'available', ?2, ?3, ?4)",
			).bind(id, balanceMicros, `test_${id}`, now),
		);
	await env.DB.batch(statements);
	return accountWith({ accountId: id, userId: id, sessionId, email });
}

async function accountWith(who: {
	accountId: string;
	userId: string;
	sessionId: string;
	email: string;
}): Promise<TestAccount> {
	const { token } = await mintAccessToken(settingsOf(env), who, Date.now());
	return {
		...who,
		token,
		call(path, body, init = {}) {
			const headers = new Headers(init.headers);
			headers.set("authorization", `Bearer ${token}`);
			const plain = body === undefined || typeof body === "string" || body instanceof FormData;
			if (!plain) headers.set("content-type", "application/json");
			const method = init.method ?? (body === undefined ? "GET" : "POST");
			return knock(path, {
				...init,
				method,
				headers,
				...(body === undefined ? {} : { body: plain ? body : JSON.stringify(body) }),
			});
		},
		async balance() {
			const wallet = await env.DB.prepare(
				"SELECT available_micros AS available, held_micros AS held FROM wallets WHERE account_id = ?",
			)
				.bind(who.accountId)
				.first<{ available: number; held: number }>();
			return wallet ?? { available: 0, held: 0 };
		},
		scope: (overrides = {}) => ({
			...house(),
			...who,
			role: who.accountId === who.userId ? "owner" : "member",
			...overrides,
		}),
	};
}
