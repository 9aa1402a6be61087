import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { Dialog } from "../../kit/Dialog";
import { Field } from "../../kit/Field";
import { Password } from "../../kit/Password";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { Refusal, reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import type { Member } from "../../lib/wire";

interface Props {
	/** Null: somebody new. */
	member: Member | null;
	onClose: () => void;
}

const limitOf = (text: string) =>
	text.trim() === "" ? null : { amountMicros: Math.round(Number(text.trim()) * 1_000_000) };

/** Adds a sub-account, by invitation or with a temporary password, or changes what its owner decides about it. */
export function MemberDialog({ member, onClose }: Props) {
	const way = useSignal<"invite" | "password">("invite");
	const busy = useSignal(false);
	const wrong = useSignal<Record<string, string>>({});

	async function save(event: SubmitEvent) {
		event.preventDefault();
		const form = new FormData(event.currentTarget as HTMLFormElement);
		const typed = (name: string) => String(form.get(name) ?? "");
		const fullName = typed("fullName").trim();
		const password = typed("password") || undefined;
		const spendingLimit = limitOf(typed("limit"));
		busy.value = true;
		wrong.value = {};
		try {
			if (member) {
				const json = { fullName: fullName || null, spendingLimit, ...(password ? { password } : {}) };
				await said(api["sub-accounts"][":id"].$patch({ param: { id: member.id }, json }));
			} else {
				const json = {
					email: typed("email"),
					...(fullName ? { fullName } : {}),
					...(password ? { password } : {}),
					spendingLimit,
				};
				await said(api["sub-accounts"].$post({ json }));
			}
			await changed("sub-accounts", "audit");
			tell(
				member
					? "The sub-account is changed."
					: password
						? "The sub-account is open. Tell them the password; they choose their own when they sign in."
						: "The invitation is on its way.",
			);
			onClose();
		} catch (error) {
			const fields = error instanceof Refusal ? error.fields : {};
			wrong.value = Object.keys(fields).length > 0 ? fields : { form: reasonOf(error) };
			busy.value = false;
		}
	}

	const about = (name: string) => (wrong.value[name] ? `This ${wrong.value[name]}.` : undefined);
	return (
		<Dialog title={member ? `Change ${member.fullName ?? member.email}` : "Add a sub-account"} onClose={onClose}>
			<form onSubmit={save} class="flex flex-col gap-4">
				{!member && (
					<Field label="E-mail" error={about("email")}>
						<input class="input" name="email" type="email" autocomplete="off" required />
					</Field>
				)}
				<Field label="Name" optional error={about("fullName")}>
					<input
						class="input"
						name="fullName"
						autocomplete="off"
						maxLength={100}
						defaultValue={member?.fullName ?? ""}
					/>
				</Field>
				<Field
					label="Spending limit a month"
					optional
					hint="In dollars, out of your wallet. Empty: as much as there is."
					error={wrong.value["spendingLimit.amountMicros"] && "Give an amount in dollars."}
				>
					<input
						class="input num"
						name="limit"
						inputMode="decimal"
						pattern="\d{1,7}([.]\d{1,2})?"
						title="An amount in dollars, such as 25 or 7.50"
						autocomplete="off"
						defaultValue={member?.spendingLimit ? String(member.spendingLimit.amountMicros / 1_000_000) : ""}
					/>
				</Field>
				{!member && <Ways way={way.value} onChoose={(chosen) => (way.value = chosen)} />}
				{(member || way.value === "password") && (
					<Field
						label={member ? "New temporary password" : "Temporary password"}
						optional={!!member}
						hint={
							member
								? "Signs them out everywhere. They choose their own when they next sign in."
								: "Tell it to them yourself. They choose their own when they first sign in."
						}
						error={about("password")}
					>
						<Password name="password" autocomplete="new-password" minLength={8} maxLength={1024} required={!member} />
					</Field>
				)}
				{wrong.value.form && (
					<p class="notice notice-bad" role="alert">
						{wrong.value.form}
					</p>
				)}
				<div class="flex justify-end gap-2">
					<button type="button" class="btn btn-quiet" onClick={onClose}>
						Cancel
					</button>
					<Action type="submit" busy={busy.value} busyWord="Saving…">
						{member ? "Save" : way.value === "invite" ? "Send invitation" : "Open sub-account"}
					</Action>
				</div>
			</form>
		</Dialog>
	);
}

const WAYS = [
	["invite", "By a mailed invitation"],
	["password", "With a temporary password"],
] as const;

function Ways({ way, onChoose }: { way: string; onChoose: (way: "invite" | "password") => void }) {
	return (
		<fieldset class="grid gap-2 sm:grid-cols-2">
			<legend class="mb-1.5 text-sm font-medium">How they come in</legend>
			{WAYS.map(([name, word]) => (
				<label
					key={name}
					class="relative line has-checked:border-primary has-checked:bg-primary/7 has-focus-visible:outline-primary flex min-h-11 items-center gap-3 rounded-field border px-3 has-focus-visible:outline-2 has-focus-visible:outline-offset-2"
				>
					<input type="radio" class="cover" name="way" checked={way === name} onChange={() => onChoose(name)} />
					<span class="text-sm font-medium">{word}</span>
				</label>
			))}
		</fieldset>
	);
}
