import { useSignal } from "@preact/signals";
import { max, ticks } from "d3-array";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { SpendDay } from "../../lib/wire";
import { day as dayWord, money } from "../../lib/words";

const HIGH = 170;
const LEFT = 58;
const LOW = HIGH - 24;
const TOP = 12;
/** The scale never ends below this, so that a cent does not look like a mountain. */
const LEAST_TOP = 100_000;

/** A bar a day. `label` says in words what it shows. Drawn as wide as there is room, so that its words keep their size. */
export function SpendChart({ days, label }: { days: SpendDay[]; label: string }) {
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
	return <div ref={box}>{wide.value > 0 && <Bars days={days} label={label} wide={wide.value} />}</div>;
}

function Bars({ days, label, wide }: { days: SpendDay[]; label: string; wide: number }) {
	const top = Math.max(LEAST_TOP, max(days, ({ spent }) => spent.amountMicros) ?? 0);
	const step = (wide - LEFT) / days.length;
	const y = (micros: number) => LOW - (Math.max(0, micros) / top) * (LOW - TOP);
	const [first, last] = [days[0], days.at(-1)];
	return (
		<svg viewBox={`0 0 ${wide} ${HIGH}`} width={wide} height={HIGH} role="img" aria-label={label}>
			<g class="text-muted" font-size="12" fill="currentColor">
				{ticks(0, top, 3).map((mark) => (
					<g key={mark}>
						<line x1={LEFT} x2={wide} y1={y(mark)} y2={y(mark)} stroke="var(--line)" />
						<text x={LEFT - 8} y={y(mark) + 4} text-anchor="end">
							{money(mark)}
						</text>
					</g>
				))}
				<text x={LEFT} y={HIGH - 4}>
					{first && dayWord(first.day)}
				</text>
				<text x={wide} y={HIGH - 4} text-anchor="end">
					{last && dayWord(last.day)}
				</text>
			</g>
			<g class="text-primary" fill="currentColor">
				{days.map(({ day, spent }, at) => (
					<rect
						key={day}
						x={LEFT + at * step + step * 0.15}
						width={step * 0.7}
						y={y(spent.amountMicros)}
						height={LOW - y(spent.amountMicros)}
					>
						<title>{`${dayWord(day)}: ${money(spent.amountMicros, spent.currency)}`}</title>
					</rect>
				))}
			</g>
		</svg>
	);
}
