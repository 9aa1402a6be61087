import type { Signal } from "@preact/signals";
import type { Sound } from "../../kit/use-sound";
import type { CallStory } from "../../lib/wire";
import { length } from "../../lib/words";

type Turn = NonNullable<CallStory["assistantCall"]>["turns"][number];

const SPEAKER = /^(assistant|ai|bot|user|customer|caller|agent|system)\s*:\s*/i;
const OURS = /^(assistant|ai|bot|agent)$/i;
const WORDS = { assistant: "Assistant", caller: "Caller" };
const LOOKS = { assistant: "", caller: "border-primary border-s-2 ps-3" };

interface Props {
	text: string;
	/** What was said turn by turn, where somebody has told that; instead of the text. */
	turns: readonly Turn[];
	/** The recording that a turn plays from. */
	sound: Signal<Sound | null>;
}

/** What was said, one paragraph a turn. A turn with a time plays the recording from there. */
export function Transcript({ text, turns, sound }: Props) {
	const shown = turns.length > 0 ? turns : turnsIn(text);
	const playing = sound.value;
	const now = playing ? shown.findLastIndex(({ at }) => at !== null && at <= playing.at.value) : -1;
	return (
		<ol class="grid max-w-[68ch] gap-2.5">
			{shown.map(({ by, text: words, at }, n) => {
				const spoken = <Words by={by} text={words} at={at} />;
				return (
					<li key={n} class={by ? LOOKS[by] : ""}>
						{at !== null && playing ? (
							<button
								type="button"
								class={`hover:bg-base-200 rounded-field -mx-2 w-full cursor-pointer px-2 py-1 text-start select-text ${
									now === n && playing.playing.value ? "bg-base-200" : ""
								}`}
								aria-current={now === n && playing.playing.value ? "true" : undefined}
								title={`Play from ${length(at)}`}
								onClick={() => playing.playFrom(at)}
							>
								{spoken}
							</button>
						) : (
							<p>{spoken}</p>
						)}
					</li>
				);
			})}
		</ol>
	);
}

function Words({ by, text, at }: { by: Turn["by"] | null; text: string; at: number | null }) {
	return (
		<>
			{by && (
				<strong class="text-muted flex gap-2 text-xs font-semibold">
					{WORDS[by]} {at !== null && <span class="num text-faint font-normal">{length(at)}</span>}
				</strong>
			)}
			<bdi>{text}</bdi>
		</>
	);
}

/** The turns of a text that names its speakers; without names, its paragraphs. */
function turnsIn(text: string): { by: Turn["by"] | null; text: string; at: null }[] {
	const lines = text.split(/\n+/).map((line) => line.trim());
	return lines.filter(Boolean).map((line) => {
		const speaker = SPEAKER.exec(line)?.[1];
		const by = speaker === undefined ? null : OURS.test(speaker) ? "assistant" : "caller";
		return { by, text: line.replace(SPEAKER, ""), at: null };
	});
}
