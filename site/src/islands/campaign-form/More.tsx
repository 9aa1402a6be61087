import { Field } from "../../kit/Field";
import { PickField } from "../../kit/PickField";
import { languageWord, SpokenIn } from "../../kit/SpokenIn";
import type { Draft } from "./draft";
import { Fold } from "./Fold";
import { HeardFields } from "./HeardFields";
import { Keys } from "./Keys";
import { isHeard } from "./script";
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
			</div>
			{draft.machines === "voicemail" && (
				<HeardFields
					labels={["Recording for the machine", "Message for the machine"]}
					error={wrong["script.machines"]}
					value={draft.voicemail}
					onChange={(voicemail) => set({ voicemail })}
				/>
			)}
			<SecondGreeting draft={draft} set={set} wrong={wrong} />
			<Keys draft={draft} set={set} wrong={wrong} />
			<HeardFields
				labels={["Played when nobody is free for a 1", "Said when nobody is free for a 1"]}
				hint="Many countries want to hear who called. Empty: a short apology."
				error={wrong["script.abandoned"]}
				value={draft.abandoned}
				onChange={(abandoned) => set({ abandoned })}
			/>
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
				<Field label="Said after a wrong key" optional error={wrong["script.wrongInput.text"]}>
					<input
						class="input"
						maxLength={1_000}
						placeholder="That key does nothing here."
						value={draft.wrongText}
						onInput={(event) => set({ wrongText: event.currentTarget.value })}
					/>
				</Field>
			</div>
		</Fold>
	);
}

function SecondGreeting({ draft, set, wrong }: PartProps) {
	return (
		<>
			<HeardFields
				labels={["Try a second greeting", "Its text"]}
				hint="Some people hear this one instead, and the report says which does better."
				error={wrong["script.test"]}
				value={draft.test}
				onChange={(test) => set({ test })}
			/>
			{isHeard(draft.test) && (
				<Field label="Share that hears it, in per cent" error={wrong["script.test.share"]} class="sm:max-w-60">
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
		</>
	);
}

function summaryOf({ machines, keys, test, language }: Draft): string {
	const parts = [
		language && languageWord(language),
		{ off: "", greet: "machines told apart", voicemail: "voicemail", hang_up: "no machines" }[machines],
		keys.length > 0 ? `${keys.length} more ${keys.length === 1 ? "key" : "keys"}` : "",
		isHeard(test) ? "two greetings" : "",
	].filter(Boolean);
	return parts.join(", ") || "as usual";
}
