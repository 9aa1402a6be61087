import { and, desc, eq, lt } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import { auditLog } from "../../db/tables";
import type { Scope } from "../../scope";

export interface Deed {
	/** What was done, in telephone words: "password.changed", "key.revoked". */
	action: string;
	/** The id of what it was done to. */
	object?: string;
	/** What may be told of it; never a secret. */
	detail?: Record<string, unknown>;
}

type Doer = Pick<Scope, "accountId" | "userId" | "now"> & Pick<Partial<Scope>, "actorId" | "apiKeyId" | "device">;

/** Writes a deed down; belongs into the batch that does it. */
export function audit(db: Db, doer: Doer, { action, object = "", detail = {} }: Deed): Statement {
	return db.insert(auditLog).values({
		accountId: doer.accountId,
		actorId: doer.actorId ?? doer.userId,
		action,
		object,
		detail: doer.apiKeyId ? { ...detail, apiKeyId: doer.apiKeyId } : detail,
		ip: doer.device?.ip ?? "",
		userAgent: doer.device?.userAgent ?? "",
		createdAt: doer.now(),
	});
}

/** What was done in the account, newest first. */
export function listAudit(
	db: Db,
	accountId: string,
	{ before, limit }: { before?: number | undefined; limit: number },
) {
	return db
		.select()
		.from(auditLog)
		.where(and(eq(auditLog.accountId, accountId), before === undefined ? undefined : lt(auditLog.seq, before)))
		.orderBy(desc(auditLog.seq))
		.limit(limit + 1);
}
