import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { Field } from "../../kit/Field";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { Refusal, reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import type { VoiceSettings } from "../../lib/wire";
import { Section } from "./Section";

/** Whether calls are recorded, what is said before that, and how long recordings stay. */
export function Recordings() {
	const settings = useRead({ key: ["voice-settings"], read: () => said(api["voice-settings"].$get()) });
	return (
		<Section
			id="recordings"
			title="Recordings and messages"
			lead="In many places everybody on a call has to know that it is recorded."
		>
			{settings.isPending && <TextSkeleton lines={4} label="Loading the recording settings" />}
			{settings.isError && (
				<Trouble what="These settings did not load." error={settings.error} again={settings.again} />
			)}
			{settings.data && <Form settings={settings.data} />}
		</Section>
	);
}

function Form({ settings }: { settings: VoiceSettings }) {
	const recording = useSignal(settings.recordCalls);
	const busy = useSignal(false);
	const wrong = useSignal<Record<string, string>>({});
	const trouble = useSignal("");

	async function save(event: SubmitEvent) {
		event.preventDefault();
		const form = new FormData(event.currentTarget as HTMLFormElement);
		const days = String(form.get("retentionDays") ?? "").trim();
		const announcement = String(form.get("announcement") ?? "").trim();
		busy.value = true;
		wrong.value = {};
		trouble.value = "";
		try {
			const json = {
				recordCalls: recording.value,
				...(announcement ? { announcement } : {}),
				transcribe: form.get("transcribe") !== null,
				retentionDays: days ? Number(days) : null,
			};
			await said(api["voice-settings"].$patch({ json }));
			await changed("voice-settings");
			tell(recording.value ? "Calls are recorded, and callers are told." : "Calls are not recorded.");
		} catch (error) {
			wrong.value = error instanceof Refusal ? error.fields : {};
			if (Object.keys(wrong.value).length === 0) trouble.value = reasonOf(error);
		} finally {
			busy.value = false;
		}
	}
	return (
		<form class="grid gap-4" onSubmit={save}>
			<label class="flex min-h-8 items-center gap-2">
				<input
					type="checkbox"
					class="checkbox checkbox-primary"
					checked={recording.value}
					onChange={(event) => {
						recording.value = event.currentTarget.checked;
					}}
				/>
				Record calls over the carrier
			</label>
			<Field
				label="Said before a recorded call"
				error={wrong.value.announcement}
				hint="Callers hear it before anything rings. A number can say otherwise on its own page."
			>
				<textarea
					class="textarea"
					name="announcement"
					rows={2}
					maxLength={500}
					required={recording.value}
					defaultValue={settings.announcement}
				/>
			</Field>
			<label class="flex min-h-8 items-center gap-2">
				<input
					type="checkbox"
					class="checkbox checkbox-primary"
					name="transcribe"
					defaultChecked={settings.transcribe}
				/>
				Write messages down as text
			</label>
			<Field
				label="Days until recordings go"
				optional
				error={wrong.value.retentionDays}
				hint="Left empty: they stay until somebody deletes them."
			>
				<input
					class="input num sm:w-40"
					type="number"
					name="retentionDays"
					min={1}
					max={3650}
					defaultValue={settings.retentionDays === null ? "" : String(settings.retentionDays)}
				/>
			</Field>
			{trouble.value && (
				<p class="notice notice-bad" role="alert">
					{trouble}
				</p>
			)}
			<Action type="submit" look="btn-primary w-fit" busy={busy.value} busyWord="Saving…">
				Save
			</Action>
		</form>
	);
}
