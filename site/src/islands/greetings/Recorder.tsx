import { useSignal } from "@preact/signals";
import { Mic, RotateCcw, Square } from "lucide-preact";
import { useEffect, useRef } from "preact/hooks";
import { Action } from "../../kit/Action";
import { Field } from "../../kit/Field";
import { Player } from "../../kit/Player";
import { reasonOf } from "../../lib/refusal";
import { length } from "../../lib/words";
import { openMicrophone } from "../dock/microphone";
import { asWav, startTake, trimmed } from "./record";
import { uploadGreeting } from "./upload";

const MOST_SECONDS = 120;
type Running = Awaited<ReturnType<typeof startTake>>;
interface Made {
	wav: Blob;
	url: string;
	seconds: number;
}

/** Records a greeting in the page: speak, listen, keep it or say it again. */
export function Recorder() {
	const running = useRef<Running | null>(null);
	const since = useSignal<number | null>(null);
	const seconds = useSignal(0);
	const loud = useSignal(0);
	const made = useSignal<Made | null>(null);
	const busy = useSignal(false);
	const trouble = useSignal("");

	useEffect(() => {
		if (since.value === null) return;
		const began = since.value;
		const timer = setInterval(() => {
			seconds.value = (Date.now() - began) / 1_000;
			if (seconds.peek() >= MOST_SECONDS) void stop();
		}, 200);
		return () => clearInterval(timer);
	}, [since.value]);
	// A page that is left takes its microphone with it.
	useEffect(
		() => () => {
			void running.current?.stop().catch(() => {});
			if (made.peek()) URL.revokeObjectURL(made.peek()?.url ?? "");
		},
		[],
	);

	async function start() {
		forget();
		trouble.value = "";
		try {
			running.current = await startTake(await openMicrophone(), (level) => {
				loud.value = level;
			});
			seconds.value = 0;
			since.value = Date.now();
		} catch (error) {
			trouble.value = error instanceof Error ? error.message : "The microphone did not start.";
		}
	}
	async function stop() {
		const take = running.current;
		running.current = null;
		since.value = null;
		if (!take) return;
		try {
			const whole = trimmed(await take.stop());
			const wav = asWav(whole);
			made.value = { wav, url: URL.createObjectURL(wav), seconds: whole.samples.length / whole.rate };
		} catch {
			trouble.value = "Nothing was heard. Check the microphone and say it again.";
		}
	}
	function forget() {
		if (made.value) URL.revokeObjectURL(made.value.url);
		made.value = null;
	}
	async function keep(event: SubmitEvent) {
		event.preventDefault();
		if (!made.value) return;
		const name = String(new FormData(event.currentTarget as HTMLFormElement).get("name") ?? "").trim();
		busy.value = true;
		trouble.value = "";
		try {
			await uploadGreeting(new File([made.value.wav], `${name}.wav`, { type: "audio/wav" }), () => {});
			forget();
		} catch (error) {
			trouble.value = reasonOf(error);
		} finally {
			busy.value = false;
		}
	}
	return (
		<section class="card grid gap-3 p-4" aria-labelledby="recorder">
			<h2 id="recorder" class="text-base">
				Record one here
			</h2>
			{since.value === null ? (
				<button type="button" class={`btn ${made.value ? "btn-quiet" : "btn-primary"}`} onClick={start}>
					{made.value ? <RotateCcw size={16} aria-hidden /> : <Mic size={16} aria-hidden />}
					{made.value ? "Say it again" : "Start recording"}
				</button>
			) : (
				<>
					<p class="flex items-center gap-3 text-sm">
						<span class="bg-error size-2.5 rounded-full" aria-hidden="true" />
						<span class="num" role="timer">
							{length(seconds.value)} of {length(MOST_SECONDS)}
						</span>
						<meter class="min-w-0 flex-1" min={0} max={1} value={loud.value} aria-label="How loud you are" />
					</p>
					<button type="button" class="btn btn-error" onClick={stop}>
						<Square size={14} fill="currentColor" aria-hidden /> Stop
					</button>
				</>
			)}
			{made.value && (
				<form class="grid gap-3" onSubmit={keep}>
					<Player src={made.value.url} name="your recording" seconds={made.value.seconds} />
					<Field label="Name">
						<input
							class="input"
							name="name"
							required
							maxLength={80}
							placeholder="We are closed today"
							autocomplete="off"
						/>
					</Field>
					<Action type="submit" busy={busy.value} busyWord="Keeping…">
						Keep it
					</Action>
				</form>
			)}
			{trouble.value && (
				<p class="notice notice-bad" role="alert">
					{trouble}
				</p>
			)}
		</section>
	);
}
