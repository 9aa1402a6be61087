import { ulid } from "ulid";
import { Fault, notFound } from "../../errors";
import { checkSteps } from "../../routing/check";
import type { RouteStep } from "../../routing/inputs";
import type { Scope } from "../../scope";
import type { Queue, QueueChange, QueueInput } from "./inputs";
import { queueOnWire } from "./shape";
import { addQueue, changeQueue, queuesOf, removeQueue } from "./store";

export async function readQueue(scope: Scope, reach: string | null, id: string): Promise<Queue> {
	const [found] = await queuesOf(scope.db, scope.accountId, reach, scope.now(), id);
	if (!found) throw notFound("Queue");
	return queueOnWire(found);
}

/** Makes a queue. Its members and its music must be the account's. */
export async function makeQueue(scope: Scope, { userId: _, ...input }: QueueInput): Promise<Queue> {
	await checkReferences(scope, input);
	const now = scope.now();
	const id = `que_${ulid(now)}`;
	await addQueue(scope.db, { id, accountId: scope.accountId, ...input, createdAt: now, updatedAt: now });
	return readQueue(scope, null, id);
}

export async function changeOneQueue(scope: Scope, id: string, { userId: _, ...change }: QueueChange): Promise<Queue> {
	await checkReferences(scope, change);
	const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
	const [found] = await changeQueue(scope.db, scope.accountId, id, { ...named, updatedAt: scope.now() });
	if (!found) throw notFound("Queue");
	return readQueue(scope, null, id);
}

/** Removes a queue in which nobody waits. */
export async function dropQueue(scope: Scope, id: string): Promise<void> {
	const [gone] = await removeQueue(scope.db, scope.accountId, id);
	if (gone) return;
	await readQueue(scope, null, id);
	throw new Fault("conflict", "Somebody waits in this queue. Answer or transfer them first.");
}

// A queue refers to what a routing may refer to.
async function checkReferences(
	scope: Scope,
	{ memberIds = [], greetingFileId }: { memberIds?: string[] | undefined; greetingFileId?: string | null | undefined },
): Promise<void> {
	const ring: RouteStep[] = memberIds.length ? [{ kind: "ring", userIds: memberIds, order: "all", seconds: 25 }] : [];
	await checkSteps(scope, greetingFileId ? [...ring, { kind: "play", greetingFileId }] : ring);
}
