import { useSignal } from "@preact/signals";
import { Upload } from "lucide-preact";
import { Field } from "../../kit/Field";
import { Player } from "../../kit/Player";
import { UploadBar } from "../../kit/UploadBar";
import { greetingsQuery } from "../../lib/reads";
import { reasonOf } from "../../lib/refusal";
import { useRead } from "../../lib/use-read";
import { length } from "../../lib/words";
import { uploadGreeting } from "../greetings/upload";
import { Step } from "./Step";
import type { PartProps } from "./types";

/** What people hear: a greeting that is there, or one uploaded on the spot. */
export function Hearing({ draft, set, wrong }: PartProps) {
	const greetings = useRead(greetingsQuery);
	const sending = useSignal<{ name: string; part: number } | null>(null);
	const trouble = useSignal("");
	const chosen = greetings.data?.find(({ id }) => id === draft.greetingFileId);

	async function upload(file: File | undefined) {
		if (!file) return;
		trouble.value = "";
		sending.value = { name: file.name, part: 0 };
		try {
			const greeting = await uploadGreeting(file, (part) => {
				sending.value = { name: file.name, part };
			});
			set({ greetingFileId: greeting.id });
		} catch (error) {
			trouble.value = reasonOf(error);
		} finally {
			sending.value = null;
		}
	}

	return (
		<Step
			title="What they hear"
			lead="Say who calls and why, then: press 1 to be connected, press 9 and we will not call again."
		>
			<div class="grid items-end gap-3 sm:grid-cols-[1fr_auto]">
				<Field label="Greeting" error={wrong.greetingFileId ?? (trouble.value || undefined)}>
					<select
						class="select"
						value={draft.greetingFileId}
						disabled={greetings.isPending}
						onChange={(event) => set({ greetingFileId: event.currentTarget.value })}
					>
						<option value="">{greetings.isPending ? "Loading greetings…" : "Choose a greeting"}</option>
						{greetings.data?.map((greeting) => (
							<option key={greeting.id} value={greeting.id}>
								{greeting.filename} ({length(greeting.durationSeconds)})
							</option>
						))}
					</select>
				</Field>
				<label class="btn btn-quiet has-focus-visible:outline-primary has-focus-visible:outline-2 has-focus-visible:outline-offset-2">
					<Upload size={15} aria-hidden /> Upload a recording
					<input
						type="file"
						class="sr-only"
						accept=".wav,.mp3,.ogg,audio/wav,audio/mpeg,audio/ogg"
						onChange={(event) => void upload(event.currentTarget.files?.[0])}
					/>
				</label>
			</div>
			{sending.value && <UploadBar name={sending.value.name} part={sending.value.part} />}
			{chosen && <Player src={chosen.url} name={chosen.filename} seconds={chosen.durationSeconds} />}
		</Step>
	);
}
