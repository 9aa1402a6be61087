import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { Field } from "../../kit/Field";
import { Password } from "../../kit/Password";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { Refusal, reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import { Section } from "./Section";

/** Replaces the password; every other device is signed out by it. */
export function PasswordForm() {
	const busy = useSignal(false);
	const wrong = useSignal<Record<string, string>>({});

	async function save(event: SubmitEvent) {
		event.preventDefault();
		const form = event.currentTarget as HTMLFormElement;
		const filled = new FormData(form);
		const typed = (name: string) => String(filled.get(name) ?? "");
		busy.value = true;
		wrong.value = {};
		try {
			await said(
				api.auth.password.change.$post({
					json: { currentPassword: typed("currentPassword"), newPassword: typed("newPassword") },
				}),
			);
			form.reset();
			await changed("devices");
			tell("Your password is changed. Other devices are signed out.");
		} catch (error) {
			const fields = error instanceof Refusal ? error.fields : {};
			wrong.value = fields.newPassword
				? { newPassword: `This ${fields.newPassword}.` }
				: { currentPassword: reasonOf(error) };
		} finally {
			busy.value = false;
		}
	}

	return (
		<Section id="password" title="Password">
			<form onSubmit={save} class="grid gap-4 sm:grid-cols-2">
				<Field label="Current password" error={wrong.value.currentPassword}>
					<Password name="currentPassword" autocomplete="current-password" required />
				</Field>
				<Field label="New password" hint="At least 8 characters." error={wrong.value.newPassword}>
					<Password name="newPassword" autocomplete="new-password" minLength={8} maxLength={1024} required />
				</Field>
				<div class="sm:col-span-2 sm:text-end">
					<Action type="submit" look="btn-quiet" busy={busy.value} busyWord="Changing…">
						Change password
					</Action>
				</div>
			</form>
		</Section>
	);
}
