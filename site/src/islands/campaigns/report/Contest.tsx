import type { CampaignReport } from "../../../lib/wire";
import { count } from "../../../lib/words";

type Test = NonNullable<CampaignReport["test"]>;

/** Two greetings beside each other, and whether the difference is more than chance. */
export function Contest({ test }: { test: Test }) {
	const { winner, p } = test.transferred;
	return (
		<section class="card p-4 lg:p-5" aria-labelledby="contest">
			<h2 id="contest" class="text-base">
				Which greeting does better
			</h2>
			<p class="text-muted mb-3 text-sm text-pretty">{verdict(winner, p)}</p>
			<table class="table table-sm [&_td]:px-1.5 [&_th]:px-1.5">
				<thead>
					<tr>
						<th>Greeting</th>
						<th class="text-end">Answered</th>
						<th class="text-end">Pressed 1</th>
						<th class="text-end">Pressed 9</th>
					</tr>
				</thead>
				<tbody>
					{(["a", "b"] as const).map((name) => (
						<tr key={name}>
							<th scope="row">
								{name.toUpperCase()}
								{winner === name && <span class="text-success ms-2 font-normal">better</span>}
							</th>
							<td class="num text-end">{count(test[name].answered)}</td>
							<td class="num text-end">{shown(test[name].transferred, test.transferred[name])}</td>
							<td class="num text-end">{shown(test[name].optedOut, test.optedOut[name])}</td>
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}

const shown = (people: number, rate: number | null) =>
	rate === null ? count(people) : `${count(people)} (${Math.round(rate * 1_000) / 10}%)`;

function verdict(winner: "a" | "b" | null, p: number | null): string {
	if (p === null) return "Too few calls to tell yet.";
	if (winner)
		return `Greeting ${winner.toUpperCase()} connects more people; so large a difference is rarely chance (p = ${p.toFixed(3)}).`;
	return `The difference may well be chance (p = ${p.toFixed(2)}).`;
}
