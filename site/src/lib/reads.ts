import { queryOptions } from "@tanstack/preact-query";
import { ask } from "./api";
import type {
	Campaign,
	Channel,
	Contact,
	ContactList,
	Greeting,
	OwnedNumber,
	Page,
	TransferNumber,
	UserSettings,
	Wallet,
} from "./wire";

// What more than one island reads, under one key each: whoever changes it tells the key, and all of them see it.
export const numbersQuery = queryOptions({
	queryKey: ["numbers"],
	queryFn: () => ask<OwnedNumber[]>("GET", "/api/phone-numbers"),
});
export const channelsQuery = queryOptions({
	queryKey: ["channels"],
	queryFn: () => ask<Channel[]>("GET", "/api/channels"),
});
export const walletQuery = queryOptions({
	queryKey: ["wallet"],
	queryFn: () => ask<Wallet>("GET", "/api/wallet"),
});
export const listsQuery = queryOptions({
	queryKey: ["lists"],
	queryFn: () => ask<ContactList[]>("GET", "/api/contact-lists"),
});
export const greetingsQuery = queryOptions({
	queryKey: ["greetings"],
	queryFn: () => ask<Greeting[]>("GET", "/api/greeting-files"),
	// Their addresses are signed and expire.
	staleTime: 60_000,
});
export const transfersQuery = queryOptions({
	queryKey: ["transfers"],
	queryFn: () => ask<TransferNumber[]>("GET", "/api/transfer-numbers"),
});
export const campaignsQuery = queryOptions({
	queryKey: ["campaigns"],
	queryFn: () => ask<Campaign[]>("GET", "/api/campaigns"),
});
export const settingsQuery = queryOptions({
	queryKey: ["settings"],
	queryFn: () => ask<{ settings: UserSettings }>("GET", "/api/users/settings"),
});
/** Whether there is anybody at all. */
export const contactsPeekQuery = queryOptions({
	queryKey: ["contacts", "peek"],
	queryFn: () => ask<Page<Contact>>("GET", "/api/contacts?limit=1"),
});
