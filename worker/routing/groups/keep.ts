import { ulid } from "ulid";
import { inOneBatch } from "../../db/client";
import { Fault, notFound } from "../../errors";
import type { Scope } from "../../scope";
import { checkSteps } from "../check";
import type { RingGroup, RingGroupChange, RingGroupInput } from "./inputs";
import { addRingGroup, changeRingGroup, lineRinging, type RingGroupRow, removingRingGroup } from "./store";

/** Makes a group of the account's own people. Two groups of one name are a conflict. */
export async function makeRingGroup(scope: Scope, { userId: _, ...input }: RingGroupInput): Promise<RingGroup> {
	await checkMembers(scope, input.memberIds);
	const now = scope.now();
	const row = { id: `rgr_${ulid(now)}`, accountId: scope.accountId, ...input, createdAt: now, updatedAt: now };
	await addRingGroup(scope.db, row);
	return ringGroupOnWire(row);
}

export async function changeOneRingGroup(
	scope: Scope,
	id: string,
	{ userId: _, ...change }: RingGroupChange,
): Promise<RingGroup> {
	await checkMembers(scope, change.memberIds ?? []);
	const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
	const [row] = await changeRingGroup(scope.db, scope.accountId, id, { ...named, updatedAt: scope.now() });
	if (!row) throw notFound("Ring group");
	return ringGroupOnWire(row);
}

/** Removes a group. One that a line's calls ring is a conflict that names the line. */
export async function dropRingGroup({ db, accountId }: Scope, id: string): Promise<void> {
	const [[line], gone] = await inOneBatch(db, [lineRinging(db, accountId, id), removingRingGroup(db, accountId, id)]);
	if (line) throw new Fault("conflict", `Calls to ${line.e164} ring this group. Send them elsewhere first.`);
	if (gone.length === 0) throw notFound("Ring group");
}

async function checkMembers(scope: Scope, userIds: string[]): Promise<void> {
	if (userIds.length > 0) await checkSteps(scope, [{ kind: "ring", userIds, order: "all", seconds: 25 }]);
}

export function ringGroupOnWire({ accountId, createdAt, updatedAt, ...row }: RingGroupRow): RingGroup {
	return {
		...row,
		userId: accountId,
		createdAt: new Date(createdAt).toISOString(),
		updatedAt: new Date(updatedAt).toISOString(),
	};
}
