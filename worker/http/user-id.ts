import { notFound } from "../errors";
import { isAdministrator } from "../identity/administrators";
import { findActorAndTarget } from "../identity/store";
import type { Scope } from "../scope";

/**
 * House rule 5: a `userId` in a path, query, body or form must be the caller's own, one of its sub-accounts, or anybody's for an
 * administrator. Throws the same not-found for a stranger's and for an unknown one. Returns the scope to act with.
 * Costs one indexed read, and only when the id is not the caller's.
 */
export async function actingFor(scope: Scope, userId: string | undefined): Promise<Scope> {
	return userId === scope.accountId ? scope : personFor(scope, userId);
}

/** As {@link actingFor}, for what belongs to one person and not to the account: a member does not pass for its owner. */
export async function personFor(scope: Scope, userId: string | undefined): Promise<Scope> {
	if (userId === undefined || userId === scope.userId) return scope;
	const found = await findActorAndTarget(scope.db, scope.userId, userId);
	if (!found) throw notFound("User");
	const { actor, target } = found;
	const isOwn = scope.role === "owner" && target.accountId === scope.accountId;
	if (!isOwn && !isAdministrator(scope.settings, actor)) throw notFound("User");
	return { ...scope, accountId: target.accountId, userId: target.id, role: target.role, actorId: scope.userId };
}
