import { useSignal } from "@preact/signals";
import { MailCheck } from "lucide-preact";
import { Action } from "../kit/Action";
import { Field } from "../kit/Field";
import { said } from "../lib/api";
import { door } from "../lib/door";
import { reasonOf } from "../lib/refusal";
import { useAwake } from "../lib/use-awake";
import { OutboxLink } from "./door/OutboxLink";

/** Asks for a mail with a link to a new password. Says the same whoever asks. */
export function ForgotForm() {
	const busy = useSignal(false);
	const awake = useAwake();
	const sent = useSignal("");
	const trouble = useSignal("");

	async function send(event: SubmitEvent) {
		event.preventDefault();
		const email = new FormData(event.currentTarget as HTMLFormElement).get("email");
		busy.value = true;
		trouble.value = "";
		try {
			sent.value = (await said(door.password.forgot.$post({ json: { email: String(email ?? "") } }))).message;
		} catch (error) {
			trouble.value = reasonOf(error);
		} finally {
			busy.value = false;
		}
	}

	if (sent.value)
		return (
			<div role="status" class="flex flex-col gap-3">
				<p class="flex items-start gap-3">
					<MailCheck size={20} class="text-success mt-0.5 flex-none" aria-hidden /> {sent}
				</p>
				<p class="text-muted text-sm">The link in it is good for one hour. Look among the unwanted mail too.</p>
				<p class="text-sm">
					<OutboxLink />
				</p>
			</div>
		);
	return (
		<form method="post" onSubmit={send} class="flex flex-col gap-4" aria-label="New password">
			<Field
				label="E-mail"
				hint="We mail you a link with which to choose a new password."
				error={trouble.value || undefined}
			>
				<input class="input" name="email" type="email" autocomplete="username" required />
			</Field>
			<Action type="submit" disabled={!awake} busy={busy.value} busyWord="Sending…">
				Mail me a link
			</Action>
		</form>
	);
}
