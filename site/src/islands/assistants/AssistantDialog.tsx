import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { Dialog } from "../../kit/Dialog";
import { Field } from "../../kit/Field";
import { api, once, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { keyAfter, newKey } from "../../lib/changes";
import { Refusal, reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import type { Assistant, AssistantOrder } from "../../lib/wire";
import { LANGUAGES, MODELS, oneOf, VOICES } from "./choices";

const START = `You answer the telephone for [company].
Be friendly and brief: one or two sentences at a time.
Find out who is calling and what it is about.
If you do not know something, say that somebody will call back.`;

interface Props {
	/** Null: a new one. */
	assistant: Assistant | null;
	onClose: () => void;
}

/** Makes or changes an assistant. */
export function AssistantDialog({ assistant, onClose }: Props) {
	const busy = useSignal(false);
	const trouble = useSignal("");
	const fields = useSignal<Record<string, string>>({});
	const key = useSignal(newKey());

	async function save(event: SubmitEvent) {
		event.preventDefault();
		const json = orderIn(new FormData(event.currentTarget as HTMLFormElement));
		busy.value = true;
		trouble.value = "";
		fields.value = {};
		try {
			const saved = assistant
				? await said(api.assistants[":id"].$patch({ param: { id: assistant.id }, json }))
				: await said(api.assistants.$post({ json }, once(key.value)));
			await changed("assistants");
			const isReady = "name" in saved && saved.status === "active";
			tell(isReady ? `${saved.name} is ready to answer.` : "Saved. The assistant provider is being told.");
			onClose();
		} catch (error) {
			key.value = keyAfter(key.value, error);
			fields.value = error instanceof Refusal ? error.fields : {};
			trouble.value = Object.keys(fields.value).length > 0 ? "" : reasonOf(error);
			await changed("assistants");
		} finally {
			busy.value = false;
		}
	}

	const wrong = (name: string) => fields.value[name];
	return (
		<Dialog title={assistant ? `Edit ${assistant.name}` : "New assistant"} onClose={onClose} wide>
			<form onSubmit={save} class="grid gap-4 sm:grid-cols-2">
				<Field label="Name" error={wrong("name")} class="sm:col-span-2">
					<input class="input" name="name" required maxLength={40} defaultValue={assistant?.name ?? ""} />
				</Field>
				<Field
					label="Says first"
					hint="Empty: it waits for the caller to speak."
					error={wrong("firstMessage")}
					class="sm:col-span-2"
				>
					<input
						class="input"
						name="firstMessage"
						maxLength={1000}
						defaultValue={assistant?.firstMessage ?? "Hello, how can I help you?"}
					/>
				</Field>
				<Field
					label="Instructions"
					hint="How it is to behave, and what it should know."
					error={wrong("instructions")}
					class="sm:col-span-2"
				>
					<textarea
						class="textarea w-full"
						name="instructions"
						rows={6}
						maxLength={20_000}
						defaultValue={assistant?.instructions ?? START}
					/>
				</Field>
				<Choice label="Voice" name="voice" choices={VOICES} value={assistant?.voice} />
				<Choice label="Language" name="language" choices={LANGUAGES} value={assistant?.language} />
				<Choice label="Model" name="model" choices={MODELS} value={assistant?.model} />
				<Field label="Longest call" hint="In minutes, then it hangs up." error={wrong("maxDurationSeconds")}>
					<input
						class="input"
						name="minutes"
						type="number"
						min={1}
						max={720}
						required
						defaultValue={String((assistant?.maxDurationSeconds ?? 600) / 60)}
					/>
				</Field>
				<Field label="May hand calls to" optional hint="A number in international form." error={wrong("transferTo")}>
					<input
						class="input phone"
						name="transferTo"
						type="tel"
						placeholder="+44 20 7946 0000"
						defaultValue={assistant?.transferTo ?? ""}
					/>
				</Field>
				<Field label="Says before it hangs up" optional error={wrong("endCallMessage")}>
					<input class="input" name="endCallMessage" maxLength={1000} defaultValue={assistant?.endCallMessage ?? ""} />
				</Field>
				<label class="flex min-h-8 items-center gap-2.5 text-sm sm:col-span-2">
					<input
						type="checkbox"
						class="checkbox checkbox-primary"
						name="recordCalls"
						defaultChecked={assistant?.recordCalls ?? false}
					/>
					Record its calls. In many places callers have to be told.
				</label>
				{trouble.value && (
					<p class="notice notice-bad sm:col-span-2" role="alert">
						{trouble}
					</p>
				)}
				<div class="flex justify-end gap-2 sm:col-span-2">
					<button type="button" class="btn btn-quiet" onClick={onClose}>
						Cancel
					</button>
					<Action type="submit" busy={busy.value} busyWord="Saving…">
						{assistant ? "Save changes" : "Make assistant"}
					</Action>
				</div>
			</form>
		</Dialog>
	);
}

interface Choices {
	label: string;
	name: string;
	choices: readonly (readonly [string, string])[];
	value: string | undefined;
}

function Choice({ label, name, choices, value }: Choices) {
	return (
		<Field label={label}>
			<select class="select w-full" name={name} defaultValue={value ?? choices[0]?.[0] ?? ""}>
				{choices.map(([code, word]) => (
					<option key={code} value={code}>
						{word}
					</option>
				))}
			</select>
		</Field>
	);
}

function orderIn(form: FormData): AssistantOrder {
	const text = (name: string) => String(form.get(name) ?? "").trim();
	return {
		name: text("name"),
		firstMessage: text("firstMessage"),
		instructions: text("instructions"),
		voice: oneOf(VOICES, text("voice")),
		language: oneOf(LANGUAGES, text("language")),
		model: oneOf(MODELS, text("model")),
		maxDurationSeconds: Math.round(Number(text("minutes")) * 60),
		transferTo: text("transferTo") || null,
		endCallMessage: text("endCallMessage"),
		recordCalls: form.has("recordCalls"),
	};
}
