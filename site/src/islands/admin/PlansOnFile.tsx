import { useSignal } from "@preact/signals";
import { Pencil, Plus } from "lucide-preact";
import { RowsSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { useRead } from "../../lib/use-read";
import type { PlanOnFile } from "../../lib/wire";
import { money } from "../../lib/words";
import { PlanForm } from "./PlanForm";

/** Every plan, offered or not. Who is subscribed to one that is withdrawn keeps it. */
export function PlansOnFile() {
	const plans = useRead({ key: ["admin", "plans"], read: () => said(api.admin.plans.$get()) });
	const editing = useSignal<PlanOnFile | "new" | null>(null);
	if (plans.isPending) return <RowsSkeleton rows={3} columns={3} label="Loading the plans" />;
	if (plans.isError) return <Trouble what="The plans did not load." error={plans.error} again={plans.again} />;
	return (
		<section aria-labelledby="plans">
			<div class="mb-3 flex flex-wrap items-center justify-between gap-3">
				<h2 id="plans" class="text-lg">
					Plans
				</h2>
				<button
					type="button"
					class="btn btn-primary"
					onClick={() => {
						editing.value = "new";
					}}
				>
					<Plus size={16} aria-hidden /> Add plan
				</button>
			</div>
			<ul class="card divide-y divide-[var(--line)] overflow-hidden">
				{plans.data.map((plan) => (
					<li key={plan.id} class="flex items-center gap-4 px-4 py-2.5 text-sm">
						<div class="min-w-0 flex-1">
							<p class="font-medium">
								{plan.name} {!plan.isOffered && <span class="text-muted font-normal">(not offered)</span>}
							</p>
							<p class="text-muted text-xs">{plan.description}</p>
						</div>
						<p class="num text-end">
							{money(plan.price.amountMicros, plan.price.currency)}
							<span class="text-muted block text-xs">
								{money(plan.includedCredit.amountMicros, plan.includedCredit.currency)} of credit
							</span>
						</p>
						<button
							type="button"
							class="btn btn-ghost btn-sm btn-square"
							aria-label={`Change ${plan.name}`}
							onClick={() => {
								editing.value = plan;
							}}
						>
							<Pencil size={15} aria-hidden />
						</button>
					</li>
				))}
			</ul>
			{editing.value && (
				<PlanForm plan={editing.value === "new" ? null : editing.value} onClose={() => (editing.value = null)} />
			)}
		</section>
	);
}
