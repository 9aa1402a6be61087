import { useSignal } from "@preact/signals";
import { CircleCheck } from "lucide-preact";
import { Action } from "../kit/Action";
import { Field } from "../kit/Field";
import { Password } from "../kit/Password";
import { said } from "../lib/api";
import { door } from "../lib/door";
import { Refusal, reasonOf } from "../lib/refusal";
import { useAwake } from "../lib/use-awake";

/** Chooses a new password with the token of a mailed link. */
export function ResetForm() {
	const busy = useSignal(false);
	const awake = useAwake();
	const done = useSignal("");
	const trouble = useSignal("");

	async function save(event: SubmitEvent) {
		event.preventDefault();
		const password = new FormData(event.currentTarget as HTMLFormElement).get("password");
		const token = new URLSearchParams(location.search).get("token") ?? "";
		busy.value = true;
		trouble.value = "";
		try {
			done.value = (
				await said(door.password.reset.$post({ json: { token, password: String(password ?? "") } }))
			).message;
		} catch (error) {
			const wrong = error instanceof Refusal ? error.fields : {};
			if (wrong.password) trouble.value = `This ${wrong.password}.`;
			else if (wrong.token) trouble.value = "This link is not complete. Open it from the mail again.";
			else trouble.value = reasonOf(error);
		} finally {
			busy.value = false;
		}
	}

	if (done.value)
		return (
			<div role="status" class="flex flex-col gap-4">
				<p class="flex items-start gap-3">
					<CircleCheck size={20} class="text-success mt-0.5 flex-none" aria-hidden /> {done}
				</p>
				<a class="btn btn-primary" href="/login">
					Sign in
				</a>
			</div>
		);
	return (
		<form method="post" onSubmit={save} class="flex flex-col gap-4" aria-label="New password">
			<Field label="New password" hint="At least 8 characters." error={trouble.value || undefined}>
				<Password name="password" autocomplete="new-password" minLength={8} maxLength={1024} required />
			</Field>
			<Action type="submit" disabled={!awake} busy={busy.value} busyWord="Saving…">
				Set password
			</Action>
			<a class="link self-center py-1 text-sm" href="/forgot">
				Ask for another link
			</a>
		</form>
	);
}
