import * as z from "zod";
import type { House } from "../../scope";
import { forgetKeys } from "../api-keys/bearer-key";
import { markEnded } from "./ended";

/** A session or API key that is over: whose it was, and under which call identity its devices ring. */
const Ended = z.object({ endedId: z.string(), accountId: z.string(), identity: z.string() });
type Ended = z.output<typeof Ended>;

/**
 * Makes the end of sessions and keys felt: given what a batch gave back, finds those that it ended, lets their tokens open nothing
 * more in this isolate, and cuts off their live feeds and telephones after the answer has left. Answers how many there were.
 */
export function hangUp(house: House, results: readonly unknown[]): number {
	const over = results.flatMap((rows) => z.array(Ended).safeParse(rows).data ?? []);
	const ids = over.map(({ endedId }) => endedId);
	markEnded(...ids);
	forgetKeys(ids);
	for (const one of over) house.defer(cutOff(house, one));
	return over.length;
}

async function cutOff(house: House, { endedId, accountId, identity }: Ended, tries = 3): Promise<void> {
	try {
		await Promise.all([house.feedOf(accountId).closeSession(endedId), house.roomOf(identity).closeSession(endedId)]);
	} catch (error) {
		if (tries > 1) return cutOff(house, { endedId, accountId, identity }, tries - 1);
		console.error(JSON.stringify({ level: "error", session: endedId, hangUp: String(error) }));
	}
}
