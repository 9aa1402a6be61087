import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { api, said } from "../../lib/api";
import { tellTrouble } from "../../lib/toasts";
import { OutboxLink } from "../door/OutboxLink";

/** Says that the address is not confirmed yet, and mails the link again. */
export function UnconfirmedAddress() {
	const busy = useSignal(false);
	const sent = useSignal(false);
	async function resend() {
		busy.value = true;
		try {
			await said(api.auth.email.resend.$post());
			sent.value = true;
		} catch (error) {
			tellTrouble(error);
		} finally {
			busy.value = false;
		}
	}
	return (
		<div class="notice notice-warn items-center sm:col-span-2" role="status">
			<p class="min-w-0 flex-1">
				{sent.value
					? "The link is on its way. "
					: "This address is not confirmed yet. Open the link that we mailed you. "}
				{sent.value && <OutboxLink />}
			</p>
			{!sent.value && (
				<Action look="btn-quiet" class="btn-sm" busy={busy.value} busyWord="Sending…" onClick={resend}>
					Mail it again
				</Action>
			)}
		</div>
	);
}
