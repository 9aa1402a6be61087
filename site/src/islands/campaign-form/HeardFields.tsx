import { Field } from "../../kit/Field";
import { greetingsQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import type { HeardDraft } from "./script";

interface Props {
	/** What the recording is called, and what the text is. */
	labels: readonly [recording: string, text: string];
	hint?: string;
	error?: string | undefined;
	value: HeardDraft;
	onChange: (heard: HeardDraft) => void;
}

/** Something to hear: a recording, a text to be said, or one after the other. */
export function HeardFields({ labels: [recording, text], hint, error, value, onChange }: Props) {
	const greetings = useRead(greetingsQuery);
	return (
		<div class="grid gap-x-4 gap-y-2 sm:grid-cols-2">
			<Field label={recording} optional>
				<select
					class="select"
					value={value.file}
					disabled={greetings.isPending}
					onChange={(event) => onChange({ ...value, file: event.currentTarget.value })}
				>
					<option value="">{greetings.isPending ? "Loading greetings…" : "No recording"}</option>
					{greetings.data?.map(({ id, filename }) => (
						<option key={id} value={id}>
							{filename}
						</option>
					))}
				</select>
			</Field>
			<Field label={text} optional error={error} hint={hint}>
				<input
					class="input"
					maxLength={1_000}
					value={value.text}
					onInput={(event) => onChange({ ...value, text: event.currentTarget.value })}
				/>
			</Field>
		</div>
	);
}
