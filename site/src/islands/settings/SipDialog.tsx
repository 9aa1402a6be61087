import { Dialog } from "../../kit/Dialog";
import { DialogFoot } from "../../kit/DialogFoot";
import { Field } from "../../kit/Field";
import { Password } from "../../kit/Password";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell } from "../../lib/toasts";
import { useSaving } from "../../lib/use-saving";
import type { SipProvider } from "../../lib/wire";

interface Props {
	/** Null: a new one. */
	provider: SipProvider | null;
	onClose: () => void;
}

/** Where a telephone system answers, and as whom. Its password goes in and never comes out. */
export function SipDialog({ provider, onClose }: Props) {
	const { busy, wrong, trouble, saving } = useSaving();
	async function save(event: SubmitEvent) {
		event.preventDefault();
		const form = new FormData(event.currentTarget as HTMLFormElement);
		const text = (name: string) => String(form.get(name) ?? "").trim();
		const password = String(form.get("password") ?? "");
		const json = {
			name: text("name"),
			host: text("host"),
			port: Number(text("port")) || 5060,
			username: text("username"),
			...(form.get("forget") !== null ? { password: null } : password ? { password } : {}),
		};
		const done = await saving(async () => {
			if (provider) await said(api["sip-providers"][":id"].$put({ param: { id: provider.id }, json }));
			else await said(api["sip-providers"].$post({ json }));
			await changed("sip-providers");
			tell(provider ? `“${json.name}” is changed.` : `“${json.name}” is there. Numbers can hand calls to it.`);
		});
		if (done) onClose();
	}
	return (
		<Dialog title={provider ? `Change ${provider.name}` : "Add a SIP provider"} onClose={onClose}>
			<form class="grid gap-4" onSubmit={save}>
				<Field label="Name" error={wrong.value.name}>
					<input
						class="input"
						name="name"
						required
						maxLength={200}
						placeholder="Office PBX"
						defaultValue={provider?.name ?? ""}
					/>
				</Field>
				<div class="grid gap-4 sm:grid-cols-[minmax(0,1fr)_7rem]">
					<Field label="Host" error={wrong.value.host} hint="A public one, such as sip.provider.com">
						<input
							class="input"
							name="host"
							required
							maxLength={255}
							autocomplete="off"
							defaultValue={provider?.host ?? ""}
						/>
					</Field>
					<Field label="Port" error={wrong.value.port}>
						<input
							class="input num"
							name="port"
							type="number"
							min={1}
							max={65535}
							required
							defaultValue={String(provider?.port ?? 5060)}
						/>
					</Field>
				</div>
				<Field label="User name" optional error={wrong.value.username}>
					<input
						class="input"
						name="username"
						maxLength={200}
						autocomplete="off"
						defaultValue={provider?.username ?? ""}
					/>
				</Field>
				<Field
					label="Password"
					optional
					error={wrong.value.password}
					hint={
						provider?.hasPassword ? "Left empty: it stays as it is." : "It is kept encrypted and never shown again."
					}
				>
					<Password name="password" maxLength={200} autocomplete="new-password" />
				</Field>
				{provider?.hasPassword && (
					<label class="flex min-h-8 items-center gap-2 text-sm">
						<input type="checkbox" class="checkbox checkbox-primary" name="forget" /> Forget the password
					</label>
				)}
				<DialogFoot trouble={trouble.value} busy={busy.value} busyWord="Saving…" onClose={onClose}>
					{provider ? "Save" : "Add provider"}
				</DialogFoot>
			</form>
		</Dialog>
	);
}
