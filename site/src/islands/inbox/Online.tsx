import { feed, present } from "../../lib/live";
import type { usePeople } from "./reads";
import { personWord } from "./words";

type People = ReturnType<typeof usePeople>;
type Seen = readonly { userId: string; name: string }[];

/** Who else of the account has a page open now. Nobody, while that is not heard. */
export function othersOnline({ me }: People): string[] {
	return me && feed.value === "on" ? present.value.filter((userId) => userId !== me.userId) : [];
}

/** Says it beside the conversation. */
export function Online({ people, seenBy }: { people: People; seenBy: Seen }) {
	const names = [...new Set(othersOnline(people).map((userId) => personWord(userId, people, seenBy)))];
	if (names.length === 0) return null;
	const told = new Intl.ListFormat("en").format(names);
	return (
		<span class="max-w-3/5 flex-none truncate" title={`${told} online`}>
			&nbsp;· <span class="bg-success inline-block size-2 rounded-full" aria-hidden /> <bdi>{told}</bdi> online
		</span>
	);
}
