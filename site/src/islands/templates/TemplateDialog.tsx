import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Action } from "../../kit/Action";
import { Dialog } from "../../kit/Dialog";
import { Field } from "../../kit/Field";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { Refusal, reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import type { MessageTemplate } from "../../lib/wire";

const LONGEST = 1_600;
const PLACES = ["firstName", "lastName", "email"];

/** Writes a template, or changes one. */
export function TemplateDialog({ template, onClose }: { template: MessageTemplate | null; onClose: () => void }) {
	const name = useSignal(template?.name ?? "");
	const body = useSignal(template?.body ?? "");
	const busy = useSignal(false);
	const wrong = useSignal<Record<string, string>>({});
	const trouble = useSignal("");
	const field = useRef<HTMLTextAreaElement>(null);

	function put(place: string) {
		const { selectionStart: start = body.value.length, selectionEnd: end = start } = field.current ?? {};
		body.value = `${body.value.slice(0, start)}{{${place}}}${body.value.slice(end)}`;
		field.current?.focus();
	}

	async function save(event: Event) {
		event.preventDefault();
		busy.value = true;
		wrong.value = {};
		trouble.value = "";
		const json = { name: name.value.trim(), body: body.value };
		try {
			if (template) await said(api["message-templates"][":id"].$patch({ param: { id: template.id }, json }));
			else await said(api["message-templates"].$post({ json }));
			await changed("templates");
			tell(`Template “${json.name}” is saved.`);
			onClose();
		} catch (error) {
			if (error instanceof Refusal) wrong.value = error.fields;
			if (!wrong.value.name && !wrong.value.body) trouble.value = reasonOf(error);
			busy.value = false;
		}
	}

	return (
		<Dialog title={template ? "Change template" : "New template"} onClose={onClose} wide>
			<form onSubmit={save} class="flex flex-col gap-4">
				<Field label="Name" error={wrong.value.name}>
					<input
						class="input"
						maxLength={80}
						required
						dir="auto"
						value={name}
						onInput={(event) => {
							name.value = event.currentTarget.value;
						}}
					/>
				</Field>
				<div>
					<Field
						label="Text"
						error={wrong.value.body}
						hint={`${body.value.length} of ${LONGEST} characters. Any other name in double braces is asked for when the template is used.`}
					>
						<textarea
							ref={field}
							class="textarea"
							rows={6}
							maxLength={LONGEST}
							required
							dir="auto"
							value={body}
							onInput={(event) => {
								body.value = event.currentTarget.value;
							}}
						/>
					</Field>
					<div class="mt-2 flex flex-wrap gap-2">
						{PLACES.map((place) => (
							<button key={place} type="button" class="btn btn-quiet btn-sm" onClick={() => put(place)}>
								{`{{${place}}}`}
							</button>
						))}
					</div>
				</div>
				{trouble.value && (
					<p class="notice notice-bad" role="alert">
						{trouble}
					</p>
				)}
				<div class="flex justify-end gap-2">
					<button type="button" class="btn btn-quiet" onClick={onClose}>
						Cancel
					</button>
					<Action
						type="submit"
						busy={busy.value}
						busyWord="Saving…"
						disabled={!name.value.trim() || !body.value.trim()}
					>
						Save template
					</Action>
				</div>
			</form>
		</Dialog>
	);
}
