import { phone } from "../islands/dock/lazy";
import { tellTrouble } from "./toasts";

/** Calls a number or a call identity with the phone under the page. */
export async function callBack(whom: string): Promise<void> {
	try {
		const { dial } = await phone();
		await dial(whom);
	} catch (error) {
		tellTrouble(error);
	}
}
