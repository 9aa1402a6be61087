import { useSignal } from "@preact/signals";
import { max, ticks } from "d3-array";
import { area, curveMonotoneX, line } from "d3-shape";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Analytics } from "../../lib/wire";
import { count, counted, day as dayWord, money } from "../../lib/words";
import type { Step } from "./reads";

type Day = Analytics["byDay"][number];
interface Measure {
	word: string;
	of: (day: Day) => number;
	write: (value: number) => string;
	/** The scale never ends below this, so that one call does not look like a mountain. */
	least: number;
	/** "12 calls". */
	tell: (sum: number) => string;
}

const MEASURES: Measure[] = [
	{ word: "Calls", of: ({ calls }) => calls, write: count, least: 4, tell: (sum) => counted(sum, "call") },
	{
		word: "Minutes",
		of: ({ minutes }) => minutes,
		write: count,
		least: 4,
		tell: (sum) => counted(Math.round(sum), "minute"),
	},
	{ word: "Texts", of: ({ messages }) => messages, write: count, least: 4, tell: (sum) => counted(sum, "text") },
	{
		word: "Spent",
		of: ({ spend }) => spend.amountMicros,
		write: (value) => money(value),
		least: 1_000_000,
		tell: (sum) => money(sum),
	},
];
const HIGH = 220;
const LEFT = 58;
const LOW = HIGH - 26;
const TOP = 12;

/** One measure by day, week or month: a plot, the sentence that it says, and the same as a table. */
export function Plot({ data: { byDay, byPeriod }, step }: { data: Analytics; step: Step }) {
	const days = byDay.length > 0 ? byDay : byPeriod.map((period) => ({ ...period, date: period.from }));
	const chosen = useSignal(0);
	const measure = MEASURES[chosen.value] ?? MEASURES[0];
	const box = useRef<HTMLDivElement>(null);
	const wide = useSignal(0);
	useLayoutEffect(() => {
		if (!box.current) return;
		const watcher = new ResizeObserver(([entry]) => {
			wide.value = Math.round(entry?.contentRect.width ?? 0);
		});
		watcher.observe(box.current);
		return () => watcher.disconnect();
	}, []);
	if (!measure) return null;
	const sentence = sentenceOf(days, measure, step);
	return (
		<section class="card p-4 lg:p-5" aria-labelledby="by-day">
			<div class="mb-3 flex flex-wrap items-center justify-between gap-3">
				<h2 id="by-day" class="text-base">
					By {step}
				</h2>
				<fieldset class="flex flex-wrap gap-1">
					<legend class="sr-only">What is plotted</legend>
					{MEASURES.map(({ word }, at) => (
						<button
							key={word}
							type="button"
							class={`btn btn-sm ${at === chosen.value ? "btn-neutral" : "btn-ghost"}`}
							aria-pressed={at === chosen.value}
							onClick={() => {
								chosen.value = at;
							}}
						>
							{word}
						</button>
					))}
				</fieldset>
			</div>
			<div ref={box}>
				{wide.value > 0 && <Curve days={days} measure={measure} wide={wide.value} label={sentence} />}
			</div>
			<p class="text-muted mt-2 text-sm">{sentence}</p>
			<details class="mt-3">
				<summary class="link text-sm">As a table</summary>
				<Table days={days} step={step} />
			</details>
		</section>
	);
}

function Curve({ days, measure, wide, label }: { days: Day[]; measure: Measure; wide: number; label: string }) {
	const values = days.map(measure.of);
	const most = Math.max(measure.least, max(values) ?? 0);
	const marks = ticks(0, most, 4);
	const x = (at: number) => LEFT + (days.length === 1 ? 0.5 : at / (days.length - 1)) * (wide - LEFT - 8);
	const y = (value: number) => LOW - (Math.max(0, value) / most) * (LOW - TOP);
	const stroke = line<number>((_, at) => x(at), y).curve(curveMonotoneX)(values);
	const fill = area<number>((_, at) => x(at), LOW, y).curve(curveMonotoneX)(values);
	const [first, last] = [days[0], days.at(-1)];
	return (
		<svg viewBox={`0 0 ${wide} ${HIGH}`} width={wide} height={HIGH} role="img" aria-label={label}>
			<g class="text-muted" font-size="12" fill="currentColor">
				{marks.map((mark) => (
					<g key={mark}>
						<line x1={LEFT} x2={wide} y1={y(mark)} y2={y(mark)} stroke="var(--line)" />
						<text x={LEFT - 8} y={y(mark) + 4} text-anchor="end">
							{measure.write(mark)}
						</text>
					</g>
				))}
				<text x={LEFT} y={HIGH - 4}>
					{first && dayWord(first.date)}
				</text>
				{days.length > 1 && (
					<text x={wide} y={HIGH - 4} text-anchor="end">
						{last && dayWord(last.date)}
					</text>
				)}
			</g>
			<g class="text-primary">
				{fill && <path d={fill} fill="currentColor" opacity="0.12" />}
				{stroke && <path d={stroke} fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" />}
				{days.length <= 62 &&
					days.map((day, at) => (
						<circle key={day.date} cx={x(at)} cy={y(measure.of(day))} r="3" fill="currentColor">
							<title>{`${dayWord(day.date)}: ${measure.write(measure.of(day))}`}</title>
						</circle>
					))}
			</g>
		</svg>
	);
}

/** What the plot shows, for those who cannot see it and those who have no time. */
function sentenceOf(days: Day[], { of, tell, write }: Measure, step: Step): string {
	const sum = days.reduce((all, day) => all + of(day), 0);
	const best = days.reduce<Day | undefined>(
		(top, day) => (top === undefined || of(day) > of(top) ? day : top),
		undefined,
	);
	if (!best || of(best) === 0) return `Nothing in ${counted(days.length, step)}.`;
	const when = step === "day" ? "on" : `in the ${step} from`;
	return `${tell(sum)} in ${counted(days.length, step)}; the most ${when} ${dayWord(best.date)}, with ${write(of(best))}.`;
}

function Table({ days, step }: { days: Day[]; step: Step }) {
	return (
		<div class="mt-2 overflow-x-auto">
			<table class="table">
				<thead>
					<tr>
						<th scope="col">{step === "day" ? "Day" : `${step === "week" ? "Week" : "Month"} from`}</th>
						{MEASURES.map(({ word }) => (
							<th key={word} scope="col" class="text-end">
								{word}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{days.toReversed().map((day) => (
						<tr key={day.date}>
							<th scope="row" class="font-normal whitespace-nowrap">
								{dayWord(day.date)}
							</th>
							{MEASURES.map(({ word, of, write }) => (
								<td key={word} class="text-end">
									{write(of(day))}
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}
