import { Pause, Play } from "lucide-preact";
import { length } from "../lib/words";
import { SeekBar, useSound } from "./use-sound";

interface Props {
	src: string;
	name: string;
	seconds: number;
	class?: string;
}

/** Plays one recording: a button, a slider to seek, the time. */
export function Player({ src, name, seconds, class: extra = "" }: Props) {
	const sound = useSound(src, seconds);
	const { playing, at, broken } = sound;
	const word = `${playing.value ? "Pause" : "Play"} ${name}`;
	return (
		<div class={`flex items-center gap-3 ${extra}`}>
			{sound.element}
			<button
				type="button"
				class="btn btn-quiet btn-sm btn-square rounded-full"
				aria-label={word}
				title={word}
				onClick={sound.toggle}
			>
				{playing.value ? <Pause size={14} aria-hidden /> : <Play size={14} class="ms-0.5" aria-hidden />}
			</button>
			<SeekBar sound={sound} name={name} class="min-w-0" />
			<span class="num text-muted flex-none text-xs" role={broken.value ? "alert" : undefined}>
				{broken.value ? "does not play; reload" : `${length(at.value)} / ${length(seconds)}`}
			</span>
		</div>
	);
}
