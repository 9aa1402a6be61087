import { api, said } from "./api";
import { liveSession } from "./session";
import { reading } from "./use-read";

// What more than one island reads, under one key each: whoever changes it tells the key, and all of them see it.
export const numbersQuery = reading({
	key: ["numbers"],
	read: () => said(api["phone-numbers"].$get({ query: {} })),
});
export const channelsQuery = reading({
	key: ["channels"],
	read: () => said(api.channels.$get({ query: {} })),
});
export const walletQuery = reading({
	key: ["wallet"],
	read: () => said(api.wallet.$get({ query: {} })),
});
export const listsQuery = reading({
	key: ["lists"],
	read: () => said(api["contact-lists"].$get({ query: {} })),
});
export const segmentsQuery = reading({
	key: ["segments"],
	read: () => said(api.segments.$get({ query: {} })),
});
export const greetingsQuery = reading({
	key: ["greetings"],
	read: () => said(api["greeting-files"].$get({ query: {} })),
});
export const transfersQuery = reading({
	key: ["transfers"],
	read: () => said(api["transfer-numbers"].$get({ query: {} })),
});
export const queuesQuery = reading({
	key: ["queues"],
	read: () => said(api.queues.$get({ query: {} })),
});
/** People who are rung together; only the account's owner may see them. */
export const ringGroupsQuery = reading({
	key: ["ring-groups"],
	read: () => said(api["ring-groups"].$get({ query: {} })),
});
/** Telephone systems of the account's own; only its owner may see them. */
export const sipProvidersQuery = reading({
	key: ["sip-providers"],
	read: () => said(api["sip-providers"].$get({ query: {} })),
});
export const campaignsQuery = reading({
	key: ["campaigns"],
	read: () => said(api.campaigns.$get({ query: {} })),
});
export const profileQuery = reading({
	key: ["profile"],
	read: async () => {
		const held = await liveSession();
		return said(api.profiles[":userId"].$get({ param: { userId: held?.user.id ?? "" } }));
	},
});
/** The owner's sub-accounts; nobody else may read them. */
export const membersQuery = reading({
	key: ["sub-accounts"],
	read: () => said(api["sub-accounts"].$get()),
});
export const settingsQuery = reading({
	key: ["settings"],
	read: () => said(api.users.settings.$get()),
});
export const templatesQuery = reading({
	key: ["templates"],
	read: () => said(api["message-templates"].$get({ query: {} })),
});
/** Whether there is anybody at all. */
export const contactsPeekQuery = reading({
	key: ["anybody"],
	read: () => said(api.contacts.$get({ query: { limit: "1" } })),
});
/** Whether anybody ever called: the newest few. */
export const callsPeekQuery = reading({
	key: ["calls", "any"],
	read: () => said(api.calls.$get({ query: { limit: "5" } })),
});
