import { useSignal } from "@preact/signals";
import { Pause, Play } from "lucide-preact";
import { useRef } from "preact/hooks";
import { length } from "../lib/words";

interface Props {
	src: string;
	name: string;
	seconds: number;
	class?: string;
}

/** Plays one recording: a button, a slider to seek, the time. Nothing is loaded before it is asked for. */
export function Player({ src, name, seconds, class: extra = "" }: Props) {
	const audio = useRef<HTMLAudioElement>(null);
	const playing = useSignal(false);
	const at = useSignal(0);
	const broken = useSignal(false);
	// The address is signed and comes anew with every reading of the list; a new one in mid-play would start over.
	const held = useRef(src);
	if (!playing.value) held.current = src;
	const word = `${playing.value ? "Pause" : "Play"} ${name}`;

	function toggle() {
		if (!audio.current) return;
		broken.value = false;
		if (playing.value) audio.current.pause();
		else
			audio.current.play().catch(() => {
				broken.value = true;
			});
	}

	return (
		<div class={`flex items-center gap-3 ${extra}`}>
			{/* biome-ignore lint/a11y/useMediaCaption: the owner's own recording; no transcript exists */}
			<audio
				ref={audio}
				src={held.current}
				preload="none"
				onPlay={() => {
					playing.value = true;
				}}
				onPause={() => {
					playing.value = false;
				}}
				onEnded={() => {
					at.value = 0;
				}}
				onTimeUpdate={(event) => {
					at.value = event.currentTarget.currentTime;
				}}
			/>
			<button
				type="button"
				class="btn btn-quiet btn-sm btn-square rounded-full"
				aria-label={word}
				title={word}
				onClick={toggle}
			>
				{playing.value ? <Pause size={14} aria-hidden /> : <Play size={14} class="ms-0.5" aria-hidden />}
			</button>
			<input
				type="range"
				class="seek min-w-0 flex-1"
				min={0}
				max={Math.max(seconds, 0.1)}
				step="0.1"
				value={at.value}
				aria-label={`Position in ${name}`}
				aria-valuetext={`${length(at.value)} of ${length(seconds)}`}
				onInput={(event) => {
					if (audio.current) audio.current.currentTime = Number(event.currentTarget.value);
				}}
			/>
			<span class="num text-muted flex-none text-xs" role={broken.value ? "alert" : undefined}>
				{broken.value ? "does not play; reload" : `${length(at.value)} / ${length(seconds)}`}
			</span>
		</div>
	);
}
