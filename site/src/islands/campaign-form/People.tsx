import { Field } from "../../kit/Field";
import { listsQuery, segmentsQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import { counted } from "../../lib/words";
import { Step } from "./Step";
import type { PartProps } from "./types";

/** Who is called. */
export function People({ draft, set, wrong }: PartProps) {
	const lists = useRead(listsQuery);
	const segments = useRead(segmentsQuery);
	return (
		<Step title="Who is called">
			<Field
				label="Contact list or segment"
				error={wrong.contactListId}
				hint={
					<>
						Copied when the campaign starts, so later edits change nothing.{" "}
						<a class="link" href="/contacts/import">
							Import a list
						</a>
					</>
				}
			>
				<select
					class="select"
					value={draft.contactListId}
					disabled={lists.isPending}
					onChange={(event) => set({ contactListId: event.currentTarget.value })}
				>
					<option value="">{lists.isPending ? "Loading lists…" : "Choose a list"}</option>
					{lists.data?.map((list) => (
						<option key={list.id} value={list.id}>
							{list.name} ({counted(list.contactCount, "contact")})
						</option>
					))}
					{!!segments.data?.length && (
						<optgroup label="Segments">
							{segments.data.map((segment) => (
								<option key={segment.id} value={segment.id}>
									{segment.name}
								</option>
							))}
						</optgroup>
					)}
				</select>
			</Field>
			<label class="flex items-start gap-3 text-sm">
				<input
					type="checkbox"
					class="checkbox checkbox-sm mt-0.5"
					checked={draft.consentRequired}
					onChange={(event) => set({ consentRequired: event.currentTarget.checked })}
				/>
				<span>Only those whose consent is on record with a date. Others are left out.</span>
			</label>
		</Step>
	);
}
