import { Field } from "../../kit/Field";
import { Step } from "./Step";
import type { PartProps } from "./types";

const DAYS = [
	[1, "Mon", "Monday"],
	[2, "Tue", "Tuesday"],
	[3, "Wed", "Wednesday"],
	[4, "Thu", "Thursday"],
	[5, "Fri", "Friday"],
	[6, "Sat", "Saturday"],
	[7, "Sun", "Sunday"],
] as const;

// The server names the day that is wrong by its place: "schedule.holidays.1".
const holidayTrouble = (wrong: Record<string, string>) =>
	Object.keys(wrong).some((path) => path.startsWith("schedule.holidays"))
		? "Write each day as year-month-day, such as 2026-12-25."
		: undefined;

/** When people may be called, by their own clocks. */
export function Hours({ draft, set, wrong }: PartProps) {
	const toggle = (day: number, on: boolean) =>
		set({ days: on ? [...draft.days, day].sort() : draft.days.filter((one) => one !== day) });
	return (
		<Step title="When" lead="In each person's own time zone, and never outside the legal hours, whatever stands here.">
			<div class="grid gap-4 sm:grid-cols-2">
				<Field
					label="Start"
					hint="Leave it empty to start with the button."
					error={wrong["schedule.startsAt"]}
					optional
				>
					<input
						class="input"
						type="datetime-local"
						value={draft.startsAt}
						onChange={(event) => set({ startsAt: event.currentTarget.value })}
					/>
				</Field>
				<div class="grid grid-cols-2 gap-3">
					<Field label="From" error={wrong["schedule.window.start"]}>
						<input
							class="input"
							type="time"
							value={draft.start}
							onChange={(event) => set({ start: event.currentTarget.value })}
						/>
					</Field>
					<Field label="Until" error={wrong["schedule.window.end"] ?? wrong["schedule.window"]}>
						<input
							class="input"
							type="time"
							value={draft.end}
							onChange={(event) => set({ end: event.currentTarget.value })}
						/>
					</Field>
				</div>
			</div>
			<fieldset>
				<legend class="mb-1.5 text-sm font-medium">On these days</legend>
				<div class="flex flex-wrap gap-1.5">
					{DAYS.map(([day, short, long]) => (
						<label
							key={day}
							class="relative line has-checked:border-primary has-checked:bg-primary has-checked:text-primary-content has-focus-visible:outline-primary grid h-9 min-w-12 place-items-center rounded-field border px-2 text-sm has-checked:font-medium has-focus-visible:outline-2 has-focus-visible:outline-offset-2 max-sm:h-11"
						>
							<input
								type="checkbox"
								class="cover"
								aria-label={long}
								checked={draft.days.includes(day)}
								onChange={(event) => toggle(day, event.currentTarget.checked)}
							/>
							<span aria-hidden="true">{short}</span>
						</label>
					))}
				</div>
				{wrong["schedule.window.days"] && <p class="text-error mt-1 text-sm">{wrong["schedule.window.days"]}</p>}
			</fieldset>
			<div class="grid gap-4 sm:grid-cols-2">
				<Field label="Whose hours are closed">
					<select
						class="select"
						value={draft.outsideHours}
						onChange={(event) => set({ outsideHours: event.currentTarget.value === "skip" ? "skip" : "wait" })}
					>
						<option value="wait">waits until they open</option>
						<option value="skip">is left out</option>
					</select>
				</Field>
				<Field label="Whose time zone is unknown">
					<select
						class="select"
						value={draft.unknownZone}
						onChange={(event) => {
							const value = event.currentTarget.value;
							set({ unknownZone: value === "dial" || value === "assume" ? value : "skip" });
						}}
					>
						<option value="skip">is left out</option>
						<option value="assume">is taken to live in {draft.assumedTimeZone.replaceAll("_", " ")}</option>
						<option value="dial">is called at any hour</option>
					</select>
				</Field>
				<Field label="End" hint="No call starts after it." error={wrong["schedule.endsAt"]} optional>
					<input
						class="input"
						type="datetime-local"
						value={draft.endsAt}
						onChange={(event) => set({ endsAt: event.currentTarget.value })}
					/>
				</Field>
				<Field
					label="Expires"
					hint="If it has not begun by then, or stands paused, it is cancelled for good."
					error={wrong["schedule.expiresAt"]}
					optional
				>
					<input
						class="input"
						type="datetime-local"
						value={draft.expiresAt}
						onChange={(event) => set({ expiresAt: event.currentTarget.value })}
					/>
				</Field>
				<Field
					label="Holidays"
					class="sm:col-span-2"
					hint="Days on which nobody is called, such as 2026-12-25, 2026-12-26."
					error={holidayTrouble(wrong)}
					optional
				>
					<input
						class="input num"
						value={draft.holidays}
						onInput={(event) => set({ holidays: event.currentTarget.value })}
					/>
				</Field>
			</div>
		</Step>
	);
}
