import { Field } from "../../kit/Field";
import { PickField } from "../../kit/PickField";
import { languageWord, SpokenIn } from "../../kit/SpokenIn";
import { greetingsQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import type { Draft } from "./draft";
import { Fold } from "./Fold";
import type { PartProps } from "./types";

const MACHINES = [
	["off", "hears the same as everybody"],
	["greet", "hears the same, and the report tells it from people"],
	["hang_up", "is hung up on"],
	["voicemail", "gets a message after the tone"],
] as const;
const LISTENING = {
	before: "Everybody waits some seconds before they hear anything.",
	meanwhile: "People hear the greeting at once; a machine is told from them after some seconds of it.",
};
const LISTEN = [
	["before", "before the greeting"],
	["meanwhile", "while the greeting plays"],
] as const;
const TIMES = [
	["1", "once"],
	["2", "2 times"],
	["3", "3 times"],
] as const;
const KEYS = ["2", "3", "4", "5", "6", "7", "8", "0"];

/** What most campaigns do without: machines, a second greeting, other keys, what is said when nobody is free. */
export function More({ draft, set, wrong }: PartProps) {
	return (
		<Fold
			title="Machines, keys and texts"
			summary={summaryOf(draft)}
			isWrong={Object.keys(wrong).some((path) => path.startsWith("script"))}
		>
			{wrong.script && <p class="text-error text-sm">{wrong.script}</p>}
			<Field
				label="Text to say after the greeting, or instead of one"
				optional
				hint="{{firstName}}, {{lastName}} and {{custom.plan}} are filled in for each person."
				error={wrong["script.greetingText"]}
			>
				<textarea
					class="textarea w-full"
					rows={2}
					maxLength={1_000}
					value={draft.greetingText}
					onInput={(event) => set({ greetingText: event.currentTarget.value })}
				/>
			</Field>
			<div class="grid gap-4 sm:grid-cols-2">
				<SpokenIn
					label="People are spoken to in"
					hint="Your texts are read in it, and what the keys do."
					value={draft.language}
					onPick={(language) => set({ language })}
				/>
				<PickField
					label="An answering machine"
					value={draft.machines}
					choices={MACHINES}
					onPick={(machines) => set({ machines })}
				/>
				{draft.machines !== "off" && (
					<PickField
						label="Listening for machines"
						hint={LISTENING[draft.detection]}
						value={draft.detection}
						choices={LISTEN}
						onPick={(detection) => set({ detection })}
					/>
				)}
				{draft.machines === "voicemail" && (
					<Field label="Message for the machine" error={wrong["script.machines"]}>
						<input
							class="input"
							maxLength={1_000}
							value={draft.voicemailText}
							onInput={(event) => set({ voicemailText: event.currentTarget.value })}
						/>
					</Field>
				)}
			</div>
			<Other draft={draft} set={set} wrong={wrong} />
			<Keys draft={draft} set={set} wrong={wrong} />
			<Field
				label="Said when nobody can take the call of a 1"
				optional
				hint="Many countries want to hear who called. Empty: a short apology."
				error={wrong["script.abandoned"]}
			>
				<input
					class="input"
					maxLength={1_000}
					value={draft.abandonedText}
					onInput={(event) => set({ abandonedText: event.currentTarget.value })}
				/>
			</Field>
			<div class="grid gap-4 sm:grid-cols-2">
				<PickField<string>
					label="Times the choices are said to silence"
					value={draft.noInputTimes}
					choices={TIMES}
					onPick={(noInputTimes) => set({ noInputTimes })}
				/>
				<PickField<string>
					label="Times a wrong key is forgiven"
					value={draft.wrongTimes}
					choices={TIMES}
					onPick={(wrongTimes) => set({ wrongTimes })}
				/>
			</div>
		</Fold>
	);
}

function Other({ draft, set, wrong }: PartProps) {
	const greetings = useRead(greetingsQuery);
	return (
		<div class="grid gap-4 sm:grid-cols-2">
			<Field
				label="Try a second greeting"
				optional
				error={wrong["script.test"]}
				hint="The report says which does better."
			>
				<select
					class="select"
					value={draft.testGreetingId}
					onChange={(event) => set({ testGreetingId: event.currentTarget.value })}
				>
					<option value="">No: one greeting for all</option>
					{greetings.data?.map((greeting) => (
						<option key={greeting.id} value={greeting.id}>
							{greeting.filename}
						</option>
					))}
				</select>
			</Field>
			{draft.testGreetingId && (
				<Field label="Share that hears it, in per cent" error={wrong["script.test.share"]}>
					<input
						class="input num"
						type="number"
						min={1}
						max={99}
						value={draft.testShare}
						onInput={(event) => set({ testShare: event.currentTarget.value })}
					/>
				</Field>
			)}
		</div>
	);
}

function Keys({ draft, set, wrong }: PartProps) {
	const free = KEYS.filter((key) => !draft.keys.some((one) => one.key === key));
	const change = (at: number, what: Partial<Draft["keys"][number]>) =>
		set({ keys: draft.keys.map((one, place) => (place === at ? { ...one, ...what } : one)) });
	return (
		<fieldset>
			<legend class="mb-1.5 text-sm font-medium">Other keys</legend>
			<p class="text-muted mb-3 text-sm">1 connects and 9 ends the calls for good, always.</p>
			<ul class="flex flex-col gap-3">
				{draft.keys.map(({ key, act, text }, at) => (
					<li key={key} class="grid items-center gap-2 sm:grid-cols-[3.5rem_14rem_minmax(0,1fr)_auto]">
						<span class="num font-semibold">Key {key}</span>
						<select
							class="select"
							aria-label={`What key ${key} does`}
							value={act}
							onChange={(event) => change(at, { act: actOf(event.currentTarget.value) })}
						>
							<option value="callback">asks to be called back</option>
							<option value="record">records what they say</option>
							<option value="say">says something</option>
							<option value="sms">texts them something</option>
						</select>
						<input
							class="input"
							aria-label={hasWords(act) ? `What key ${key} says` : `How key ${key} is offered`}
							placeholder={hasWords(act) ? "What it says" : `To be called back, press ${key}.`}
							maxLength={hasWords(act) ? 1_000 : 200}
							value={text}
							onInput={(event) => change(at, { text: event.currentTarget.value })}
						/>
						<button
							type="button"
							class="btn btn-ghost btn-sm"
							onClick={() => set({ keys: draft.keys.filter((_, place) => place !== at) })}
						>
							Remove<span class="sr-only"> key {key}</span>
						</button>
					</li>
				))}
			</ul>
			{wrong["script.keys"] && <p class="text-error mt-1 text-sm">{wrong["script.keys"]}</p>}
			{free[0] && (
				<button
					type="button"
					class="btn btn-quiet btn-sm mt-3"
					onClick={() => set({ keys: [...draft.keys, { key: free[0] ?? "2", act: "callback", text: "" }] })}
				>
					Add a key
				</button>
			)}
		</fieldset>
	);
}

const actOf = (text: string): Draft["keys"][number]["act"] =>
	text === "record" || text === "say" || text === "sms" ? text : "callback";

const hasWords = (act: Draft["keys"][number]["act"]) => act === "say" || act === "sms";

function summaryOf({ machines, keys, testGreetingId, language }: Draft): string {
	const parts = [
		language && languageWord(language),
		{ off: "", greet: "machines told apart", voicemail: "voicemail", hang_up: "no machines" }[machines],
		keys.length > 0 ? `${keys.length} more ${keys.length === 1 ? "key" : "keys"}` : "",
		testGreetingId ? "two greetings" : "",
	].filter(Boolean);
	return parts.join(", ") || "as usual";
}
