import { useSignal } from "@preact/signals";
import { Bell, Volume2 } from "lucide-preact";
import { useEffect } from "preact/hooks";
import { Field } from "../../kit/Field";
import { phone } from "./lazy";
import { openMicrophone } from "./microphone";
import { quiet, ring } from "./sounds";
import { inCall, line, roundTrip } from "./state";
import { wish, wishes } from "./wishes";

const RINGS_FOR_MS = 2_000;

/** Which microphone and loudspeaker, how loud it rings, and a look at both before anybody calls. */
export function SoundPanel() {
	const devices = useSignal<MediaDeviceInfo[]>([]);
	const trouble = useSignal("");
	const find = async () => {
		devices.value = await (navigator.mediaDevices?.enumerateDevices() ?? Promise.resolve([]));
	};
	useEffect(() => {
		void find();
		navigator.mediaDevices?.addEventListener("devicechange", find);
		return () => navigator.mediaDevices?.removeEventListener("devicechange", find);
	}, []);
	const choose = (change: { input?: string; output?: string }) => {
		wish(change);
		void phone().then(({ changeDevices }) => changeDevices(wishes.peek().output));
	};
	const outputs = devices.value.filter(({ kind }) => kind === "audiooutput");
	return (
		<section class="line grid gap-x-4 gap-y-3 border-t pt-3 sm:grid-cols-2 xl:grid-cols-4" aria-label="Sound">
			<Devices
				label="Microphone"
				list={devices.value.filter(({ kind }) => kind === "audioinput")}
				value={wishes.value.input}
				onPick={(input) => choose({ input })}
			/>
			{outputs.length > 0 && (
				<Devices
					label="Loudspeaker"
					list={outputs}
					value={wishes.value.output}
					onPick={(output) => choose({ output })}
				/>
			)}
			{!inCall.value && (
				<MicrophoneTest
					onHeard={find}
					onTrouble={(word) => {
						trouble.value = word;
					}}
				/>
			)}
			<Ringing />
			<p class="text-muted text-xs sm:col-span-full" role="status">
				{trouble.value ||
					(line.value === "on" && roundTrip.value !== null
						? `The server answers in ${roundTrip.value} ms. During a call its own round trip stands beside its timer.`
						: "The way to the server is measured once the phone is connected.")}
			</p>
		</section>
	);
}

interface DevicesProps {
	label: string;
	list: MediaDeviceInfo[];
	value: string;
	onPick: (id: string) => void;
}

function Devices({ label, list, value, onPick }: DevicesProps) {
	const named = list.filter(({ deviceId }) => deviceId && deviceId !== "default");
	return (
		<Field label={label}>
			<select
				class="select"
				value={named.some(({ deviceId }) => deviceId === value) ? value : ""}
				onChange={(event) => onPick(event.currentTarget.value)}
			>
				<option value="">As the system has it</option>
				{named.map(({ deviceId, label: name }, at) => (
					<option key={deviceId} value={deviceId}>
						{name || `${label} ${at + 1}`}
					</option>
				))}
			</select>
		</Field>
	);
}

/** Listens to the microphone for as long as it is shown, and says how loud it is. Nothing leaves the page. */
function MicrophoneTest({ onHeard, onTrouble }: { onHeard: () => void; onTrouble: (word: string) => void }) {
	const on = useSignal(false);
	const loud = useSignal(0);
	useEffect(() => {
		if (!on.value) return;
		let stop = () => {};
		let gone = false;
		openMicrophone()
			.then((stream) => {
				onHeard();
				if (gone) return stopAll(stream);
				stop = measure(stream, (level) => {
					loud.value = level;
				});
			})
			.catch((error) => {
				on.value = false;
				onTrouble(error instanceof Error ? error.message : "The microphone did not start.");
			});
		return () => {
			gone = true;
			stop();
			loud.value = 0;
		};
	}, [on.value, wishes.value.input]);
	return (
		<div class="grid content-start gap-1.5">
			<span class="text-sm font-medium">Before you call</span>
			<button
				type="button"
				class="btn btn-quiet"
				aria-pressed={on.value}
				onClick={() => {
					on.value = !on.value;
					onTrouble("");
				}}
			>
				{on.value ? "Stop listening" : "Test the microphone"}
			</button>
			{on.value && <meter class="w-full" min={0} max={1} low={0.05} value={loud.value} aria-label="How loud you are" />}
		</div>
	);
}

const stopAll = (stream: MediaStream) => {
	for (const track of stream.getTracks()) track.stop();
};

function measure(stream: MediaStream, tell: (level: number) => void): () => void {
	const context = new AudioContext();
	const ear = context.createAnalyser();
	context.createMediaStreamSource(stream).connect(ear);
	const samples = new Float32Array(ear.fftSize);
	const timer = setInterval(() => {
		ear.getFloatTimeDomainData(samples);
		const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
		tell(Math.min(1, Math.sqrt(power) * 4));
	}, 100);
	return () => {
		clearInterval(timer);
		stopAll(stream);
		void context.close();
	};
}

function Ringing() {
	const { aloud, loudness } = wishes.value;
	const asked = useSignal(typeof Notification === "undefined" ? "denied" : Notification.permission);
	return (
		<fieldset class="grid min-w-0 content-start gap-1.5">
			<legend class="text-sm font-medium">When somebody calls</legend>
			<div class="flex items-center gap-2">
				<label class="flex min-h-8 items-center gap-2">
					<input
						type="checkbox"
						class="checkbox checkbox-primary"
						checked={aloud}
						onChange={(event) => wish({ aloud: event.currentTarget.checked })}
					/>
					Ring
				</label>
				<input
					type="range"
					class="seek min-w-16 flex-1"
					min={0.1}
					max={1}
					step={0.1}
					disabled={!aloud}
					value={loudness}
					aria-label="How loud it rings"
					onInput={(event) => wish({ loudness: Number(event.currentTarget.value) })}
				/>
				<button
					type="button"
					class="btn btn-ghost btn-sm btn-square"
					aria-label="Ring once"
					title="Ring once"
					disabled={!aloud}
					onClick={() => {
						ring();
						setTimeout(quiet, RINGS_FOR_MS);
					}}
				>
					<Volume2 size={16} aria-hidden />
				</button>
			</div>
			{asked.value === "default" && (
				<button
					type="button"
					class="btn btn-quiet btn-sm w-fit"
					onClick={async () => {
						asked.value = await Notification.requestPermission();
					}}
				>
					<Bell size={15} aria-hidden /> Notify me in other windows too
				</button>
			)}
			{asked.value === "granted" && <span class="text-muted text-xs">You are notified in other windows too.</span>}
		</fieldset>
	);
}
