import { useSignal } from "@preact/signals";
import { Dialog } from "../../kit/Dialog";
import { DialogFoot } from "../../kit/DialogFoot";
import { Field } from "../../kit/Field";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { Refusal, reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import type { Webhook } from "../../lib/wire";
import { EVENTS, type EventName } from "./events";
import { Secret } from "./Secret";

/** Makes a webhook and shows its secret this once, or changes one. */
export function WebhookDialog({ webhook, onClose }: { webhook: Webhook | null; onClose: () => void }) {
	const busy = useSignal(false);
	const trouble = useSignal("");
	const wrong = useSignal<Record<string, string>>({});
	const secret = useSignal("");

	async function save(event: SubmitEvent) {
		event.preventDefault();
		const form = new FormData(event.currentTarget as HTMLFormElement);
		const events = EVENTS.map(([name]) => name).filter((name) => form.has(name));
		const json = { url: textIn(form, "url"), description: textIn(form, "description"), events };
		busy.value = true;
		trouble.value = "";
		wrong.value = {};
		try {
			if (webhook) {
				await said(api.webhooks[":id"].$patch({ param: { id: webhook.id }, json }));
				tell("The webhook is changed.");
				onClose();
			} else secret.value = (await said(api.webhooks.$post({ json }))).secret;
			await changed("webhooks");
		} catch (error) {
			wrong.value = error instanceof Refusal ? error.fields : {};
			trouble.value = wrong.value.url ? "" : reasonOf(error);
		} finally {
			busy.value = false;
		}
	}

	if (secret.value) return <Secret secret={secret.value} onClose={onClose} />;
	const has = (name: EventName) => (webhook ? webhook.events.includes(name) : name === "*");
	return (
		<Dialog title={webhook ? "Edit webhook" : "New webhook"} onClose={onClose}>
			<form onSubmit={save} class="flex flex-col gap-4">
				<Field
					label="Address"
					hint="On the public internet, with https."
					error={wrong.value.url && `It ${wrong.value.url}.`}
				>
					<input
						class="input"
						name="url"
						type="url"
						required
						maxLength={2000}
						placeholder="https://example.com/trunkline"
						defaultValue={webhook?.url ?? ""}
					/>
				</Field>
				<Field label="Description" optional>
					<input class="input" name="description" maxLength={200} defaultValue={webhook?.description ?? ""} />
				</Field>
				<fieldset>
					<legend class="mb-1.5 text-sm font-medium">It hears of</legend>
					<ul class="flex flex-col gap-1">
						{EVENTS.map(([name, word]) => (
							<li key={name}>
								<label class="flex min-h-8 items-center gap-2.5 text-sm">
									<input type="checkbox" class="checkbox checkbox-primary" name={name} defaultChecked={has(name)} />
									{word}
								</label>
							</li>
						))}
					</ul>
				</fieldset>
				<DialogFoot trouble={trouble.value} busy={busy.value} busyWord="Saving…" onClose={onClose}>
					{webhook ? "Save changes" : "Make webhook"}
				</DialogFoot>
			</form>
		</Dialog>
	);
}

const textIn = (form: FormData, name: string) => String(form.get(name) ?? "").trim();
