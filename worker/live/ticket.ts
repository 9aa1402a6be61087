import * as z from "zod";
import type { Settings } from "../env";
import { ticketsFor } from "../http/tickets";
import type { Scope } from "../scope";

/** Who may listen to which account's feed. */
export const FeedTicket = z.object({
	id: z.string().min(1),
	accountId: z.string().min(1),
	userId: z.string().min(1),
	sessionId: z.string(),
	/** Unix milliseconds. */
	expiresAt: z.number(),
});
export type FeedTicket = z.output<typeof FeedTicket>;

const tickets = ticketsFor({
	type: "feed-ticket+jwt",
	audience: "trunkline-live",
	claims: z.object({ acc: z.string(), sid: z.string() }),
	over: "The ticket is not valid any more. Ask for a new one.",
});

/** Signs a ticket for whoever is signed in. */
export function mintFeedTicket(
	settings: Settings,
	{ accountId, userId, sessionId, apiKeyId = "" }: Pick<Scope, "accountId" | "userId" | "sessionId" | "apiKeyId">,
	now: number,
): Promise<string> {
	return tickets.mint(settings, userId, { acc: accountId, sid: sessionId ?? apiKeyId }, now);
}

/** What a ticket says; throws `signed_out` when it is forged, expired or none of ours. */
export async function readFeedTicket(settings: Settings, ticket: string): Promise<FeedTicket> {
	const { id, subject, expiresAt, claims } = await tickets.read(settings, ticket);
	return { id, accountId: claims.acc, userId: subject, sessionId: claims.sid, expiresAt };
}
