import { useSignal } from "@preact/signals";
import { Grid3x3, Mic, MicOff, PhoneOff } from "lucide-preact";
import { useEffect } from "preact/hooks";
import { length } from "../../lib/words";
import { KeyPad } from "./KeyPad";
import { phone } from "./lazy";
import { type Call, line, nameOf, quality } from "./state";

const WORDS = {
	asking: "Looking up",
	calling: "Calling",
	ringing: "Rings",
	connecting: "Connecting",
	live: "",
	over: "",
};
/** A press meant for what stood here before does not end the call that has just begun. */
const TOO_SOON_MS = 500;

/** The call that is going on, or the word on how it ended. */
export function RunningCall({ call }: { call: Call }) {
	const keys = useSignal(false);
	const seconds = useSeconds(call);
	const isOver = call.state === "over";
	const hasEnded = () => call.since === null || Date.now() - call.since > TOO_SOON_MS;
	return (
		<div class="grid gap-2 py-2.5">
			<div class="flex flex-wrap items-center gap-3">
				<p class="min-w-0 truncate font-semibold">{nameOf(call.peer)}</p>
				<p class="num text-muted" role={call.state === "live" ? "timer" : "status"}>
					{isOver ? call.word : call.state === "live" ? length(seconds) : `${WORDS[call.state]}…`}
				</p>
				{call.state === "live" && <QualityChip />}
				{!isOver && (
					<span class="ms-auto flex gap-2">
						<button
							type="button"
							class="btn btn-ghost btn-sm"
							aria-pressed={call.muted}
							onClick={async () => (await phone()).mute(!call.muted)}
						>
							{call.muted ? <MicOff size={16} aria-hidden /> : <Mic size={16} aria-hidden />}
							{call.muted ? "Muted" : "Mute"}
						</button>
						<button
							type="button"
							class="btn btn-ghost btn-sm"
							aria-expanded={keys.value}
							onClick={() => {
								keys.value = !keys.value;
							}}
						>
							<Grid3x3 size={16} aria-hidden /> Keypad
						</button>
						<button
							key="hang-up"
							type="button"
							class="btn btn-error btn-sm"
							onClick={() => hasEnded() && void phone().then(({ hangUp }) => hangUp())}
						>
							<PhoneOff size={16} aria-hidden /> Hang up
						</button>
					</span>
				)}
			</div>
			{keys.value && !isOver && <KeyPad onKey={(key) => void phone().then(({ press }) => press(key))} />}
		</div>
	);
}

function QualityChip() {
	const { word, roundTripMs, own } = quality.value ?? { word: "good", roundTripMs: null, own: 0 };
	const isCut = line.value !== "on";
	return (
		<>
			<span class={`state ${isCut || word === "poor" ? "state-bad" : "state-good"}`}>
				{isCut ? "Reconnecting" : `Sound ${word}`}
				{!isCut && roundTripMs !== null && <span class="num">{roundTripMs} ms</span>}
			</span>
			<meter class="w-16 max-sm:hidden" min={0} max={1} value={Math.min(1, own * 3)} aria-label="Your voice" />
		</>
	);
}

/** How long the call lasts, here and in the page's title. */
function useSeconds({ since, state }: Call): number {
	const now = useSignal(Date.now());
	useEffect(() => {
		if (state !== "live" || since === null) return;
		const bare = () => document.title.replace(/^[\d:]+ · /, "");
		const timer = setInterval(() => {
			now.value = Date.now();
			document.title = `${length((Date.now() - since) / 1000)} · ${bare()}`;
		}, 1_000);
		return () => {
			clearInterval(timer);
			document.title = bare();
		};
	}, [since, state]);
	return since === null ? 0 : Math.max(0, (now.value - since) / 1000);
}
