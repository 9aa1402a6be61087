import { liveSession } from "./session";

/** The path of the profile of whoever is signed in. */
export async function ownProfile(): Promise<{ param: { userId: string } }> {
	const held = await liveSession();
	return { param: { userId: held?.user.id ?? "" } };
}
