import { forgetAll } from "./cache";
import { keepSession, liveSession } from "./session";
import { tellTrouble } from "./toasts";

/** Ends this device's session. A full load afterwards, so that nothing of the account stays in memory. */
export async function leave(): Promise<void> {
	try {
		const held = await liveSession();
		await fetch("/api/auth/logout", {
			method: "POST",
			headers: {
				"content-type": "application/json",
				...(held ? { authorization: `Bearer ${held.access_token}` } : {}),
			},
			body: "{}",
		});
	} catch (error) {
		tellTrouble(error);
		return;
	}
	forgetAll();
	keepSession(null);
	location.href = "/login";
}
