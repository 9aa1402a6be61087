import { useSignal } from "@preact/signals";
import { AlarmClock, Megaphone, PhoneIncoming, PhoneMissed, PhoneOutgoing, StickyNote, Voicemail } from "lucide-preact";
import { Player } from "../../kit/Player";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell, tellTrouble } from "../../lib/toasts";
import type { ScheduledMessage, TimelineItem } from "../../lib/wire";
import { hour, length, moment } from "../../lib/words";
import { hereOf, Media, Words } from "./Bubble";

type Of<Type extends TimelineItem["type"]> = Extract<TimelineItem, { type: Type }>;

const CALL_ENDS: Record<string, string> = {
	completed: "Call",
	in_progress: "Call, still going on",
	ringing: "Ringing now",
	queued: "About to be called",
	missed: "Missed call",
	no_answer: "No answer",
	declined: "Call declined",
	cancelled: "Call taken back",
	busy: "Busy",
	unavailable: "Not at the desk",
	failed: "Call failed",
};
const ANSWERED: Record<string, string> = {
	machine: "a machine answered",
	voicemail: "went to voicemail",
	assistant: "an assistant answered",
	queue: "waited in the queue",
	forward: "forwarded",
};

/** A call with the person, where it falls between the messages. */
export function CallTouch({ item: { call } }: { item: Of<"call"> }) {
	const missed = call.direction === "inbound" && ["missed", "no_answer", "declined", "busy"].includes(call.status);
	const Sign = call.campaignId
		? Megaphone
		: missed
			? PhoneMissed
			: call.direction === "inbound"
				? PhoneIncoming
				: PhoneOutgoing;
	const end = CALL_ENDS[call.status] ?? "Call";
	const told = [
		call.campaignTitle === null ? "" : `Campaign “${call.campaignTitle}”`,
		call.campaignTitle !== null && end === "Call" ? "called" : end,
		(call.answeredBy && ANSWERED[call.answeredBy]) || "",
		call.durationSeconds > 0 ? length(call.durationSeconds) : "",
	].filter(Boolean);
	return (
		<p class="text-muted mx-auto my-2 flex w-fit max-w-full items-center gap-2 text-sm">
			<Sign size={14} class={missed ? "text-error flex-none" : "flex-none"} aria-hidden />
			<span class={missed ? "text-error font-medium" : ""}>{told.join(", ")}</span>
			<time class="text-xs" dateTime={call.startedAt}>
				{hour(call.startedAt)}
			</time>
			<a class="link text-xs" href={`/calls?id=${encodeURIComponent(call.id)}`}>
				Story
			</a>
		</p>
	);
}

/** What somebody said after the tone. Its address is fetched when it is wanted, because it holds for minutes only. */
export function VoicemailTouch({ item: { voicemail } }: { item: Of<"voicemail"> }) {
	const src = useSignal("");
	const { id, callId, durationSeconds, transcript, heard, createdAt } = voicemail;
	async function fetchIt() {
		try {
			const { url } = await said(api.recordings[":callId"].$get({ param: { callId } }));
			src.value = hereOf(url);
			if (!heard) await said(api.voicemail[":id"].read.$post({ param: { id } }));
			await changed("timeline");
		} catch (error) {
			tellTrouble(error);
		}
	}
	return (
		<div class="card w-full max-w-sm px-4 py-2.5">
			<p class="flex items-center gap-2 text-sm font-medium">
				<Voicemail size={15} aria-hidden /> Voicemail, {length(durationSeconds)}
				{!heard && <span class="bg-primary size-2 rounded-full" title="Not heard yet" />}
				<time class="text-muted ms-auto text-xs font-normal" dateTime={createdAt}>
					{hour(createdAt)}
				</time>
			</p>
			{transcript && <Words text={transcript} own={false} />}
			{src.value ? (
				<Player class="mt-1" src={src.value} name={`the voicemail of ${moment(createdAt)}`} seconds={durationSeconds} />
			) : (
				<button type="button" class="btn btn-quiet btn-sm mt-2" onClick={fetchIt}>
					Listen
				</button>
			)}
		</div>
	);
}

/** What the team writes to itself. */
export function NoteTouch({ item: { note }, author }: { item: Of<"note">; author: string }) {
	return (
		<div class="note ms-auto w-fit max-w-[85%] rounded-box border px-4 py-2">
			<p class="mb-1 flex items-center gap-1.5 text-xs font-semibold">
				<StickyNote size={12} aria-hidden /> Note by {author}, {hour(note.createdAt)}
			</p>
			<Words text={note.body} own={false} />
		</div>
	);
}

/** A message that waits for its time. */
export function ScheduledTouch({ item }: { item: ScheduledMessage }) {
	async function takeBack() {
		try {
			await said(api["scheduled-messages"][":id"].$delete({ param: { id: item.id }, query: {} }));
			tell("It will not be sent.");
		} catch (error) {
			tellTrouble(error);
		} finally {
			await changed("scheduled");
		}
	}
	const failed = item.state === "failed";
	return (
		<div class="line ms-auto flex w-fit max-w-[85%] flex-col gap-2 rounded-box border border-dashed px-4 py-2">
			<p class={`flex items-center gap-1.5 text-xs font-semibold ${failed ? "text-error" : "text-muted"}`}>
				<AlarmClock size={12} aria-hidden />
				{failed ? `Not sent: ${item.reason ?? "it was refused"}` : `Will be sent ${moment(item.sendAt)}`}
			</p>
			<Media media={item.media} />
			{item.body && <Words text={item.body} own={false} />}
			{item.state === "waiting" && (
				<button type="button" class="link self-end text-xs" onClick={takeBack}>
					Do not send
				</button>
			)}
		</div>
	);
}
