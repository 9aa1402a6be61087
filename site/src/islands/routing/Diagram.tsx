import { Clock3, type LucideIcon, PhoneIncoming, PhoneOff, ShieldBan } from "lucide-preact";
import type { Draft, Hours, Step } from "./draft";
import { isOpen } from "./open";
import { daysWord, KINDS, type Names, stepWord } from "./words";

/** The way of a call as it would go now: from the top down, and where it parts. */
export function Diagram({ draft, names }: { draft: Draft; names: Names }) {
	const { hours } = draft;
	const open = hours ? isOpen(hours) : true;
	const doors = doorsOf(draft);
	return (
		<figure class="text-sm">
			<figcaption class="sr-only">The way of a call, from the top down</figcaption>
			<Box icon={PhoneIncoming} word="Somebody calls this number" strong />
			{doors.map((word) => (
				<div key={word}>
					<Line />
					<Box icon={ShieldBan} word={word} />
				</div>
			))}
			<Line />
			{hours ? (
				<>
					<Box icon={Clock3} word={`Is it ${hoursWord(hours)}?`} />
					<div class="grid grid-cols-2 gap-3">
						<Way title="Yes" now={open} steps={draft.steps} names={names} />
						<Way title="No" now={!open} steps={hours.closed} names={names} />
					</div>
				</>
			) : (
				<Steps steps={draft.steps} names={names} />
			)}
		</figure>
	);
}

function doorsOf({ blocked, anonymous, unknown }: Draft): string[] {
	const refused = [
		...(blocked.length ? [`${blocked.length} blocked`] : []),
		...(anonymous === "reject" ? ["hidden numbers"] : []),
		...(unknown === "reject" ? ["strangers"] : []),
	];
	const aside = [
		...(anonymous === "voicemail" ? ["hidden numbers"] : []),
		...(unknown === "voicemail" ? ["strangers"] : []),
	];
	const list = new Intl.ListFormat("en");
	return [
		...(refused.length ? [`Busy tone for ${list.format(refused)}`] : []),
		...(aside.length ? [`Voicemail for ${list.format(aside)}`] : []),
	];
}

function hoursWord({ week, timeZone }: Hours): string {
	const [first, ...more] = week;
	const city = timeZone.split("/").at(-1)?.replaceAll("_", " ");
	if (!first) return "ever open";
	return `${daysWord(first.days)} ${first.from}–${first.to}${more.length ? " …" : ""} in ${city}`;
}

function Way({ title, now, steps, names }: { title: string; now: boolean; steps: Step[]; names: Names }) {
	return (
		<div class="min-w-0">
			<Line />
			<p class="mb-1 flex items-center justify-center gap-2 text-xs font-semibold">
				{title}
				{now && <span class="state state-good">now</span>}
			</p>
			<Steps steps={steps} names={names} />
		</div>
	);
}

function Steps({ steps, names }: { steps: Step[]; names: Names }) {
	const ends = steps.at(-1);
	return (
		<ol>
			{steps.map((step, at) => (
				<li key={`${at}-${step.kind}`}>
					{at > 0 && <Line word={waits(steps[at - 1]) ? "nobody answers" : ""} />}
					<Box icon={KINDS[step.kind].icon} word={stepWord(step, names)} />
				</li>
			))}
			{ends && ends.kind !== "hangup" && ends.kind !== "voicemail" && (
				<li>
					<Line word={waits(ends) ? "nobody answers" : ""} />
					<Box icon={PhoneOff} word="An apology, then the end" />
				</li>
			)}
		</ol>
	);
}

const waits = (step: Step | undefined) => step !== undefined && step.kind !== "say" && step.kind !== "play";

function Line({ word = "" }: { word?: string }) {
	return (
		<div class="flex flex-col items-center" aria-hidden={word ? undefined : "true"}>
			<span class="h-2 w-px bg-[var(--line)]" />
			{word && <span class="text-faint text-xs">{word}</span>}
			<span class="h-2 w-px bg-[var(--line)]" />
		</div>
	);
}

function Box({ icon: Icon, word, strong = false }: { icon: LucideIcon; word: string; strong?: boolean }) {
	return (
		<div
			class={`line flex items-start gap-2 rounded-field border px-2.5 py-2 ${strong ? "bg-base-300 font-medium" : "bg-base-200"}`}
		>
			<Icon size={15} class="text-muted mt-0.5 flex-none" aria-hidden />
			<span class="min-w-0 break-words">{word}</span>
		</div>
	);
}
