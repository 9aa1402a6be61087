import { api, said } from "../../lib/api";
import {
	greetingsQuery,
	membersQuery,
	profileQuery,
	queuesQuery,
	ringGroupsQuery,
	sipProvidersQuery,
	transfersQuery,
} from "../../lib/reads";
import { type Reading, useRead } from "../../lib/use-read";
import type { Names } from "./words";

/** Everything of the account that a call may be sent to. What a sub-account may not see is empty for it. */
export function useThings(): Names {
	const profile = useRead(profileQuery);
	const owner = profile.data?.role === "owner";
	const members = useRead({ ...membersQuery, enabled: owner });
	const providers = useRead({ ...sipProvidersQuery, enabled: owner });
	const assistants = useRead({
		key: ["assistants", "names"],
		read: () => said(api.assistants.$get({ query: { limit: "100" } })),
	} satisfies Reading<unknown>);
	const transfers = useRead(transfersQuery);
	const queues = useRead(queuesQuery);
	const groups = useRead({ ...ringGroupsQuery, enabled: owner });
	const greetings = useRead(greetingsQuery);
	const me = profile.data ? [[profile.data.userId, `${profile.data.fullName || "You"} (you)`] as const] : [];
	const named = <Thing extends { id: string }>(list: readonly Thing[] | undefined, word: (thing: Thing) => string) =>
		new Map((list ?? []).map((thing) => [thing.id, word(thing)] as const));
	return {
		people: new Map([
			...me,
			...(members.data ?? []).map(({ id, fullName, email }) => [id, fullName ?? email] as const),
		]),
		transfers: named(transfers.data, ({ name, formatted }) => `${name}, ${formatted}`),
		providers: named(providers.data, ({ name }) => name),
		assistants: named(assistants.data?.items, ({ name }) => name),
		queues: named(queues.data, ({ name }) => name),
		groups: named(groups.data, ({ name }) => name),
		greetings: named(greetings.data, ({ filename }) => filename),
	};
}
