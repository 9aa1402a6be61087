import { useEffect, useRef } from "preact/hooks";
import { changed } from "../../lib/cache";
import { feed, useLive } from "../../lib/live";

const GATHER_MS = 700;
const SELDOM_MS = 30_000;
const OFTEN_MS = 2_000;

export const campaignKey = (id: string) => ["campaigns", id];

/** How often to read what the feed would tell of: often only while it cannot be heard. */
export const pollWhile = (moving: boolean): number | false =>
	moving ? (feed.value === "on" ? SELDOM_MS : OFTEN_MS) : false;

/** Reads everything about campaigns again when the feed says that one has moved; what is told in quick succession is read once. */
export function useCampaignFeed(id?: string): void {
	const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
	useLive("campaign", ({ payload }) => {
		const about = (payload as { campaignId?: unknown } | null)?.campaignId;
		if (id !== undefined && about !== id) return;
		timer.current ??= setTimeout(() => {
			timer.current = undefined;
			if (!document.hidden) void changed("campaigns", "attempts");
		}, GATHER_MS);
	});
	useEffect(() => () => clearTimeout(timer.current), []);
}
