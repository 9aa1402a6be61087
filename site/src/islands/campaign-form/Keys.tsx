import { Plus } from "lucide-preact";
import { Field } from "../../kit/Field";
import { PickField } from "../../kit/PickField";
import { HeardFields } from "./HeardFields";
import { type KeyDraft, NOTHING } from "./script";
import type { PartProps } from "./types";

const KEYS = ["2", "3", "4", "5", "6", "7", "8", "0", "*"];
const ACTS = [
	["callback", "asks to be called back"],
	["record", "records what they say"],
	["play", "plays or says something"],
	["sms", "texts them something"],
] as const;

/** What keys do beside 1 and 9. */
export function Keys({ draft, set, wrong }: PartProps) {
	const { keys } = draft;
	const taken = new Set(keys.map(({ key }) => key));
	const free = KEYS.filter((key) => !taken.has(key));
	const change = (at: number, what: Partial<KeyDraft>) =>
		set({ keys: keys.map((one, place) => (place === at ? { ...one, ...what } : one)) });
	return (
		<fieldset>
			<legend class="mb-1.5 text-sm font-medium">Other keys</legend>
			<p class="text-muted mb-3 text-sm">1 connects and 9 ends the calls for good, always.</p>
			<ul class="flex flex-col gap-4">
				{keys.map((one, at) => (
					// A key that is given to another choice is still the same choice.
					<li key={at} class="line grid gap-3 rounded-field border p-3">
						<div class="grid items-end gap-3 sm:grid-cols-[6rem_minmax(0,1fr)_auto]">
							<PickField<string>
								label="Key"
								value={one.key}
								choices={KEYS.filter((key) => key === one.key || !taken.has(key)).map((key) => [key, key])}
								onPick={(key) => change(at, { key })}
							/>
							<PickField
								label={`What key ${one.key} does`}
								value={one.act}
								choices={ACTS}
								onPick={(act) => change(at, { act })}
							/>
							<button
								type="button"
								class="btn btn-ghost btn-sm justify-self-start"
								onClick={() => set({ keys: keys.filter((_, place) => place !== at) })}
							>
								Remove<span class="sr-only"> key {one.key}</span>
							</button>
						</div>
						<Doing one={one} wrong={wrong} change={(what) => change(at, what)} />
					</li>
				))}
			</ul>
			{wrong["script.keys"] && <p class="text-error mt-1 text-sm">{wrong["script.keys"]}</p>}
			{free[0] && (
				<button
					type="button"
					class="btn btn-quiet btn-sm mt-3"
					onClick={() =>
						set({
							keys: [...keys, { key: free[0] ?? "2", act: "callback", prompt: "", heard: NOTHING, seconds: "60" }],
						})
					}
				>
					<Plus size={15} aria-hidden /> Add a key
				</button>
			)}
		</fieldset>
	);
}

interface DoingProps {
	one: KeyDraft;
	wrong: PartProps["wrong"];
	change: (what: Partial<KeyDraft>) => void;
}

function Doing({ one: { key, act, prompt, heard, seconds }, wrong, change }: DoingProps) {
	const troubles = Object.entries(wrong).filter(([path]) => path.startsWith(`script.keys.${key}`));
	const trouble = troubles.find(([path]) => !path.endsWith(".prompt"))?.[1];
	return (
		<>
			<Field
				label={`How key ${key} is offered`}
				optional
				hint={prompt ? undefined : act === "sms" ? "Empty: by a sentence of ours." : "Empty: your greeting says it."}
				error={wrong[`script.keys.${key}.prompt`]}
			>
				<input
					class="input"
					placeholder={`To be called back, press ${key}.`}
					maxLength={200}
					value={prompt}
					onInput={(event) => change({ prompt: event.currentTarget.value })}
				/>
			</Field>
			{act === "play" && (
				<HeardFields
					labels={[`What key ${key} plays`, `What key ${key} says`]}
					error={trouble}
					value={heard}
					onChange={(next) => change({ heard: next })}
				/>
			)}
			{act === "sms" && (
				<Field label={`What key ${key} texts`} error={trouble}>
					<input
						class="input"
						maxLength={1_600}
						value={heard.text}
						onInput={(event) => change({ heard: { ...heard, text: event.currentTarget.value } })}
					/>
				</Field>
			)}
			{act === "record" && (
				<Field label="Longest message, in seconds" error={trouble} class="sm:max-w-60">
					<input
						class="input num"
						type="number"
						min={5}
						max={300}
						value={seconds}
						onInput={(event) => change({ seconds: event.currentTarget.value })}
					/>
				</Field>
			)}
		</>
	);
}
