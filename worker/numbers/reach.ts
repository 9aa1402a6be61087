import type { Scope } from "../scope";

/** Whose numbers somebody reaches: null is all of the account's, a user id those that are assigned to it. */
export function reachOf({ role, userId }: Pick<Scope, "role" | "userId">): string | null {
	return role === "owner" ? null : userId;
}
