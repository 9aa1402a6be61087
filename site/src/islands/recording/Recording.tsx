import { useSignal } from "@preact/signals";
import { Pause, Play, Trash2 } from "lucide-preact";
import { useRef } from "preact/hooks";
import { Confirm } from "../../kit/Confirm";
import { later } from "../../kit/later";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { Refusal } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import { length } from "../../lib/words";
import { MOST_SECONDS } from "./peaks";

const Waveform = later(() => import("./Waveform").then((part) => part.Waveform), <span class="skel h-16 w-full" />);
const SPEEDS = [1, 1.5, 2];
const SKIP_SECONDS = 5;
const ON_ITS_WAY_MS = 5_000;

/** What was recorded of a call: heard, seen, and deleted. */
export function Recording({ callId, kind, seconds }: { callId: string; kind: string; seconds: number }) {
	const recording = useRead({
		key: ["recording", callId],
		read: async () => {
			try {
				return await said(api.recordings[":callId"].$get({ param: { callId } }));
			} catch (error) {
				if (error instanceof Refusal && error.code === "not_ready") return null;
				throw error;
			}
		},
		every: (data) => (data === null ? ON_ITS_WAY_MS : false),
	});
	const word = kind === "voicemail" ? "message" : "recording";
	if (recording.isPending) return <TextSkeleton lines={2} label={`Loading the ${word}`} />;
	if (recording.isError)
		return <Trouble what={`The ${word} did not load.`} error={recording.error} again={recording.again} />;
	if (recording.data === null)
		return (
			<p class="text-muted text-sm" role="status">
				The {word} is on its way from the carrier. It stands here in a moment.
			</p>
		);
	return (
		<Listening url={recording.data.url} seconds={recording.data.duration || seconds} word={word} callId={callId} />
	);
}

function Listening({ url, seconds, word, callId }: { url: string; seconds: number; word: string; callId: string }) {
	const audio = useRef<HTMLAudioElement>(null);
	// The address is signed and changes with every reading; a new one in the middle would start over.
	const held = useRef(url);
	const playing = useSignal(false);
	const at = useSignal(0);
	const speed = useSignal(1);
	const broken = useSignal(false);
	const deleting = useSignal(false);
	const whole = Math.max(seconds, 0.1);
	const seek = (second: number) => {
		if (audio.current) audio.current.currentTime = Math.max(0, Math.min(whole, second));
		at.value = second;
	};
	function toggle() {
		const player = audio.current;
		if (!player) return;
		broken.value = false;
		if (playing.value) return player.pause();
		player.playbackRate = speed.value;
		player.play().catch(() => {
			broken.value = true;
		});
	}
	function keys(event: KeyboardEvent) {
		const by = { ArrowLeft: -SKIP_SECONDS, ArrowRight: SKIP_SECONDS }[event.key];
		if (by) seek((audio.current?.currentTime ?? 0) + by);
		else if (event.key === " ") toggle();
		else return;
		event.preventDefault();
	}
	return (
		<div class="grid gap-2">
			{/* biome-ignore lint/a11y/useMediaCaption: the transcript, where there is one, stands beside it as text */}
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
			{seconds <= MOST_SECONDS && (
				<Waveform url={held.current} part={at.value / whole} onSeek={(part) => seek(part * whole)} />
			)}
			<div class="flex flex-wrap items-center gap-x-2.5 gap-y-2">
				<button
					type="button"
					class="btn btn-primary btn-square rounded-full"
					aria-label={`${playing.value ? "Pause" : "Play"} the ${word}`}
					onClick={toggle}
				>
					{playing.value ? <Pause size={16} aria-hidden /> : <Play size={16} class="ms-0.5" aria-hidden />}
				</button>
				<input
					type="range"
					class="seek min-w-20 flex-1"
					min={0}
					max={whole}
					step="0.1"
					value={at.value}
					aria-label={`Position in the ${word}`}
					aria-valuetext={`${length(at.value)} of ${length(seconds)}`}
					onInput={(event) => seek(Number(event.currentTarget.value))}
					onKeyDown={keys}
				/>
				<span class="num text-muted text-sm" role={broken.value ? "alert" : undefined}>
					{broken.value ? "It does not play; reload the page" : `${length(at.value)} / ${length(seconds)}`}
				</span>
				<button
					type="button"
					class="btn btn-quiet btn-sm num"
					aria-label={`Speed: ${speed.value} times`}
					onClick={() => {
						speed.value = SPEEDS[(SPEEDS.indexOf(speed.value) + 1) % SPEEDS.length] ?? 1;
						if (audio.current) audio.current.playbackRate = speed.value;
					}}
				>
					{speed.value}×
				</button>
				<button
					type="button"
					class="btn btn-ghost btn-sm btn-square hover:text-error"
					title="Delete"
					aria-label={`Delete the ${word}`}
					onClick={() => {
						deleting.value = true;
					}}
				>
					<Trash2 size={15} aria-hidden />
				</button>
			</div>
			{deleting.value && (
				<Confirm
					title={`Delete the ${word}`}
					verb="Delete"
					busyWord="Deleting…"
					danger
					act={async () => {
						await said(api.recordings[":callId"].$delete({ param: { callId } }));
						tell(`The ${word} is deleted.`);
						await changed("call", "calls", "voicemail");
					}}
					onClose={() => {
						deleting.value = false;
					}}
				>
					It goes from here and from the carrier, and cannot be brought back. The call stays in the log.
				</Confirm>
			)}
		</div>
	);
}
