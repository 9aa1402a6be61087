import { useSignal } from "@preact/signals";
import { Plus, X } from "lucide-preact";
import { Field } from "../../kit/Field";
import { day } from "../../lib/words";
import { type Hours, wrongAt } from "./draft";
import { dayWord } from "./words";

interface Props {
	hours: Hours;
	wrong: Record<string, string>;
	onChange: (hours: Hours) => void;
}

const DAYS = [..."1234567"];

/** When somebody is there, in the business's own time, and the days on which nobody is. */
export function HoursFields({ hours, wrong, onChange }: Props) {
	const { week } = hours;
	const change = (at: number, part: Partial<(typeof week)[number]>) =>
		onChange({ ...hours, week: week.map((row, place) => (place === at ? { ...row, ...part } : row)) });
	return (
		<div class="grid gap-4">
			<Field label="Time zone" error={wrongAt(wrong, "hours.timeZone") || undefined}>
				<select
					class="select sm:w-72"
					value={hours.timeZone}
					onChange={(event) => onChange({ ...hours, timeZone: event.currentTarget.value })}
				>
					{[...new Set([hours.timeZone, ...Intl.supportedValuesOf("timeZone")])].map((zone) => (
						<option key={zone} value={zone}>
							{zone.replaceAll("_", " ")}
						</option>
					))}
				</select>
			</Field>
			<fieldset class="grid gap-2">
				<legend class="mb-1 text-sm font-medium">Open</legend>
				{week.length === 0 && <p class="text-muted text-sm">Never. Every call is one outside the hours.</p>}
				{week.map((row, at) => (
					<div key={at} class="grid gap-1">
						<div class="flex flex-wrap items-center gap-x-3 gap-y-2">
							<div class="flex flex-wrap gap-1">
								{DAYS.map((one) => {
									const on = row.days.includes(one);
									return (
										<button
											key={one}
											type="button"
											class={`btn btn-sm px-2 ${on ? "btn-neutral" : "btn-quiet"}`}
											aria-pressed={on}
											onClick={() =>
												change(at, {
													days: on ? row.days.replace(one, "") : [...row.days, one].sort().join(""),
												})
											}
										>
											{dayWord(one)}
										</button>
									);
								})}
							</div>
							<span class="flex items-center gap-2">
								<Clock label={`Opens, line ${at + 1}`} value={row.from} onPick={(from) => change(at, { from })} />
								<span class="text-muted text-sm">to</span>
								<Clock label={`Closes, line ${at + 1}`} value={row.to} onPick={(to) => change(at, { to })} />
								<button
									type="button"
									class="btn btn-ghost btn-sm btn-square"
									aria-label={`Remove line ${at + 1}`}
									onClick={() => onChange({ ...hours, week: week.filter((_, place) => place !== at) })}
								>
									<X size={15} aria-hidden />
								</button>
							</span>
						</div>
						{wrongAt(wrong, `hours.week.${at}`) && (
							<p class="text-error text-sm" role="alert">
								{wrongAt(wrong, `hours.week.${at}`)}
							</p>
						)}
					</div>
				))}
				<button
					type="button"
					class="btn btn-quiet btn-sm w-fit"
					disabled={week.length >= 14}
					onClick={() => onChange({ ...hours, week: [...week, { days: "6", from: "10:00", to: "14:00" }] })}
				>
					<Plus size={15} aria-hidden /> More hours
				</button>
			</fieldset>
			<Holidays hours={hours} onChange={onChange} />
		</div>
	);
}

function Clock({ label, value, onPick }: { label: string; value: string; onPick: (time: string) => void }) {
	return (
		<input
			class="input num w-auto!"
			type="time"
			required
			aria-label={label}
			value={value}
			onChange={(event) => event.currentTarget.value && onPick(event.currentTarget.value)}
		/>
	);
}

function Holidays({ hours, onChange }: Omit<Props, "wrong">) {
	const typed = useSignal("");
	const add = () => {
		if (typed.value) onChange({ ...hours, holidays: [...new Set([...hours.holidays, typed.value])].sort() });
		typed.value = "";
	};
	return (
		<fieldset class="grid gap-2">
			<legend class="mb-1 text-sm font-medium">Closed all day</legend>
			{hours.holidays.length > 0 && (
				<ul class="flex flex-wrap gap-2">
					{hours.holidays.map((date) => (
						<li key={date} class="state py-1">
							{day(`${date}T12:00:00`)}
							<button
								type="button"
								class="btn btn-ghost btn-xs btn-square size-6"
								aria-label={`Remove ${day(`${date}T12:00:00`)}`}
								onClick={() => onChange({ ...hours, holidays: hours.holidays.filter((one) => one !== date) })}
							>
								<X size={13} aria-hidden />
							</button>
						</li>
					))}
				</ul>
			)}
			<div class="flex items-center gap-2">
				<input
					class="input w-auto!"
					type="date"
					aria-label="A day on which it is closed"
					value={typed}
					onInput={(event) => {
						typed.value = event.currentTarget.value;
					}}
				/>
				<button type="button" class="btn btn-quiet" disabled={!typed.value} onClick={add}>
					Add day
				</button>
			</div>
		</fieldset>
	);
}
