import { type Signal, useSignal } from "@preact/signals";
import { Pause, Play, Trash2 } from "lucide-preact";
import { useEffect } from "preact/hooks";
import { Confirm } from "../../kit/Confirm";
import { later } from "../../kit/later";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { SeekBar, type Sound, useSound } from "../../kit/use-sound";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { useLive, whileDeaf } from "../../lib/live";
import { Refusal } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import { length } from "../../lib/words";
import { MOST_SECONDS } from "./peaks";

const Waveform = later(() => import("./Waveform").then((part) => part.Waveform), <span class="skel h-16 w-full" />);
const SPEEDS = [1, 1.5, 2];
const ON_ITS_WAY_MS = 5_000;

interface Props {
	callId: string;
	kind: string;
	seconds: number;
	/** Where others find what plays here, to play a part of it. */
	heard?: Signal<Sound | null>;
}

/** What was recorded of a call: heard, seen, and deleted. */
export function Recording({ callId, kind, seconds, heard }: Props) {
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
		every: (data) => (data === null ? whileDeaf(ON_ITS_WAY_MS) : false),
	});
	useLive("call", () => recording.data === null && recording.again());
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
		<Listening
			url={recording.data.url}
			seconds={recording.data.duration || seconds}
			word={word}
			callId={callId}
			heard={heard}
		/>
	);
}

interface ListeningProps extends Pick<Props, "callId" | "seconds"> {
	url: string;
	word: string;
	heard: Props["heard"];
}

function Listening({ url, seconds, word, callId, heard }: ListeningProps) {
	const sound = useSound(url, seconds);
	useEffect(() => {
		if (!heard) return;
		heard.value = sound;
		return () => {
			heard.value = null;
		};
	}, [url, heard]);
	const { audio, playing, at, broken, whole, seek } = sound;
	const speed = useSignal(1);
	const deleting = useSignal(false);
	return (
		<div class="grid gap-2">
			{sound.element}
			{seconds <= MOST_SECONDS && <Waveform url={url} part={at.value / whole} onSeek={(part) => seek(part * whole)} />}
			<div class="flex flex-wrap items-center gap-x-2.5 gap-y-2">
				<button
					type="button"
					class="btn btn-primary btn-square rounded-full"
					aria-label={`${playing.value ? "Pause" : "Play"} the ${word}`}
					onClick={sound.toggle}
				>
					{playing.value ? <Pause size={16} aria-hidden /> : <Play size={16} class="ms-0.5" aria-hidden />}
				</button>
				<SeekBar sound={sound} name={`the ${word}`} class="min-w-20" />
				<span class="num text-muted text-sm" role={broken.value ? "alert" : undefined}>
					{broken.value ? "It does not play; reload the page" : `${length(at.value)} / ${length(seconds)}`}
				</span>
				<button
					type="button"
					class="btn btn-quiet btn-sm num"
					aria-label={`Speed: ${speed.value} times`}
					onClick={() => {
						speed.value = SPEEDS[(SPEEDS.indexOf(speed.value) + 1) % SPEEDS.length] ?? 1;
						if (!audio.current) return;
						audio.current.playbackRate = speed.value;
						audio.current.defaultPlaybackRate = speed.value; // or a new address resets it
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
