import { phone } from "../islands/dock/lazy";
import { inCall } from "../islands/dock/state";
import { tell, tellTrouble } from "./toasts";

/** Calls a number or a call identity with the phone under the page. */
export async function callBack(whom: string): Promise<void> {
	if (inCall.peek()) return tell("You are in a call. Hang up first.");
	try {
		const { dial } = await phone();
		await dial(whom);
	} catch (error) {
		tellTrouble(error);
	}
}
