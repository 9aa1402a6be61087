import { entryOf, load } from "./cache";
import { profileQuery } from "./reads";
import { liveSession } from "./session";

const KNOWN = "trunkline-administrator";

/** Shows the way to the administrators' page to who may go there. Asked once a tab; the API decides anew each time. */
export async function showAdminEntry(): Promise<void> {
	const held = await liveSession();
	if (!held) return;
	const known = sessionStorage.getItem(KNOWN)?.split(" ");
	const isAdmin = known?.[0] === held.user.id ? known[1] === "true" : await ask(held.user.id);
	if (!isAdmin) return;
	for (const entry of document.querySelectorAll<HTMLElement>("[data-admin]")) entry.hidden = false;
}

async function ask(userId: string): Promise<boolean> {
	const entry = entryOf(profileQuery.key);
	entry.read ??= profileQuery.read;
	if (entry.data === undefined) await load(entry);
	const profile = entry.data as Awaited<ReturnType<typeof profileQuery.read>> | undefined;
	if (profile) sessionStorage.setItem(KNOWN, `${userId} ${profile.isAdmin}`);
	return profile?.isAdmin ?? false;
}
