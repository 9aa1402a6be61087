import * as z from "zod";
import { PageQuery } from "../http/pages";
import { CALL_STATUSES } from "./leg";
import { Identity } from "./protocol";

export const CallsQuery = PageQuery.extend({ userId: z.string().max(64).optional() });
export const CallId = z.object({ id: z.string().min(1).max(64) });
/** A room is named by a call identity, or by its person's number. */
export const RoomName = z.object({ identity: z.union([Identity, z.string().regex(/^\+[1-9]\d{4,14}$/)]) });
export const BlockInput = z.strictObject({ identity: Identity });
export const BlockedId = z.object({ id: Identity });

export const CallShape = z.object({
	id: z.string(),
	userId: z.string(),
	kind: z.enum(["browser", "carrier"]),
	direction: z.enum(["inbound", "outbound"]),
	from: z.string(),
	to: z.string(),
	fromFormatted: z.string(),
	toFormatted: z.string(),
	peerIdentity: z.string().nullable(),
	peerName: z.string().nullable(),
	status: z.enum(CALL_STATUSES),
	missed: z.boolean(),
	/** Seconds from the answer to the end. */
	duration: z.number().int(),
	answeredBy: z.enum(["human"]).nullable(),
	startedAt: z.string(),
	answeredAt: z.string().nullable(),
	endedAt: z.string(),
});
export type Call = z.output<typeof CallShape>;

export const BlockedShape = z.object({ identity: z.string(), blockedAt: z.string() });
