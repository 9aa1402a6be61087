import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Action } from "../kit/Action";
import { Field } from "../kit/Field";
import { Password } from "../kit/Password";
import { TextSkeleton } from "../kit/Skeleton";
import { api, said } from "../lib/api";
import { door, goIn } from "../lib/door";
import { Refusal, reasonOf } from "../lib/refusal";
import { keepSession } from "../lib/session";

interface Invitation {
	email: string;
	fullName: string | null;
	invitedBy: string;
}

const tokenOf = () => new URLSearchParams(location.search).get("token") ?? "";

/** Accepts an invitation: a name and a password, and straight in. */
export function JoinForm() {
	const invitation = useSignal<Invitation | null>(null);
	const spent = useSignal("");
	const busy = useSignal(false);
	const wrong = useSignal("");

	useEffect(() => {
		said(door.invitation.$post({ json: { token: tokenOf() } }))
			.then((told) => {
				invitation.value = told;
			})
			.catch((error) => {
				const unknown = error instanceof Refusal && error.fields.token;
				spent.value = unknown
					? "This invitation is no longer good: it was used, is over a week old, or its link is not complete. Ask whoever sent it for a new one."
					: reasonOf(error);
			});
	}, []);

	async function join(event: SubmitEvent, { email, fullName }: Invitation) {
		event.preventDefault();
		const form = new FormData(event.currentTarget as HTMLFormElement);
		const [name, password] = [String(form.get("fullName") ?? "").trim(), String(form.get("password") ?? "")];
		busy.value = true;
		wrong.value = "";
		try {
			await said(door.password.reset.$post({ json: { token: tokenOf(), password } }));
			const entered = await said(door.login.$post({ json: { email, password } }));
			keepSession(entered.session);
			const param = { userId: entered.session.user.id };
			if (name && name !== fullName) await said(api.profiles[":userId"].$patch({ param, json: { fullName: name } }));
			await goIn(entered);
		} catch (error) {
			const fields = error instanceof Refusal ? error.fields : {};
			wrong.value = fields.password ? `This ${fields.password}.` : reasonOf(error);
			busy.value = false;
		}
	}

	if (spent.value)
		return (
			<p class="notice notice-bad" role="alert">
				{spent}
			</p>
		);
	const told = invitation.value;
	if (!told) return <TextSkeleton lines={4} label="Reading your invitation" />;
	return (
		<form method="post" onSubmit={(event) => join(event, told)} class="flex flex-col gap-4" aria-label="Join">
			<p class="text-muted text-sm" role="status">
				<strong class="text-base-content font-medium">{told.invitedBy}</strong> invites you to make calls and send
				messages together.
			</p>
			<Field label="E-mail" hint="It is what you sign in with.">
				<input class="input" type="email" autocomplete="username" value={told.email} readOnly />
			</Field>
			<Field label="Your name">
				<input
					class="input"
					name="fullName"
					autocomplete="name"
					maxLength={100}
					required
					defaultValue={told.fullName ?? ""}
				/>
			</Field>
			<Field label="Password" hint="At least 8 characters." error={wrong.value || undefined}>
				<Password name="password" autocomplete="new-password" minLength={8} maxLength={1024} required />
			</Field>
			<Action type="submit" busy={busy.value} busyWord="Opening the door…">
				Join
			</Action>
		</form>
	);
}
