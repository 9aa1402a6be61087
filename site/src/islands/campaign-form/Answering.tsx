import { useSignal } from "@preact/signals";
import { Plus } from "lucide-preact";
import { Field } from "../../kit/Field";
import { later } from "../../kit/later";
import { transfersQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import { Step } from "./Step";
import type { PartProps } from "./types";

const TransferDialog = later(() => import("../transfers/TransferDialog").then((part) => part.TransferDialog));

/** Who takes the calls of those who press 1. */
export function Answering({ draft, set, wrong }: PartProps) {
	const transfers = useRead(transfersQuery);
	const adding = useSignal(false);
	return (
		<Step title="Who answers a 1" lead="The telephone that rings for people who want to talk.">
			<div class="grid items-end gap-3 sm:grid-cols-[1fr_auto]">
				<Field label="Transfer number" error={wrong.transferNumber}>
					<select
						class="select"
						value={draft.transferNumber}
						disabled={transfers.isPending}
						onChange={(event) => set({ transferNumber: event.currentTarget.value })}
					>
						<option value="">{transfers.isPending ? "Loading…" : "Nobody: a 1 is only counted"}</option>
						{transfers.data?.map((transfer) => (
							<option key={transfer.id} value={transfer.id}>
								{transfer.name}, {transfer.formatted}
							</option>
						))}
					</select>
				</Field>
				<button
					type="button"
					class="btn btn-quiet"
					onClick={() => {
						adding.value = true;
					}}
				>
					<Plus size={15} aria-hidden /> Add a number
				</button>
			</div>
			{adding.value && (
				<TransferDialog
					onAdded={(transfer) => set({ transferNumber: transfer.id })}
					onClose={() => {
						adding.value = false;
					}}
				/>
			)}
		</Step>
	);
}
