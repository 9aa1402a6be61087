import { useSignal } from "@preact/signals";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { useRead } from "../../lib/use-read";
import type { SpendDay } from "../../lib/wire";
import { counted, day as dayWord, money } from "../../lib/words";
import { SpendChart } from "./SpendChart";

const SPANS = [7, 30, 90];

/** What was spent by day, as a picture with a sentence that says the same, and as a table. */
export function Spend() {
	const days = useSignal(30);
	const spend = useRead({
		key: ["wallet", "spend", days.value],
		read: () => said(api.wallet.spend.$get({ query: { days: String(days.value) } })),
		keepOld: true,
	});
	if (spend.isError) return <Trouble what="What you spent did not load." error={spend.error} again={spend.again} />;
	return (
		<section class="card p-5 lg:p-6" aria-labelledby="spend">
			<div class="mb-3 flex flex-wrap items-center gap-3">
				<h2 id="spend" class="me-auto text-lg">
					Spending
				</h2>
				<fieldset class="flex gap-1">
					<legend class="sr-only">How far back</legend>
					{SPANS.map((span) => (
						<button
							key={span}
							type="button"
							class={`btn btn-sm ${days.value === span ? "btn-neutral" : "btn-ghost"}`}
							aria-pressed={days.value === span}
							onClick={() => {
								days.value = span;
							}}
						>
							{span} days
						</button>
					))}
				</fieldset>
			</div>
			{spend.isPending ? <TextSkeleton lines={5} label="Loading what you spent" /> : <Picture days={spend.data} />}
		</section>
	);
}

const sumOf = (days: SpendDay[], of: "spent" | "paidIn") => days.reduce((sum, one) => sum + one[of].amountMicros, 0);

/** The days in words: what the picture shows to who sees it. */
function summary(days: SpendDay[]): string {
	const spent = sumOf(days, "spent");
	const paidIn = sumOf(days, "paidIn");
	const paid = paidIn > 0 ? ` ${money(paidIn)} was paid in.` : "";
	if (spent <= 0) return `Nothing was spent in the last ${counted(days.length, "day")}.${paid}`;
	const most = days.reduce((best, one) => (one.spent.amountMicros > best.spent.amountMicros ? one : best));
	return `${money(spent)} was spent in the last ${counted(days.length, "day")}, most of it on ${dayWord(most.day)}: ${money(most.spent.amountMicros)}.${paid}`;
}

function Picture({ days }: { days: SpendDay[] }) {
	const asTable = useSignal(false);
	const text = summary(days);
	return (
		<>
			<p class="text-muted mb-3 text-sm">{text}</p>
			{asTable.value ? <DayTable days={days} /> : <SpendChart days={days} label={text} />}
			<button
				type="button"
				class="btn btn-ghost btn-sm mt-2"
				aria-pressed={asTable.value}
				onClick={() => {
					asTable.value = !asTable.value;
				}}
			>
				{asTable.value ? "Show as chart" : "Show as table"}
			</button>
		</>
	);
}

function DayTable({ days }: { days: SpendDay[] }) {
	const moved = days.filter(({ spent, paidIn }) => spent.amountMicros !== 0 || paidIn.amountMicros !== 0).reverse();
	return (
		<table class="table">
			<thead>
				<tr>
					<th scope="col">Day (UTC)</th>
					<th scope="col" class="text-end">
						Spent
					</th>
					<th scope="col" class="text-end">
						Paid in
					</th>
				</tr>
			</thead>
			<tbody>
				{moved.map(({ day, spent, paidIn }) => (
					<tr key={day}>
						<td>{dayWord(day)}</td>
						<td class="text-end">{money(spent.amountMicros, spent.currency)}</td>
						<td class="text-end">{money(paidIn.amountMicros, paidIn.currency)}</td>
					</tr>
				))}
				{moved.length === 0 && (
					<tr>
						<td colSpan={3} class="text-muted">
							No day with a movement
						</td>
					</tr>
				)}
			</tbody>
		</table>
	);
}
