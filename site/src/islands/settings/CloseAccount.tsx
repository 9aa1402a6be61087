import { useSignal } from "@preact/signals";
import { Confirm } from "../../kit/Confirm";
import { Field } from "../../kit/Field";
import { Password } from "../../kit/Password";
import { api, said } from "../../lib/api";
import { forgetAll } from "../../lib/cache";
import { profileQuery } from "../../lib/reads";
import { keepSession } from "../../lib/session";
import { useRead } from "../../lib/use-read";

/** Ends the account: its address is typed, and the password given where there is one. */
export function CloseAccount({ onClose }: { onClose: () => void }) {
	const profile = useRead(profileQuery);
	const password = useSignal("");
	async function close() {
		await said(api.account.$delete({ json: password.value ? { password: password.value } : {} }));
		forgetAll();
		keepSession(null);
		location.href = "/login?error=account_closed";
	}
	return (
		<Confirm
			title="Close the account?"
			verb="Close the account for good"
			busyWord="Closing…"
			danger
			disabled={!profile.data}
			typed={{ text: profile.data?.email ?? "", label: `Type ${profile.data?.email ?? "your address"} to confirm` }}
			act={close}
			onClose={onClose}
		>
			<p class="mb-2">
				Everybody is signed out at once. Campaigns stop, numbers go back to the carrier, and contacts, messages,
				recordings and people are erased. What is left in the wallet is not paid out here; write to whoever runs this
				installation first.
			</p>
			<p class="mb-4">Books, opt-outs and the audit log stay, without your name.</p>
			<Field label="Your password" hint="Leave it empty if you only ever sign in with Google.">
				<Password
					autocomplete="current-password"
					value={password}
					onInput={(event) => (password.value = event.currentTarget.value)}
				/>
			</Field>
		</Confirm>
	);
}
