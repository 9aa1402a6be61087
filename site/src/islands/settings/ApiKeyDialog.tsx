import { useSignal } from "@preact/signals";
import { CopyButton } from "../../kit/CopyButton";
import { Dialog } from "../../kit/Dialog";
import { DialogFoot } from "../../kit/DialogFoot";
import { Field } from "../../kit/Field";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { reasonOf } from "../../lib/refusal";
import type { ApiKey } from "../../lib/wire";

type Scope = ApiKey["scopes"][number];
const SCOPES: [Scope, string][] = [
	["read", "Read everything"],
	["messages", "Send messages"],
	["calls", "Place calls"],
	["campaigns", "Run campaigns, contacts and greetings"],
	["numbers", "Buy and release numbers"],
	["admin", "Settings and sub-accounts"],
];

const DAY_MS = 86_400_000;
const TERMS: [string, string][] = [
	["90", "90 days"],
	["365", "A year"],
	["30", "30 days"],
	["", "Until it is revoked"],
];

/** Makes a key and shows it this once. */
export function ApiKeyDialog({ onClose }: { onClose: () => void }) {
	const busy = useSignal(false);
	const trouble = useSignal("");
	const made = useSignal("");

	async function make(event: SubmitEvent) {
		event.preventDefault();
		const form = new FormData(event.currentTarget as HTMLFormElement);
		const scopes = SCOPES.map(([scope]) => scope).filter((scope) => form.has(scope));
		if (scopes.length === 0) {
			trouble.value = "Choose at least one thing that the key may do.";
			return;
		}
		busy.value = true;
		trouble.value = "";
		try {
			const days = Number(form.get("term"));
			const expiresAt = days > 0 ? new Date(Date.now() + days * DAY_MS).toISOString() : null;
			const json = { name: String(form.get("name") ?? ""), scopes, expiresAt };
			const { key } = await said(api["api-keys"].$post({ json }));
			await changed("api-keys");
			made.value = key;
		} catch (error) {
			trouble.value = reasonOf(error);
		} finally {
			busy.value = false;
		}
	}

	if (made.value)
		return (
			<Dialog title="Your new key" onClose={onClose}>
				<p class="text-muted mb-3 text-sm">Copy it now. It is stored only as a hash and is not shown again.</p>
				<p class="bg-base-200 flex items-center gap-2 rounded-field p-3">
					<code class="min-w-0 flex-1 font-mono text-sm break-all">{made}</code>
					<CopyButton text={made.value} label="Copy the key" />
				</p>
				<div class="mt-4 text-end">
					<button type="button" class="btn btn-primary" onClick={onClose}>
						I have kept it
					</button>
				</div>
			</Dialog>
		);
	return (
		<Dialog title="New API key" onClose={onClose}>
			<form onSubmit={make} class="flex flex-col gap-4">
				<Field label="Name" hint="Where it is used: “Shop”, “Nightly export”.">
					<input class="input" name="name" required maxLength={60} />
				</Field>
				<fieldset>
					<legend class="mb-1.5 text-sm font-medium">It may</legend>
					<ul class="flex flex-col gap-1">
						{SCOPES.map(([scope, word]) => (
							<li key={scope}>
								<label class="flex min-h-8 items-center gap-2.5 text-sm">
									<input
										type="checkbox"
										class="checkbox checkbox-primary"
										name={scope}
										defaultChecked={scope === "read"}
									/>
									{word}
								</label>
							</li>
						))}
					</ul>
				</fieldset>
				<Field label="Good for">
					<select class="select" name="term">
						{TERMS.map(([days, word]) => (
							<option key={days} value={days}>
								{word}
							</option>
						))}
					</select>
				</Field>
				<DialogFoot trouble={trouble.value} busy={busy.value} busyWord="Making…" onClose={onClose}>
					Make key
				</DialogFoot>
			</form>
		</Dialog>
	);
}
