import type { CampaignReport } from "../../../lib/wire";
import { count, money } from "../../../lib/words";
import { OutcomeBar } from "../OutcomeBar";

/** How many people came how far, and what it cost to get them there. */
export function Funnel({ report }: { report: CampaignReport }) {
	const { funnel, costs, currency } = report;
	const steps = [
		["On the list", funnel.people],
		["Called", funnel.called],
		["Picked up", funnel.answered],
		["Pressed 1", funnel.transferred],
		["Talked with you", funnel.connected],
	] as const;
	const prices = [
		["Per answered call", costs.perAnswerMicros],
		["Per 1 pressed", costs.perTransferMicros],
		["Per talk", costs.perConnectMicros],
	] as const;
	return (
		<section class="card p-4 lg:p-5" aria-labelledby="funnel">
			<h2 id="funnel" class="mb-3 text-base">
				How far people came
			</h2>
			<ol class="flex flex-col gap-2.5 text-sm">
				{steps.map(([word, people], at) => (
					<li key={word} class="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1">
						<span>{word}</span>
						<span class="num text-end font-medium">
							{count(people)}
							<span class="text-muted ms-2 inline-block w-12 font-normal">{shareOf(people, steps[at - 1]?.[1])}</span>
						</span>
						<OutcomeBar part={people / Math.max(1, funnel.people)} tone={at === steps.length - 1 ? "good" : "busy"} />
					</li>
				))}
			</ol>
			<dl class="line mt-4 grid grid-cols-3 gap-4 border-t pt-3 text-sm">
				{prices.map(([word, micros]) => (
					<div key={word}>
						<dt class="text-muted text-xs">{word}</dt>
						<dd class="num font-semibold">{micros === null ? "none yet" : money(micros, currency)}</dd>
					</div>
				))}
			</dl>
		</section>
	);
}

const shareOf = (people: number, before: number | undefined) =>
	before ? `${Math.round((100 * people) / before)}%` : "";
