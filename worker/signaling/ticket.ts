import * as z from "zod";
import type { Settings } from "../env";
import { ticketsFor } from "../http/tickets";

/** A caller, who may enter the room of the one who was called for this call alone. */
export const Guest = z.object({ call: z.string(), identity: z.string() });
export type Guest = z.output<typeof Guest>;

/** Who may enter which room. */
export const Ticket = z.object({
	id: z.string().min(1),
	identity: z.string().min(1),
	name: z.string(),
	/** The personal number in E.164, or "". */
	number: z.string(),
	sessionId: z.string(),
	/** Null for the person whose room it is. */
	guest: Guest.nullable(),
	/** Unix milliseconds. */
	expiresAt: z.number(),
});
export type Ticket = z.output<typeof Ticket>;

const tickets = ticketsFor({
	type: "room-ticket+jwt",
	audience: "trunkline-signaling",
	claims: z.object({ nam: z.string(), num: z.string(), sid: z.string(), gst: Guest.optional() }),
	over: "The room ticket is not valid any more. Ask for a new one.",
});

/** Signs a ticket. */
export function mintTicket(
	settings: Settings,
	{ identity, name, number, sessionId, guest }: Omit<Ticket, "id" | "expiresAt">,
	now: number,
): Promise<string> {
	const claims = { nam: name, num: number, sid: sessionId, ...(guest ? { gst: guest } : {}) };
	return tickets.mint(settings, identity, claims, now);
}

/** What a ticket says; throws `signed_out` when it is forged, expired or none of ours. */
export async function readTicket(settings: Settings, ticket: string): Promise<Ticket> {
	const { id, subject, expiresAt, claims } = await tickets.read(settings, ticket);
	const person = { identity: subject, name: claims.nam, number: claims.num, sessionId: claims.sid };
	return { id, ...person, guest: claims.gst ?? null, expiresAt };
}
