import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { Field } from "../../kit/Field";
import { FormDialog, NameField, textIn } from "../../kit/FormDialog";
import { NumberField } from "../../kit/NumberField";
import { PeopleChoice } from "../../kit/PeopleChoice";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { greetingsQuery, membersQuery } from "../../lib/reads";
import { tell } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import { useSaving } from "../../lib/use-saving";
import type { Queue } from "../../lib/wire";

interface Props {
	/** Null: a new one. */
	queue: Queue | null;
	onClose: () => void;
}

/** What a queue is called, who answers it, and how long callers may wait. */
export function QueueDialog({ queue, onClose }: Props) {
	const members = useRead(membersQuery);
	const greetings = useRead(greetingsQuery);
	const chosen = useSignal<string[]>(queue?.memberIds ?? []);
	const deleting = useSignal(false);
	const { busy, wrong, trouble, saving } = useSaving();

	async function save(form: FormData) {
		const json = {
			name: textIn(form, "name"),
			greetingFileId: textIn(form, "music") || null,
			memberIds: chosen.value,
			maxWaiting: Number(form.get("maxWaiting")),
			maxWaitSeconds: Math.round(Number(form.get("maxWaitMinutes")) * 60),
			serviceLevelSeconds: Number(form.get("serviceLevelSeconds")),
			announcePosition: form.get("announcePosition") !== null,
		};
		await act(async () => {
			if (queue) await said(api.queues[":id"].$patch({ param: { id: queue.id }, json }));
			else await said(api.queues.$post({ json }));
			tell(queue ? `“${json.name}” is changed.` : `“${json.name}” is there. Send a number's calls to it.`);
		});
	}
	async function remove() {
		if (!queue) return;
		if (!deleting.value) {
			deleting.value = true;
			return;
		}
		await act(async () => {
			await said(api.queues[":id"].$delete({ param: { id: queue.id } }));
			tell(`“${queue.name}” is deleted.`);
		});
	}
	async function act(what: () => Promise<void>) {
		const done = await saving(async () => {
			await what();
			await changed("queues");
		});
		deleting.value = false;
		if (done) onClose();
	}
	return (
		<FormDialog
			title={queue ? `Change ${queue.name}` : "New queue"}
			verb={queue ? "Save" : "Make the queue"}
			busy={busy}
			trouble={trouble}
			onSave={save}
			onClose={onClose}
			aside={
				queue && (
					<Action look="btn-ghost text-error me-auto" disabled={busy.value} onClick={remove}>
						{deleting.value ? "Press again to delete" : "Delete"}
					</Action>
				)
			}
		>
			<NameField error={wrong.value.name} value={queue?.name ?? ""} example="Support" />
			<fieldset>
				<legend class="mb-1 text-sm font-medium">Who answers, besides you</legend>
				{members.data?.length === 0 && (
					<p class="text-muted text-sm">
						Nobody yet:{" "}
						<a class="link" href="/settings?part=team">
							invite a sub-account
						</a>
						.
					</p>
				)}
				<PeopleChoice
					people={members.data?.map(({ id, fullName, email }) => ({ id, name: fullName ?? email })) ?? []}
					chosen={chosen.value}
					onChoose={(ids) => (chosen.value = ids)}
				/>
			</fieldset>
			<Field label="What callers hear" error={wrong.value.greetingFileId}>
				<select
					class="select"
					name="music"
					key={greetings.data ? "there" : "none"}
					defaultValue={queue?.greetingFileId ?? ""}
				>
					<option value="">Quiet music</option>
					{greetings.data?.map(({ id, filename }) => (
						<option key={id} value={id} selected={id === queue?.greetingFileId}>
							{filename}
						</option>
					))}
				</select>
			</Field>
			<div class="grid gap-4 sm:grid-cols-3">
				<NumberField
					label="At most waiting"
					name="maxWaiting"
					error={wrong.value.maxWaiting}
					min={1}
					max={1000}
					value={queue?.maxWaiting ?? 50}
				/>
				<NumberField
					label="Longest wait, minutes"
					name="maxWaitMinutes"
					error={wrong.value.maxWaitSeconds}
					min={0.5}
					max={240}
					step={0.5}
					value={(queue?.maxWaitSeconds ?? 900) / 60}
				/>
				<NumberField
					label="Served in, seconds"
					name="serviceLevelSeconds"
					error={wrong.value.serviceLevelSeconds}
					min={1}
					max={3600}
					value={queue?.serviceLevelSeconds ?? 30}
				/>
			</div>
			<label class="flex min-h-8 items-center gap-2 text-sm">
				<input
					type="checkbox"
					class="checkbox checkbox-primary"
					name="announcePosition"
					defaultChecked={queue?.announcePosition ?? true}
				/>
				Tell callers their position
			</label>
		</FormDialog>
	);
}
