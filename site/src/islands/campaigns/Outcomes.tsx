import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import type { Campaign } from "../../lib/wire";
import { count } from "../../lib/words";
import { OutcomeBar } from "./OutcomeBar";
import { Contest } from "./report/Contest";
import { Funnel } from "./report/Funnel";
import { useReport } from "./report/use-report";
import { outcomeWord, skipWord } from "./words";

/** How it went, counted: by outcome, and who was left alone and why. */
export function Outcomes({ campaign }: { campaign: Campaign }) {
	const report = useReport(campaign);
	if (report.isPending)
		return (
			<div class="card p-5">
				<TextSkeleton lines={5} label="Loading the report" />
			</div>
		);
	if (report.isError) return <Trouble what="The report did not load." error={report.error} again={report.again} />;
	// Who still waits or talks has no outcome yet; the bar above counts them.
	const ended = report.data.byOutcome.filter(({ outcome }) => outcome !== "pending" && outcome !== "active");
	const byOutcome = ended.sort((one, other) => other.count - one.count);
	const skipped = [...report.data.skipped].sort((one, other) => other.count - one.count);
	return (
		<div class="flex flex-col gap-6">
			{report.data.funnel.called > 0 && <Funnel report={report.data} />}
			{report.data.test && <Contest test={report.data.test} />}
			<section class="card divide-y divide-[var(--line)]" aria-labelledby="report">
				<div class="p-4 lg:p-5">
					<h2 id="report" class="mb-3 text-base">
						How it went
					</h2>
					{byOutcome.length === 0 && <p class="text-muted text-sm">Nothing to count yet.</p>}
					<Counts rows={byOutcome.map(({ outcome, count }) => ({ ...outcomeWord(outcome), count }))} />
				</div>
				{skipped.length > 0 && (
					<div class="p-4 lg:p-5">
						<h2 class="mb-1 text-base">Left alone</h2>
						<p class="text-muted mb-3 text-sm">Not called, and why.</p>
						<Counts
							rows={skipped.map(({ reason, count }) => ({ word: skipWord(reason), tone: "plain" as const, count }))}
						/>
					</div>
				)}
			</section>
		</div>
	);
}

function Counts({ rows }: { rows: { word: string; tone: string; count: number }[] }) {
	const most = Math.max(1, ...rows.map(({ count }) => count));
	return (
		<dl class="flex flex-col gap-2.5">
			{rows.map((row) => (
				<div key={row.word} class="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 text-sm">
					<dt>{row.word}</dt>
					<dd class="num text-end font-medium">{count(row.count)}</dd>
					<OutcomeBar part={row.count / most} tone={row.tone} />
				</div>
			))}
		</dl>
	);
}
