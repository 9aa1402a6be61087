import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { Dialog } from "../../kit/Dialog";
import { Field } from "../../kit/Field";
import { reasonOf } from "../../lib/refusal";
import { moment } from "../../lib/words";
import { snoozes } from "./deeds";

interface Props {
	onPick: (sendAt: string) => Promise<void>;
	onClose: () => void;
}

/** A local moment as the browser's field wants it. */
function localValue(date: Date): string {
	const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
	return shifted.toISOString().slice(0, 16);
}

/** When a message is to leave. */
export function ScheduleDialog({ onPick, onClose }: Props) {
	const choices = snoozes();
	const chosen = useSignal(localValue(choices[1]?.until ?? new Date()));
	const busy = useSignal(false);
	const trouble = useSignal("");
	const date = new Date(chosen.value);
	const isTime = !Number.isNaN(date.getTime());
	async function go(event: Event) {
		event.preventDefault();
		if (!isTime) return;
		busy.value = true;
		trouble.value = "";
		try {
			await onPick(date.toISOString());
			onClose();
		} catch (error) {
			trouble.value = reasonOf(error);
			busy.value = false;
		}
	}
	return (
		<Dialog title="Send later" onClose={onClose}>
			<form onSubmit={go} class="flex flex-col gap-4">
				<div class="flex flex-wrap gap-2">
					{choices.map(({ word, until }) => (
						<button
							key={word}
							type="button"
							class="btn btn-quiet btn-sm"
							aria-pressed={chosen.value === localValue(until)}
							onClick={() => {
								chosen.value = localValue(until);
							}}
						>
							{word}
						</button>
					))}
				</div>
				<Field label="Day and time" hint="In your own time zone.">
					<input
						class="input"
						type="datetime-local"
						required
						min={localValue(new Date())}
						value={chosen}
						onInput={(event) => {
							chosen.value = event.currentTarget.value;
						}}
					/>
				</Field>
				{trouble.value && (
					<p class="notice notice-bad" role="alert">
						{trouble}
					</p>
				)}
				<div class="flex justify-end gap-2">
					<button type="button" class="btn btn-quiet" onClick={onClose}>
						Cancel
					</button>
					<Action type="submit" busy={busy.value} busyWord="Keeping…" disabled={!isTime}>
						{isTime ? `Send ${moment(date.toISOString())}` : "Send later"}
					</Action>
				</div>
			</form>
		</Dialog>
	);
}
