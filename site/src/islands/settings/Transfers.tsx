import { useSignal } from "@preact/signals";
import { Plus, Trash2 } from "lucide-preact";
import { later } from "../../kit/later";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, OUTLIVES_PAGE, said } from "../../lib/api";
import { removeWithUndo } from "../../lib/changes";
import { transfersQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import type { TransferNumber } from "../../lib/wire";
import { Section } from "./Section";

const TransferDialog = later(() => import("../transfers/TransferDialog").then((part) => part.TransferDialog));

/** The telephones that people who press 1 are put through to. */
export function Transfers() {
	const transfers = useRead(transfersQuery);
	const adding = useSignal(false);
	return (
		<Section
			id="transfers"
			title="Transfer numbers"
			lead="Where campaigns put people through who press 1."
			actions={
				<button
					type="button"
					class="btn btn-quiet btn-sm"
					onClick={() => {
						adding.value = true;
					}}
				>
					<Plus size={15} aria-hidden /> Add
				</button>
			}
		>
			{transfers.isPending && <TextSkeleton lines={2} label="Loading transfer numbers" />}
			{transfers.isError && (
				<Trouble what="The numbers did not load." error={transfers.error} again={transfers.again} />
			)}
			{transfers.data?.length === 0 && (
				<p class="text-muted text-sm">None yet. Add the telephone of whoever takes the calls.</p>
			)}
			<ul class="flex flex-col gap-3">
				{transfers.data?.map((transfer) => (
					<li key={transfer.id} class="flex items-center gap-4">
						<span class="min-w-0 flex-1 truncate font-medium">{transfer.name}</span>
						<span class="phone text-muted text-sm">{transfer.formatted}</span>
						<button
							type="button"
							class="btn btn-ghost btn-sm btn-square hover:text-error"
							title="Delete"
							aria-label={`Delete ${transfer.name}`}
							onClick={() =>
								removeWithUndo<TransferNumber>({
									key: "transfers",
									remove: () =>
										said(
											api["transfer-numbers"][":id"].$delete({ param: { id: transfer.id }, query: {} }, OUTLIVES_PAGE),
										),
									text: `“${transfer.name}” is deleted.`,
									isIt: ({ id }) => id === transfer.id,
								})
							}
						>
							<Trash2 size={15} aria-hidden />
						</button>
					</li>
				))}
			</ul>
			{adding.value && (
				<TransferDialog
					onClose={() => {
						adding.value = false;
					}}
				/>
			)}
		</Section>
	);
}
