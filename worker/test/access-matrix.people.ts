import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { settingsOf } from "../env";
import { mintAccessToken } from "../identity/access-token";
import type { Role } from "./access-matrix";
import { knock, openAccount, type TestAccount } from "./house";

/** Calls the API with this bearer token. A body is sent as JSON, by POST unless `method` says otherwise. */
export function callAs(
	token: string,
	path: string,
	body?: unknown,
	method = body === undefined ? "GET" : "POST",
): Promise<Response> {
	return knock(path, {
		method,
		headers: {
			authorization: `Bearer ${token}`,
			...(body === undefined ? {} : { "content-type": "application/json" }),
		},
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
}

export interface TestMember {
	userId: string;
	accountId: string;
	email: string;
	sessionId: string;
	token: string;
	call(path: string, body?: unknown, method?: string): Promise<Response>;
}

/** A sub-account of this account, signed in. */
export async function openMember({ accountId }: Pick<TestAccount, "accountId">): Promise<TestMember> {
	const userId = `usr_${ulid()}`;
	const sessionId = `ses_${ulid()}`;
	const email = `${userId.toLowerCase()}@trunkline.test`;
	const now = Date.now();
	await env.DB.batch([
		env.DB.prepare(
			"INSERT INTO users (id, account_id, role, email, email_key, care4w_id, created_at, updated_at) VALUES (?1, ?2, 'member', ?3, ?3, ?4, ?5, ?5)",
		).bind(userId, accountId, email, `care4w-${userId.slice(-7)}`, now),
		env.DB.prepare(
			"INSERT INTO sessions (id, user_id, created_at, last_used_at, idle_expires_at, expires_at) VALUES (?1, ?2, ?3, ?3, ?4, ?4)",
		).bind(sessionId, userId, now, now + 1e9),
	]);
	const { token } = await mintAccessToken(settingsOf(env), { userId, accountId, sessionId }, now);
	return {
		userId,
		accountId,
		email,
		sessionId,
		token,
		call: (path, body, method) => callAs(token, path, body, method),
	};
}

/** An account whose owner is an administrator of the installation. */
export async function openAdministrator(): Promise<TestAccount> {
	const account = await openAccount({ balanceMicros: 1e9 });
	await env.DB.prepare("UPDATE users SET is_admin = 1 WHERE id = ?").bind(account.userId).run();
	return account;
}

/** The token of somebody in this role, as seen from the owner's account. */
export async function tokenOf(role: Role, owner: TestAccount): Promise<string> {
	if (role === "owner") return owner.token;
	if (role === "member") return (await openMember(owner)).token;
	return role === "admin" ? (await openAdministrator()).token : (await openAccount({ balanceMicros: 1e9 })).token;
}
