import { useSignal } from "@preact/signals";
import { AudioLines, Grid3x3, Mic, MicOff, Pause, PhoneForwarded, PhoneOff, Play, StickyNote } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { later } from "../../kit/later";
import { length } from "../../lib/words";
import { badge, unbadge } from "./badge";
import { KeyPad } from "./KeyPad";
import { phone } from "./lazy";
import { hearKeys } from "./shortcuts";
import { useSpelled } from "./spelled";
import { asked, asks, type Call, line, overCarrier, quality } from "./state";

const SoundPanel = later(() => import("./SoundPanel").then((part) => part.SoundPanel));
const Notes = later(() => import("./Notes").then((part) => part.Notes));
const HandOver = later(() => import("./HandOver").then((part) => part.HandOver));
const Consult = later(() => import("./Consult").then((part) => part.Consult));
const Transfer = later(() => import("./Transfer").then((part) => part.Transfer));

const WORDS = {
	asking: "Looking up",
	ringing: "Rings",
	connecting: "Connecting",
	live: "",
	over: "",
};
const CALLING = { away: "Your telephone rings", there: "Ringing", soon: "Calling" };
/** A press meant for what stood here before does not end the call that has just begun. */
const TOO_SOON_MS = 500;
type Drawer = "keys" | "notes" | "transfer" | "sound";

/** The call that is going on, or the word on how it ended. */
export function RunningCall({ call }: { call: Call }) {
	const drawer = useSignal<Drawer | null>(null);
	const seconds = useSeconds(call);
	const name = useSpelled(call.peer);
	const isOver = call.state === "over";
	const isLive = call.state === "live";
	const hasEnded = () => call.since === null || Date.now() - call.since > TOO_SOON_MS;
	useEffect(() => {
		addEventListener("keydown", hearKeys);
		return () => removeEventListener("keydown", hearKeys);
	}, []);
	const toggle = (name: Drawer) => () => {
		drawer.value = drawer.value === name ? null : name;
	};
	// Between two browsers the rooms do it; over the carrier, the carrier.
	const canHandOver =
		!overCarrier.value && !call.away && !call.silent && !call.carrierCall && /^care4w-/.test(call.peer.identity);
	// What was called from here is the carrier's to hand on only once somebody was asked.
	const canHandOn = call.direction === "inbound";
	const waiting =
		call.state === "calling" ? CALLING[call.away ? "away" : call.rings ? "there" : "soon"] : WORDS[call.state];
	return (
		<div class="grid gap-2 py-2.5">
			<div class="flex flex-wrap items-center gap-x-3 gap-y-2">
				<p class="min-w-0 truncate font-semibold">{name}</p>
				<p class="num text-muted" role={isLive ? "timer" : "status"}>
					{isOver ? call.word : isLive ? length(seconds) : `${waiting}…`}
				</p>
				{isLive && <Chip call={call} />}
				{!isLive && !isOver && call.note && <p class="text-muted min-w-0 truncate">{call.note}</p>}
				{!isOver && (
					<span class="ms-auto flex flex-wrap gap-1.5 max-sm:ms-0 max-sm:w-full">
						{!call.away && (
							<Tool
								icon={call.muted ? MicOff : Mic}
								word={call.muted ? "Muted" : "Mute"}
								keys="m"
								pressed={call.muted}
								onPress={async () => (await phone()).mute(!call.muted)}
							/>
						)}
						{isLive && !call.away && !call.silent && !asks.value && (
							<Tool
								icon={call.held ? Play : Pause}
								word={call.held ? "On hold" : "Hold"}
								keys="h"
								pressed={call.held}
								onPress={async () => (await phone()).hold(!call.held)}
							/>
						)}
						{!call.away && (
							<Tool minor icon={Grid3x3} word="Keypad" expanded={drawer.value === "keys"} onPress={toggle("keys")} />
						)}
						{isLive && !asks.value && (canHandOver || (call.carrierCall && (canHandOn || !call.away))) && (
							<Tool
								icon={PhoneForwarded}
								word="Transfer"
								expanded={drawer.value === "transfer"}
								onPress={toggle("transfer")}
							/>
						)}
						{call.peer.number && (
							<Tool
								minor
								icon={StickyNote}
								word="Notes"
								expanded={drawer.value === "notes"}
								onPress={toggle("notes")}
							/>
						)}
						{!call.away && !call.silent && (
							<Tool
								minor
								icon={AudioLines}
								word="Sound"
								expanded={drawer.value === "sound"}
								onPress={toggle("sound")}
							/>
						)}
						{!asks.value && (
							<button
								key="hang-up"
								type="button"
								class="btn btn-error btn-sm max-sm:ms-auto"
								aria-keyshortcuts="x x"
								onClick={() => hasEnded() && void phone().then(({ hangUp }) => hangUp())}
							>
								<PhoneOff size={16} aria-hidden /> Hang up
							</button>
						)}
					</span>
				)}
			</div>
			{isLive && asked.value && <Consult call={call} asked={asked.value} />}
			{!isOver && drawer.value === "keys" && (
				<KeyPad everywhere onKey={(key) => void phone().then(({ press }) => press(key))} />
			)}
			{!isOver && drawer.value === "notes" && <Notes peer={call.peer} />}
			{isLive && drawer.value === "transfer" && call.carrierCall && !asks.value && (
				<Transfer callId={call.carrierCall} askOnly={!canHandOn} onAsked={toggle("transfer")} />
			)}
			{isLive && drawer.value === "transfer" && canHandOver && !asks.value && (
				<HandOver other={call.peer.identity} onAsked={toggle("transfer")} />
			)}
			{!isOver && drawer.value === "sound" && <SoundPanel />}
		</div>
	);
}

