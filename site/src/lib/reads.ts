import { queryOptions } from "@tanstack/preact-query";
import { api, said } from "./api";

// What more than one island reads, under one key each: whoever changes it tells the key, and all of them see it.
export const numbersQuery = queryOptions({
	queryKey: ["numbers"],
	queryFn: () => said(api["phone-numbers"].$get({ query: {} })),
});
export const channelsQuery = queryOptions({
	queryKey: ["channels"],
	queryFn: () => said(api.channels.$get({ query: {} })),
});
export const walletQuery = queryOptions({
	queryKey: ["wallet"],
	queryFn: () => said(api.wallet.$get({ query: {} })),
});
export const listsQuery = queryOptions({
	queryKey: ["lists"],
	queryFn: () => said(api["contact-lists"].$get({ query: {} })),
});
export const greetingsQuery = queryOptions({
	queryKey: ["greetings"],
	queryFn: () => said(api["greeting-files"].$get({ query: {} })),
	// Their addresses are signed and expire.
	staleTime: 60_000,
});
export const transfersQuery = queryOptions({
	queryKey: ["transfers"],
	queryFn: () => said(api["transfer-numbers"].$get({ query: {} })),
});
export const campaignsQuery = queryOptions({
	queryKey: ["campaigns"],
	queryFn: () => said(api.campaigns.$get({ query: {} })),
});
export const settingsQuery = queryOptions({
	queryKey: ["settings"],
	queryFn: () => said(api.users.settings.$get()),
});
/** Whether there is anybody at all. */
export const contactsPeekQuery = queryOptions({
	queryKey: ["contacts", "peek"],
	queryFn: () => said(api.contacts.$get({ query: { limit: "1" } })),
});
