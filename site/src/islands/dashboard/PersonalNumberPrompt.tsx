import { useSignal } from "@preact/signals";
import { later } from "../../kit/later";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { settingsQuery } from "../../lib/reads";
import { tellTrouble } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";

const PersonalNumberDialog = later(() =>
	import("../personal-number/PersonalNumberDialog").then((part) => part.PersonalNumberDialog),
);

/** Asks for the personal number once: whoever says "not now" is not asked again. */
export function PersonalNumberPrompt() {
	const settings = useRead(settingsQuery);
	const closed = useSignal(false);
	const told = settings.data?.settings;
	if (!told || told.personalPhoneNumber || told.phonePromptDismissedAt || closed.value) return null;

	function dismiss() {
		if (closed.value) return;
		closed.value = true;
		said(api.users.settings.$patch({ json: { phonePromptDismissedAt: new Date().toISOString() } }))
			.then(() => changed("settings"))
			.catch(tellTrouble);
	}

	return (
		<PersonalNumberDialog
			title="What is your own phone number?"
			cancelWord="Not now"
			onClose={dismiss}
			onSaved={() => {
				closed.value = true;
			}}
		>
			<p class="text-muted text-sm text-pretty">
				People who know it can find you here and call you. It is shown to nobody, and you can change or remove it in the
				settings.
			</p>
		</PersonalNumberDialog>
	);
}
