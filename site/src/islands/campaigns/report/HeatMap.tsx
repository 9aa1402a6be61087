import type { CampaignReport } from "../../../lib/wire";
import { count } from "../../../lib/words";

type Line = CampaignReport["byHour"][number];
const SHOWN = 8;
const CELL = 20;
const HIGH = 20;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** When people pick up: each hour of their own day, per zone, the darker the larger the share of calls answered. */
export function HeatMap({ lines }: { lines: Line[] }) {
	const shown = lines.slice(0, SHOWN);
	const best = bestHour(lines);
	return (
		<section class="card p-4 lg:p-5" aria-labelledby="heat">
			<h2 id="heat" class="text-base">
				When people pick up
			</h2>
			<p class="text-muted mb-3 text-sm text-pretty">
				{best ?? "By the hour of their own day; the number is the share of calls answered, in per cent."}
			</p>
			<ul class="flex flex-col gap-2">
				{shown.map((line) => (
					<li key={line.zone} class="grid items-center gap-x-4 gap-y-1 sm:grid-cols-[9rem_minmax(0,1fr)]">
						<span class="truncate text-sm" title={line.zone}>
							{nameOf(line.zone)}
						</span>
						<svg viewBox={`0 0 ${24 * CELL} ${HIGH + 11}`} class="w-full" role="img" aria-label={sentenceOf(line)}>
							{HOURS.map((hour) => (
								<Cell key={hour} hour={hour} calls={line.calls[hour] ?? 0} answered={line.answered[hour] ?? 0} />
							))}
						</svg>
					</li>
				))}
			</ul>
			<details class="mt-3 text-sm">
				<summary class="text-muted">Show as table</summary>
				<div class="mt-2 overflow-x-auto">
					<table class="table table-sm">
						<thead>
							<tr>
								<th>Zone</th>
								<th>Hour</th>
								<th class="text-end">Calls</th>
								<th class="text-end">Answered</th>
							</tr>
						</thead>
						<tbody>
							{lines.flatMap((line) =>
								HOURS.filter((hour) => line.calls[hour]).map((hour) => (
									<tr key={`${line.zone}${hour}`}>
										<td>{nameOf(line.zone)}</td>
										<td class="num">{hour}:00</td>
										<td class="num text-end">{count(line.calls[hour] ?? 0)}</td>
										<td class="num text-end">{count(line.answered[hour] ?? 0)}</td>
									</tr>
								)),
							)}
						</tbody>
					</table>
				</div>
			</details>
		</section>
	);
}

function Cell({ hour, calls, answered }: { hour: number; calls: number; answered: number }) {
	const share = calls ? answered / calls : 0;
	return (
		<g>
			<rect
				x={hour * CELL}
				y={0}
				width={CELL - 1}
				height={HIGH}
				rx={2}
				class="fill-base-300"
				opacity={calls ? 0.9 : 0.4}
			/>
			{calls > 0 && (
				<>
					<rect
						x={hour * CELL}
						y={0}
						width={CELL - 1}
						height={HIGH}
						rx={2}
						class="fill-success"
						opacity={share * 0.55}
					/>
					<text
						x={hour * CELL + CELL / 2 - 0.5}
						y={HIGH / 2 + 3}
						text-anchor="middle"
						class="fill-base-content text-[8px]"
					>
						{Math.round(share * 100)}
					</text>
				</>
			)}
			{hour % 3 === 0 && (
				<text x={hour * CELL + 1} y={HIGH + 9} class="fill-base-content text-[9px]" opacity={0.75}>
					{hour}
				</text>
			)}
		</g>
	);
}

const nameOf = (zone: string) => (zone === "" ? "Zone unknown" : (zone.split("/").at(-1) ?? zone).replaceAll("_", " "));

function sentenceOf({ zone, calls, answered }: Line): string {
	const total = (counts: number[]) => counts.reduce((sum, each) => sum + each, 0);
	return `${nameOf(zone)}: ${count(total(answered))} of ${count(total(calls))} calls answered.`;
}

/** The hour in which most calls are answered, where enough were made in it to say so. */
function bestHour(lines: Line[]): string | null {
	const at = HOURS.map((hour) => ({
		hour,
		calls: lines.reduce((sum, line) => sum + (line.calls[hour] ?? 0), 0),
		answered: lines.reduce((sum, line) => sum + (line.answered[hour] ?? 0), 0),
	})).filter(({ calls }) => calls >= 10);
	const [best] = at.sort((one, other) => other.answered / other.calls - one.answered / one.calls);
	if (!best || at.length < 2) return null;
	return `Best between ${best.hour}:00 and ${best.hour + 1}:00 of their own day: ${Math.round((100 * best.answered) / best.calls)}% of calls answered.`;
}
