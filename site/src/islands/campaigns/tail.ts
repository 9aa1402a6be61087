import { useRef } from "preact/hooks";
import { api, said } from "../../lib/api";
import { useRead } from "../../lib/use-read";
import type { Attempt } from "../../lib/wire";
import { pollWhile } from "./live";

const PAGE = 100;
const SHOWN = 60;
/** Beyond this many calls, reading up to the newest would take more requests than it is worth. */
const MOST_PAGES = 40;

/**
 * The newest calls, newest first. The list of calls is read oldest first, so this reads on from where it was and keeps
 * asking for the last two pages, where calls can still change.
 */
export function useTail(campaignId: string, going: boolean) {
	const cursors = useRef<(string | null)[]>([null]);
	const calls = useRef(new Map<string, Attempt>());
	return useRead({
		key: ["attempts", campaignId, going ? "going" : "still"],
		every: pollWhile(going),
		read: async () => {
			const reading = cursors.current.slice(-2);
			for (let pages = 0; pages < MOST_PAGES && reading.length > 0; pages++) {
				const cursor = reading.shift() ?? null;
				const query = { limit: String(PAGE), ...(cursor ? { cursor } : {}) };
				const page = await said(api.campaigns[":id"].attempts.$get({ param: { id: campaignId }, query }));
				for (const call of page.items) calls.current.set(call.id, call);
				if (page.nextCursor && !cursors.current.includes(page.nextCursor)) {
					cursors.current.push(page.nextCursor);
					reading.push(page.nextCursor);
				}
			}
			return [...calls.current.values()].slice(-SHOWN).reverse();
		},
	});
}
