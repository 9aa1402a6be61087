import type { Preflight } from "../../../lib/wire";
import { count } from "../../../lib/words";

type Zone = Preflight["zones"][number];
const SHOWN = 8;
const CELL = 20;
const HIGH = 28;

/** One line of 24 hours per time zone: when its people may be called, and how many of them are. */
export function Strips({ zones, startsAt }: { zones: Zone[]; startsAt: string }) {
	const most = Math.max(1, ...zones.flatMap(({ calls }) => calls));
	if (zones.length === 0)
		return <p class="text-muted text-sm">There is nobody to call: nothing to show hour by hour.</p>;
	return (
		<div class="min-w-0">
			<h3 class="text-sm font-semibold">The next 24 hours, zone by zone</h3>
			<p class="text-muted mb-3 text-xs">
				A filled hour is one in which they may be called; the bar in it is how many are. Hours are their own.
			</p>
			<ul class="flex flex-col gap-3">
				{zones.slice(0, SHOWN).map((zone) => (
					<Strip key={zone.zones.join()} zone={zone} from={new Date(startsAt)} most={most} />
				))}
			</ul>
			{zones.length > SHOWN && <p class="text-muted mt-3 text-xs">and {count(zones.length - SHOWN)} more</p>}
			<details class="mt-3 text-sm">
				<summary class="text-muted">Show as table</summary>
				<Table zones={zones} />
			</details>
		</div>
	);
}

function Strip({ zone, from, most }: { zone: Zone; from: Date; most: number }) {
	const name = nameOf(zone);
	const hours = zone.open.map((_, hour) => localHour(zone, from, hour));
	return (
		<li class="grid items-center gap-x-4 gap-y-1 sm:grid-cols-[10rem_minmax(0,1fr)]">
			<span class="min-w-0 text-sm">
				<span class="block truncate font-medium" title={zone.zones.join(", ")}>
					{name}
				</span>
				<span class="text-muted num text-xs">{count(zone.people)} to call</span>
			</span>
			<svg
				viewBox={`0 0 ${24 * CELL} ${HIGH + 12}`}
				class="w-full"
				role="img"
				aria-label={`${name}: ${sentenceOf(zone)}`}
			>
				{zone.open.map((minutes, hour) => {
					const high = ((zone.calls[hour] ?? 0) / most) * (HIGH - 4);
					return (
						<g key={hour}>
							<rect x={hour * CELL} y={0} width={CELL - 1} height={HIGH} rx={2} class="fill-base-300" opacity={0.55} />
							{minutes > 0 && (
								<rect
									x={hour * CELL}
									y={0}
									width={CELL - 1}
									height={HIGH}
									rx={2}
									class="fill-primary"
									opacity={0.06 + (0.16 * minutes) / 60}
								/>
							)}
							{high > 0 && (
								<rect
									x={hour * CELL + 3}
									y={HIGH - Math.max(2, high)}
									width={CELL - 7}
									height={Math.max(2, high)}
									rx={1}
									class="fill-primary"
								/>
							)}
							{hour % 3 === 0 && (
								<text x={hour * CELL + 1} y={HIGH + 10} class="fill-base-content text-[9px]" opacity={0.75}>
									{hours[hour]}
								</text>
							)}
						</g>
					);
				})}
			</svg>
		</li>
	);
}

function Table({ zones }: { zones: Zone[] }) {
	return (
		<div class="mt-2 overflow-x-auto">
			<table class="table table-sm">
				<thead>
					<tr>
						<th>Zone</th>
						<th class="text-end">People</th>
						<th>Opens</th>
						<th class="text-end">Called in 24 hours</th>
					</tr>
				</thead>
				<tbody>
					{zones.map((zone) => (
						<tr key={zone.zones.join()}>
							<td>{nameOf(zone)}</td>
							<td class="num text-end">{count(zone.people)}</td>
							<td class="num">{zone.opensAt ? `${localTime(zone, new Date(zone.opensAt))} there` : "at once"}</td>
							<td class="num text-end">{count(zone.calls.reduce((sum, calls) => sum + calls, 0))}</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

/** "New York", "Berlin and 3 more"; what stands for people whose zone nobody knows. */
function nameOf({ zones }: Zone): string {
	const [first, ...others] = zones;
	if (!first) return "Zone unknown";
	const city = first.split("/").at(-1)?.replaceAll("_", " ") ?? first;
	return others.length > 0 ? `${city} and ${others.length} more` : city;
}

function sentenceOf(zone: Zone): string {
	const open = zone.open.reduce((sum, minutes) => sum + minutes, 0) / 60;
	const called = zone.calls.reduce((sum, calls) => sum + calls, 0);
	return `open for ${Math.round(open * 10) / 10} of the next 24 hours, ${count(called)} of ${count(zone.people)} called in them.`;
}

const localTime = ({ zones: [zone = "UTC"] }: Zone, at: Date) =>
	new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit" }).format(at);

const localHour = ({ zones: [zone = "UTC"] }: Zone, from: Date, hour: number) =>
	new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit" }).format(from.getTime() + hour * 3_600_000);
