import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { Field } from "../../kit/Field";
import { Password } from "../../kit/Password";
import { door, goIn } from "../../lib/door";
import { reasonOf, refusalFrom } from "../../lib/refusal";
import type { Session } from "../../lib/wire";

/** Replaces a password that somebody else chose, before its owner goes in with it. */
export function OwnPassword({ entered, password }: { entered: { session: Session }; password: string }) {
	const busy = useSignal(false);
	const trouble = useSignal("");

	async function save(event: SubmitEvent) {
		event.preventDefault();
		const newPassword = String(new FormData(event.currentTarget as HTMLFormElement).get("password") ?? "");
		if (newPassword === password) {
			trouble.value = "That is the password you were given. Choose one that only you know.";
			return;
		}
		busy.value = true;
		trouble.value = "";
		try {
			const reply = await door.password.change.$post(
				{ json: { currentPassword: password, newPassword } },
				{ headers: { authorization: `Bearer ${entered.session.access_token}` } },
			);
			if (!reply.ok) throw await refusalFrom(reply);
			await goIn(entered);
		} catch (error) {
			trouble.value = reasonOf(error);
			busy.value = false;
		}
	}

	return (
		<form method="post" onSubmit={save} class="flex flex-col gap-4" aria-label="Your own password">
			<p class="text-muted text-sm" role="status">
				Your password was chosen by whoever invited you. Choose one that only you know.
			</p>
			<Field label="New password" hint="At least 8 characters." error={trouble.value || undefined}>
				<Password name="password" autocomplete="new-password" minLength={8} maxLength={1024} required />
			</Field>
			<Action type="submit" busy={busy.value} busyWord="Saving…">
				Set password and go in
			</Action>
		</form>
	);
}