interface ToolProps {
	icon: typeof Mic;
	word: string;
	keys?: string;
	pressed?: boolean;
	expanded?: boolean;
	/** Its word is shown on the widest screens only. */
	minor?: boolean;
	onPress: () => void;
}

/** On a narrow screen the word is only said. */
function Tool({ icon: Icon, word, keys, pressed, expanded, minor, onPress }: ToolProps) {
	const isOn = pressed || expanded;
	return (
		<button
			type="button"
			class={`btn btn-sm max-sm:px-2 ${isOn ? "btn-neutral" : "btn-ghost"}`}
			title={keys ? `${word} (${keys.toUpperCase()})` : word}
			{...(pressed === undefined ? {} : { "aria-pressed": pressed })}
			{...(expanded === undefined ? {} : { "aria-expanded": expanded })}
			{...(keys ? { "aria-keyshortcuts": keys } : {})}
			onClick={onPress}
		>
			<Icon size={16} aria-hidden />
			<span class={minor ? "max-2xl:sr-only" : "max-lg:sr-only"}>{word}</span>
		</button>
	);
}

function Chip({ call }: { call: Call }): ComponentChildren {
	if (call.away) return <span class="state state-good">On your telephone</span>;
	if (call.silent) return <span class="state">Pretended call, no sound</span>;
	if (call.held) return <span class="state state-warn">You hold the call</span>;
	if (call.heldByOther) return <span class="state state-warn">You are on hold</span>;
	return <QualityChip />;
}

function QualityChip() {
	const { word, roundTripMs, own, other } = quality.value ?? { word: "good", roundTripMs: null, own: 0, other: 0 };
	const isCut = line.value !== "on";
	return (
		<>
			<span class={`state ${isCut || word === "poor" ? "state-bad" : word === "fair" ? "state-warn" : "state-good"}`}>
				{isCut ? "Reconnecting" : `Sound ${word}`}
				{!isCut && roundTripMs !== null && <span class="num">{roundTripMs} ms</span>}
			</span>
			<span class="grid gap-0.5">
				<meter class="h-2 w-16" min={0} max={1} value={Math.min(1, own * 3)} aria-label="Your voice" />
				<meter class="h-2 w-16" min={0} max={1} value={Math.min(1, other * 3)} aria-label="The other voice" />
			</span>
		</>
	);
}

/** How long the call lasts, here, in the page's title and in its sign. */
function useSeconds({ since, state }: Call): number {
	const now = useSignal(Date.now());
	useEffect(() => {
		if (state !== "live" || since === null) return;
		const timer = setInterval(() => {
			now.value = Date.now();
			badge((Date.now() - since) / 1000);
		}, 1_000);
		return () => {
			clearInterval(timer);
			unbadge();
		};
	}, [since, state]);
	return since === null ? 0 : Math.max(0, (now.value - since) / 1000);
}
