import { Fault } from "../errors";
import type { Scope } from "../scope";

/** Lets on whoever decides over the account's numbers and money: its owner, or somebody who may act for others. */
export function ownerOnly(scope: Scope): void {
	if (scope.role !== "owner" && scope.actorId === undefined)
		throw new Fault("not_allowed", "Only the owner of the account may do this");
}
