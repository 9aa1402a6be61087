import { useSignal } from "@preact/signals";
import { Action } from "../kit/Action";
import { Field } from "../kit/Field";
import { Password } from "../kit/Password";
import { said } from "../lib/api";
import { door, goIn } from "../lib/door";
import { Refusal, reasonOf } from "../lib/refusal";
import { useAwake } from "../lib/use-awake";
import { GoogleButton } from "./door/GoogleButton";

/** Opens an account and goes straight in. */
export function SignupForm() {
	const busy = useSignal(false);
	const awake = useAwake();
	const trouble = useSignal("");
	const wrong = useSignal<Record<string, string>>({});

	async function open(event: SubmitEvent) {
		event.preventDefault();
		const form = new FormData(event.currentTarget as HTMLFormElement);
		const typed = (name: string) => String(form.get(name) ?? "").trim() || undefined;
		const referralCode = new URLSearchParams(location.search).get("ref") ?? undefined;
		busy.value = true;
		trouble.value = "";
		wrong.value = {};
		try {
			await goIn(
				await said(
					door.signup.$post({
						json: {
							email: typed("email") ?? "",
							password: String(form.get("password") ?? ""),
							metadata: {
								fullName: typed("fullName"),
								companyName: typed("companyName"),
								timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
								referralCode,
							},
						},
					}),
				),
			);
		} catch (error) {
			const fields = error instanceof Refusal ? error.fields : {};
			wrong.value = Object.fromEntries(
				Object.entries(fields).map(([path, message]) => [path.replace("metadata.", ""), `This ${message}.`]),
			);
			if (!["email", "password", "fullName", "companyName"].some((name) => wrong.value[name]))
				trouble.value = reasonOf(error);
			busy.value = false;
		}
	}

	return (
		<form method="post" onSubmit={open} class="flex flex-col gap-4" aria-label="Create an account">
			{trouble.value && (
				<p class="notice notice-bad" role="alert">
					{trouble}
				</p>
			)}
			<Field label="Your name" error={wrong.value.fullName}>
				<input class="input" name="fullName" autocomplete="name" maxLength={120} required />
			</Field>
			<Field label="Company" optional error={wrong.value.companyName}>
				<input class="input" name="companyName" autocomplete="organization" maxLength={120} />
			</Field>
			<Field label="E-mail" error={wrong.value.email}>
				<input class="input" name="email" type="email" autocomplete="username" required />
			</Field>
			<Field
				label="Password"
				hint="At least 8 characters. A sentence is easier to remember than a riddle."
				error={wrong.value.password}
			>
				<Password name="password" autocomplete="new-password" minLength={8} maxLength={1024} required />
			</Field>
			<Action type="submit" disabled={!awake} busy={busy.value} busyWord="Creating your account…" class="mt-1">
				Create account
			</Action>
			<GoogleButton />
		</form>
	);
}
