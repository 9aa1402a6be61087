import { notFound } from "../errors";
import type { Scope } from "../scope";

/**
 * House rule 5: a `userId` in a path, query, body or form must be the caller's own. Throws the same not-found for a stranger's and
 * for an unknown one. Returns the scope to act with.
 */
export function actingFor(scope: Scope, userId: string | undefined): Scope {
	if (userId === undefined || userId === scope.userId || userId === scope.accountId) return scope;
	throw notFound("User");
}
