import { useSignal } from "@preact/signals";
import type { Figures } from "../../lib/wire";
import { count, money } from "../../lib/words";

interface Row extends Figures {
	key: string;
	name: string;
	note: string;
	href: string | null;
	previous: Figures;
}

const SHOWN = 10;

/** The same figures by what they are about, the busiest first. */
export function Breakdown({ title, rows }: { title: string; rows: Row[] }) {
	const all = useSignal(false);
	if (rows.length === 0) return null;
	return (
		<section aria-label={title}>
			<h2 class="mb-3 text-lg">{title}</h2>
			<div class="card overflow-x-auto">
				<table class="table" aria-label={title}>
					<thead>
						<tr>
							<th scope="col">{title.replace("By ", "").replace(/^./, (letter) => letter.toUpperCase())}</th>
							<th scope="col" class="text-end">
								Calls
							</th>
							<th scope="col" class="text-end max-sm:hidden">
								Before
							</th>
							<th scope="col" class="text-end max-sm:hidden">
								Answered
							</th>
							<th scope="col" class="text-end max-md:hidden">
								Minutes
							</th>
							<th scope="col" class="text-end max-md:hidden">
								Texts
							</th>
							<th scope="col" class="text-end">
								Spent
							</th>
						</tr>
					</thead>
					<tbody>
						{rows.slice(0, all.value ? rows.length : SHOWN).map((row) => (
							<tr key={row.key}>
								<th scope="row" class="max-w-64 font-normal">
									{row.href ? (
										<a class="link phone block truncate" href={row.href}>
											{row.name}
										</a>
									) : (
										<span class="block truncate">{row.name}</span>
									)}
									{row.note && <span class="text-muted block truncate text-xs">{row.note}</span>}
								</th>
								<td class="text-end">{count(row.calls)}</td>
								<td class="text-muted text-end max-sm:hidden">{count(row.previous.calls)}</td>
								<td class="text-end max-sm:hidden">
									{row.answerRate === null ? "–" : `${Math.round(row.answerRate * 100)}%`}
								</td>
								<td class="text-end max-md:hidden">{count(row.minutes)}</td>
								<td class="text-end max-md:hidden">{count(row.messages)}</td>
								<td class="text-end">{money(row.spend.amountMicros, row.spend.currency)}</td>
							</tr>
						))}
					</tbody>
				</table>
			</div>
			{rows.length > SHOWN && !all.value && (
				<div class="mt-3 text-center">
					<button
						type="button"
						class="btn btn-quiet btn-sm"
						onClick={() => {
							all.value = true;
						}}
					>
						Show all {count(rows.length)}
					</button>
				</div>
			)}
		</section>
	);
}
