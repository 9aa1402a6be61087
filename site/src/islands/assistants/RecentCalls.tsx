import { Phone } from "lucide-preact";
import { More } from "../../kit/More";
import { RowsSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { saveAs } from "../../lib/download";
import { tellTrouble } from "../../lib/toasts";
import { useReadPages } from "../../lib/use-read";
import type { Assistant, AssistantCall } from "../../lib/wire";
import { length, moment, money } from "../../lib/words";
import { useMoving } from "../calls/live";
import { ENDED } from "../calls/words";

/** What the assistants were told lately: a line each, and the whole conversation for whoever wants it. */
export function RecentCalls({ assistants }: { assistants: Assistant[] }) {
	const calls = useReadPages({
		key: ["assistant-calls"],
		read: (cursor) => said(api["assistant-calls"].$get({ query: { limit: "10", ...(cursor ? { cursor } : {}) } })),
	});
	useMoving("call", "assistant-calls", "figures");
	const nameOf = (id: string) => assistants.find((each) => each.id === id)?.name ?? "A deleted assistant";
	return (
		<section aria-labelledby="assistants-calls">
			<h2 id="assistants-calls" class="mb-3 text-lg">
				Their calls
			</h2>
			{calls.isPending && <RowsSkeleton rows={3} columns={2} label="Loading their calls" />}
			{calls.isError && <Trouble what="Their calls did not load." error={calls.error} again={calls.again} />}
			{calls.data && calls.items.length === 0 && (
				<p class="card text-muted p-5 text-sm">
					None yet. Connect a number above and call it: what was said stands here afterwards.
				</p>
			)}
			{calls.items.length > 0 && (
				<ul class="card divide-y divide-[var(--line)]">
					{calls.items.map((call) => (
						<li key={call.id}>
							<CallStory call={call} name={nameOf(call.assistantId)} />
						</li>
					))}
				</ul>
			)}
			<More of={calls}>Earlier calls</More>
		</section>
	);
}

function CallStory({ call, name }: { call: AssistantCall; name: string }) {
	const other = call.direction === "inbound" ? call.fromFormatted : call.toFormatted;
	const ended = call.status === "ended" ? (ENDED[call.endedBucket ?? ""] ?? "over") : "speaking now";
	return (
		<details class="px-4 py-3 lg:px-5">
			<summary class="flex flex-wrap items-baseline gap-x-3 gap-y-1">
				<Phone size={14} class="text-muted self-center" aria-hidden />
				<span class="phone font-medium">{other || "Hidden number"}</span>
				<span class="text-muted text-sm">
					{name}, <time dateTime={call.startedAt}>{moment(call.startedAt)}</time>, {length(call.duration)}, {ended}
				</span>
				{call.summary && <span class="basis-full text-sm">{call.summary}</span>}
			</summary>
			<div class="mt-3 flex flex-col gap-3 text-sm">
				{call.transcript ? <p class="whitespace-pre-line">{call.transcript}</p> : <p>No transcript.</p>}
				<p class="text-muted text-xs">
					{call.cost && `Cost ${money(call.cost.amountMicros, call.cost.currency)}. `}
					{call.transferredTo && `Handed to ${call.transferredTo}. `}
					{call.endedReason && `Provider's reason: ${call.endedReason}.`}
				</p>
				<div class="flex flex-wrap gap-2">
					{call.callId && (
						<a class="btn btn-quiet btn-sm" href={`/calls?id=${encodeURIComponent(call.callId)}`}>
							{call.recording === "kept" ? "Listen to the call" : "The whole call"}
						</a>
					)}
					{call.recording === "kept" && (
						<button
							type="button"
							class="btn btn-quiet btn-sm"
							onClick={() => saveAs(`/api/assistant-calls/${call.id}/recording`, "call.mp3").catch(tellTrouble)}
						>
							Save the recording
						</button>
					)}
				</div>
			</div>
		</details>
	);
}
