import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { settingsOf } from "../env";
import { mintAccessToken } from "../identity/access-token";
import type { Role } from "./access-matrix";
import { openAccount, type TestAccount } from "./house";

/** A sub-account of this account, signed in. Returns its user id and its access token. */
export async function openMember({
	accountId,
}: Pick<TestAccount, "accountId">): Promise<{ userId: string; token: string }> {
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
	return { userId, token };
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
