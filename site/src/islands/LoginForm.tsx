import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Action } from "../kit/Action";
import { Field } from "../kit/Field";
import { Password } from "../kit/Password";
import { goIn, knock } from "../lib/door";
import { ownPath } from "../lib/paths";
import { reasonOf } from "../lib/refusal";
import { liveSession } from "../lib/session";
import { useAwake } from "../lib/use-awake";
import type { Session } from "../lib/wire";

/** Signs in with a password. */
export function LoginForm() {
	const busy = useSignal(false);
	const awake = useAwake();
	const trouble = useSignal("");

	// Somebody with a live session has no business at the door.
	useEffect(() => {
		liveSession()
			.then((held) => {
				if (held) location.replace(ownPath(new URLSearchParams(location.search).get("next")));
			})
			.catch(() => {});
	}, []);

	async function enter(event: SubmitEvent) {
		event.preventDefault();
		const form = new FormData(event.currentTarget as HTMLFormElement);
		busy.value = true;
		trouble.value = "";
		try {
			await goIn(
				await knock<{ session: Session }>("/api/auth/login", {
					email: form.get("email"),
					password: form.get("password"),
				}),
			);
		} catch (error) {
			trouble.value = reasonOf(error);
			busy.value = false;
		}
	}

	return (
		<form method="post" onSubmit={enter} class="flex flex-col gap-4" aria-label="Sign in">
			{trouble.value && (
				<p class="notice notice-bad" role="alert">
					{trouble}
				</p>
			)}
			<Field label="E-mail">
				<input class="input" name="email" type="email" autocomplete="username" required />
			</Field>
			<Field label="Password">
				<Password name="password" autocomplete="current-password" required />
			</Field>
			<Action type="submit" disabled={!awake} busy={busy.value} busyWord="Signing in…" class="mt-1">
				Sign in
			</Action>
		</form>
	);
}
