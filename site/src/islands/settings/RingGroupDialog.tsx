import { useSignal } from "@preact/signals";
import { Field } from "../../kit/Field";
import { FormDialog, NameField, textIn } from "../../kit/FormDialog";
import { NumberField } from "../../kit/NumberField";
import { PeopleChoice } from "../../kit/PeopleChoice";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell } from "../../lib/toasts";
import { useSaving } from "../../lib/use-saving";
import type { RingGroup } from "../../lib/wire";
import { useNames } from "./RingGroups";

interface Props {
	/** Null: a new one. */
	group: RingGroup | null;
	onClose: () => void;
}

/** What a group is called, who is in it, and how they are rung. */
export function RingGroupDialog({ group, onClose }: Props) {
	const names = useNames();
	const chosen = useSignal<string[]>(group?.memberIds ?? []);
	const { busy, wrong, trouble, saving } = useSaving();

	async function save(form: FormData) {
		if (chosen.value.length === 0) {
			wrong.value = { memberIds: "Choose at least one person." };
			return;
		}
		const json = {
			name: textIn(form, "name"),
			memberIds: chosen.value,
			strategy: form.get("strategy") === "one_by_one" ? ("one_by_one" as const) : ("all" as const),
			ringSeconds: Number(form.get("ringSeconds")),
		};
		const done = await saving(async () => {
			if (group) await said(api["ring-groups"][":id"].$patch({ param: { id: group.id }, json }));
			else await said(api["ring-groups"].$post({ json }));
			tell(group ? `“${json.name}” is changed.` : `“${json.name}” is there. Choose it in a number's routing.`);
			await changed("ring-groups");
		});
		if (done) onClose();
	}
	return (
		<FormDialog
			title={group ? `Change ${group.name}` : "New ring group"}
			verb={group ? "Save" : "Make the group"}
			busy={busy}
			trouble={trouble}
			onSave={save}
			onClose={onClose}
		>
			<NameField error={wrong.value.name} value={group?.name ?? ""} example="Sales" />
			<fieldset aria-describedby={wrong.value.memberIds ? "nobody-chosen" : undefined}>
				<legend class="mb-1 text-sm font-medium">Whose browsers ring</legend>
				<PeopleChoice
					people={[...names].map(([id, name]) => ({ id, name }))}
					chosen={chosen.value}
					onChoose={(ids) => (chosen.value = ids)}
					inOrder
				/>
				{wrong.value.memberIds && (
					<p id="nobody-chosen" class="text-error mt-1 text-sm" role="alert">
						{wrong.value.memberIds}
					</p>
				)}
			</fieldset>
			<div class="grid gap-4 sm:grid-cols-2">
				<Field label="In which order">
					<select class="select" name="strategy" defaultValue={group?.strategy ?? "all"}>
						<option value="all" selected={group?.strategy !== "one_by_one"}>
							All at once
						</option>
						<option value="one_by_one" selected={group?.strategy === "one_by_one"}>
							One after the other
						</option>
					</select>
				</Field>
				<NumberField
					label="For how many seconds"
					name="ringSeconds"
					error={wrong.value.ringSeconds}
					min={5}
					max={120}
					value={group?.ringSeconds ?? 25}
				/>
			</div>
		</FormDialog>
	);
}
