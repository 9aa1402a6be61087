import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { Action } from "../../kit/Action";
import { SpokenIn } from "../../kit/SpokenIn";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { Refusal, reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import type { OwnedNumber } from "../../lib/wire";
import { Callers } from "./Callers";
import { Diagram } from "./Diagram";
import { type Draft, draftOf, gapsIn, newHours, usual } from "./draft";
import { HoursFields } from "./HoursFields";
import { StepList } from "./StepList";
import { useThings } from "./things";

/** What becomes of a call to one number: edited on the left, seen on the right. */
export function Editor({ number }: { number: OwnedNumber }) {
	const names = useThings();
	const draft = useSignal<Draft>(draftOf(number.routing));
	const kept = useSignal(JSON.stringify(draft.value));
	const busy = useSignal(false);
	const wrong = useSignal<Record<string, string>>({});
	const trouble = useSignal("");
	const now = draft.value;
	const touched = JSON.stringify(now) !== kept.value;
	const change = (part: Partial<Draft>) => {
		draft.value = { ...now, ...part };
		wrong.value = {};
		trouble.value = "";
	};

	async function save(event: Event) {
		event.preventDefault();
		wrong.value = gapsIn(now);
		trouble.value = Object.keys(wrong.value).length ? "Some steps are not complete yet." : "";
		if (trouble.value) return;
		await keep(now, "Calls go this way from now on.");
	}
	async function keep(routing: Draft | null, word: string) {
		busy.value = true;
		try {
			await said(api["phone-numbers"][":id"].$put({ param: { id: number.id }, json: { routing } }));
			draft.value = routing ?? usual();
			kept.value = JSON.stringify(draft.value);
			await changed("numbers");
			tell(word);
		} catch (error) {
			const fields = error instanceof Refusal ? Object.entries(error.fields) : [];
			wrong.value = Object.fromEntries(fields.map(([path, text]) => [path.replace(/^routing\./, ""), text]));
			trouble.value = fields.length ? "Some of it cannot stay as it is." : reasonOf(error);
		} finally {
			busy.value = false;
		}
	}
	function setHours(on: boolean) {
		const { hours: _, ...rest } = now;
		draft.value = on ? { ...rest, hours: newHours(Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC") } : rest;
	}
	return (
		<form
			class="grid grid-cols-[minmax(0,1fr)] items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]"
			noValidate
			onSubmit={save}
		>
			<div class="grid gap-6">
				{number.routing === null && number.assistantId && (
					<p class="notice">
						An assistant answers this number first. What you save here takes its place; add it as a step to keep it.
					</p>
				)}
				<Part
					title={now.hours ? "During the hours" : "What happens"}
					lead="Top down. The next step follows when nobody answers."
				>
					<StepList
						path="steps"
						steps={now.steps}
						names={names}
						wrong={wrong.value}
						onChange={(steps) => change({ steps })}
					/>
					<div class="mt-4 max-w-sm">
						<SpokenIn
							label="Callers are spoken to in"
							hint="Texts that you write are read in it, and the few words that we say."
							value={now.language ?? ""}
							onPick={(language) => change({ language: language || undefined })}
						/>
					</div>
				</Part>
				<Part title="Business hours" lead="Outside them, calls go another way.">
					<label class="flex min-h-8 w-fit items-center gap-2 text-sm">
						<input
							type="checkbox"
							class="checkbox checkbox-primary"
							checked={now.hours !== undefined}
							onChange={(event) => setHours(event.currentTarget.checked)}
						/>
						This number keeps hours
					</label>
					{now.hours && (
						<div class="mt-4">
							<HoursFields hours={now.hours} wrong={wrong.value} onChange={(hours) => change({ hours })} />
						</div>
					)}
				</Part>
				{now.hours && (
					<Part title="Outside the hours" lead="Top down, as above.">
						<StepList
							path="hours.closed"
							steps={now.hours.closed}
							names={names}
							wrong={wrong.value}
							onChange={(closed) => now.hours && change({ hours: { ...now.hours, closed } })}
						/>
					</Part>
				)}
				<Part title="Callers" lead="Before anything rings.">
					<Callers draft={now} wrong={wrong.value} onChange={change} />
				</Part>
			</div>
			<aside class="grid gap-4 xl:sticky xl:top-6" aria-label="Preview">
				<div class="card p-4">
					<h2 class="mb-3 text-base">How a call goes</h2>
					<Diagram draft={now} names={names} />
				</div>
				{trouble.value && (
					<p class="notice notice-bad" role="alert">
						{trouble}
					</p>
				)}
				<div class="flex flex-wrap gap-2">
					<Action type="submit" busy={busy.value} busyWord="Saving…" disabled={!touched && number.routing !== null}>
						Save
					</Action>
					{number.routing !== null && (
						<Action
							look="btn-quiet"
							disabled={busy.value}
							onClick={() => keep(null, "The number does what all do: it rings, then takes a message.")}
						>
							Back to the standard
						</Action>
					)}
				</div>
			</aside>
		</form>
	);
}

function Part({ title, lead, children }: { title: string; lead: string; children: ComponentChildren }) {
	return (
		<section aria-label={title}>
			<h2 class="text-lg">{title}</h2>
			<p class="text-muted mb-3 text-sm">{lead}</p>
			{children}
		</section>
	);
}
