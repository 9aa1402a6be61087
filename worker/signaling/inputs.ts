import * as z from "zod";
import { Identity } from "./protocol";

/** A room is named by a call identity, or by its person's number. */
export const RoomName = z.object({ identity: z.union([Identity, z.string().regex(/^\+[1-9]\d{4,14}$/)]) });
export const BlockInput = z.strictObject({ identity: Identity });
export const BlockedId = z.object({ id: Identity });

export const BlockedShape = z.object({ identity: z.string(), blockedAt: z.string() });
