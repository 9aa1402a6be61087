import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Action } from "../kit/Action";
import { Field } from "../kit/Field";
import { Password } from "../kit/Password";
import { said } from "../lib/api";
import { door, goIn, whyNotIn } from "../lib/door";
import { ownPath } from "../lib/paths";
import { Refusal, reasonOf } from "../lib/refusal";
import { liveSession, mayBeSignedIn } from "../lib/session";
import { useAwake } from "../lib/use-awake";
import type { Session } from "../lib/wire";
import { GoogleButton } from "./door/GoogleButton";
import { OwnPassword } from "./door/OwnPassword";

/** Signs in with a password, and with a code where the second factor is on. */
export function LoginForm() {
	const busy = useSignal(false);
	const awake = useAwake();
	const trouble = useSignal("");
	const wantsCode = useSignal(false);
	const temporary = useSignal<{ entered: { session: Session }; password: string } | null>(null);

	useEffect(() => {
		trouble.value = whyNotIn(new URLSearchParams(location.search).get("error"));
		// Somebody with a live session has no business at the door.
		if (!mayBeSignedIn()) return;
		liveSession()
			.then((held) => {
				if (held) location.replace(ownPath(new URLSearchParams(location.search).get("next")));
			})
			.catch(() => {});
	}, []);

	async function enter(event: SubmitEvent) {
		event.preventDefault();
		const form = new FormData(event.currentTarget as HTMLFormElement);
		const typed = (name: string) => String(form.get(name) ?? "");
		const code = typed("code").trim();
		busy.value = true;
		trouble.value = "";
		try {
			const json = { email: typed("email"), password: typed("password"), ...(code ? { code } : {}) };
			const entered = await said(door.login.$post({ json }));
			if (entered.mustChangePassword) temporary.value = { entered, password: json.password };
			else await goIn(entered);
		} catch (error) {
			const asked = error instanceof Refusal && error.code === "code_required";
			if (asked && !wantsCode.value) wantsCode.value = true;
			else trouble.value = reasonOf(error);
			busy.value = false;
		}
	}

	if (temporary.value) return <OwnPassword {...temporary.value} />;
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
			{wantsCode.value && (
				<Field label="Code" hint="Six digits of your authenticator app, or one of your recovery codes.">
					<input
						class="input num"
						name="code"
						inputMode="numeric"
						autocomplete="one-time-code"
						maxLength={40}
						required
						ref={(input) => input?.focus()}
					/>
				</Field>
			)}
			<Action type="submit" disabled={!awake} busy={busy.value} busyWord="Signing in…" class="mt-1">
				Sign in
			</Action>
			<GoogleButton />
			<a class="link self-center py-1 text-sm" href="/forgot">
				Forgot your password?
			</a>
		</form>
	);
}
