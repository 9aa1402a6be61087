import { CircleCheck, TriangleAlert } from "lucide-preact";
import { Action } from "../../kit/Action";
import { RowsSkeleton } from "../../kit/Skeleton";
import { State } from "../../kit/State";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { useRead } from "../../lib/use-read";

const WORDS: Record<string, string> = {
	ledger_equals_balances: "Every wallet is what its ledger sums to",
	holds_are_explained: "All money that is set aside has a reason",
	one_owner_per_number: "Every number has one owner",
	one_live_attempt_per_contact: "Nobody has two live calls",
	no_operation_past_its_age: "Nothing at the carrier is open for too long",
	no_attempt_past_its_age: "No call is unaccounted for",
	no_use_past_its_age: "Every message and call is settled in time",
	no_number_without_its_purchase: "Every number was bought",
	no_number_without_its_charge: "Every number was paid for",
	no_channel_without_its_number: "Every channel has its number",
	counters_equal_attempts: "Counters agree with what they count",
	outbox_is_drained: "What happened was told",
	cron_is_alive: "The clock ticks",
};

/** Whether everything that must hold does. Read on demand: it looks at every row that there is. */
export function Books() {
	const books = useRead({ key: ["admin", "invariants"], read: () => said(api.admin.invariants.$get()) });
	if (books.isPending) return <RowsSkeleton rows={8} columns={2} label="Checking the books" />;
	if (books.isError) return <Trouble what="The books could not be checked." error={books.error} again={books.again} />;
	return (
		<section aria-labelledby="books">
			<div class="mb-3 flex flex-wrap items-center justify-between gap-3">
				<h2 id="books" class="text-lg">
					<span role="status">{books.data.ok ? "Everything holds" : "Something does not hold"}</span>
				</h2>
				<Action look="btn-quiet btn-sm" busy={books.isFetching} busyWord="Checking…" onClick={books.again}>
					Check again
				</Action>
			</div>
			<ul class="card divide-y divide-[var(--line)] overflow-hidden">
				{books.data.checks.map((check) => (
					<Check key={check.name} {...check} />
				))}
			</ul>
		</section>
	);
}

function Check({ name, ok, details }: { name: string; ok: boolean; details: Record<string, unknown> }) {
	return (
		<li class="px-4 py-2.5 text-sm">
			<div class="flex items-center justify-between gap-4">
				<span class="min-w-0">{WORDS[name] ?? name.replaceAll("_", " ")}</span>
				{ok ? (
					<State tone="good" icon={CircleCheck} word="Holds" />
				) : (
					<State tone="bad" icon={TriangleAlert} word="Broken" />
				)}
			</div>
			{!ok && <pre class="text-muted mt-2 overflow-x-auto text-xs">{JSON.stringify(details, null, 2)}</pre>}
		</li>
	);
}
