import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { length } from "../lib/words";

const SKIP_SECONDS = 5;

/** One recording that plays: its `<audio>` and where it stands. */
export type Sound = ReturnType<typeof useSound>;

/**
 * Plays what lies at a signed address, which comes anew with every reading of its list. A new one is taken up between plays, or when the
 * one before has run out, at the same second: taken up in the middle, it would start over. Nothing is loaded before it is asked for.
 */
export function useSound(src: string, seconds: number) {
	const audio = useRef<HTMLAudioElement>(null);
	const playing = useSignal(false);
	const at = useSignal(0);
	const broken = useSignal(false);
	const held = useRef(src);
	if (!playing.value && at.value === 0) held.current = src;
	const whole = Math.max(seconds, 0.1);

	function seek(second: number) {
		at.value = Math.max(0, Math.min(whole, second));
		if (audio.current) audio.current.currentTime = at.value;
	}

	async function play(player: HTMLAudioElement) {
		broken.value = false;
		try {
			await player.play();
		} catch (error) {
			if (error instanceof DOMException && error.name === "AbortError") return; // paused before it had begun
			if (held.current === src) {
				broken.value = true;
				return;
			}
			held.current = src;
			player.src = src;
			player.currentTime = at.value;
			await play(player);
		}
	}

	function playFrom(second: number) {
		seek(second);
		if (audio.current && !playing.value) void play(audio.current);
	}

	function toggle() {
		if (!audio.current) return;
		if (playing.value) audio.current.pause();
		else void play(audio.current);
	}

	const element = (
		// biome-ignore lint/a11y/useMediaCaption: a transcript, where there is one, stands beside it as text
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
				if (playing.value) at.value = event.currentTarget.currentTime;
			}}
		/>
	);
	return { audio, element, playing, at, broken, whole, seek, playFrom, toggle };
}

/** The slider over a sound's length: arrows go by seconds, the space bar plays and pauses. */
export function SeekBar({ sound, name, class: extra = "" }: { sound: Sound; name: string; class?: string }) {
	const { at, whole, seek, toggle } = sound;
	function keys(event: KeyboardEvent) {
		const by = { ArrowLeft: -SKIP_SECONDS, ArrowRight: SKIP_SECONDS }[event.key];
		if (by) seek(at.value + by);
		else if (event.key === " ") toggle();
		else return;
		event.preventDefault();
	}
	return (
		<input
			type="range"
			class={`seek flex-1 ${extra}`}
			min={0}
			max={whole}
			step="0.1"
			value={at.value}
			aria-label={`Position in ${name}`}
			aria-valuetext={`${length(at.value)} of ${length(whole)}`}
			onInput={(event) => seek(Number(event.currentTarget.value))}
			onKeyDown={keys}
		/>
	);
}
