import { useSignal } from "@preact/signals";
import { ArrowLeft, Phone } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { TextSkeleton } from "../../kit/Skeleton";
import { State } from "../../kit/State";
import { Trouble } from "../../kit/Trouble";
import type { Sound } from "../../kit/use-sound";
import { api, said } from "../../lib/api";
import { callBack } from "../../lib/call-back";
import { whileDeaf } from "../../lib/live";
import { campaignsQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import type { CallStory as Story } from "../../lib/wire";
import { length, moment, money } from "../../lib/words";
import { Recording } from "../recording/Recording";
import { useMoving } from "./live";
import { Timeline } from "./Timeline";
import { Transcript } from "./Transcript";
import { ANSWERED_BY, ENDED, KINDS, lookOf, otherEnd } from "./words";

/** One call: who and when, what happened in it, what was said, and what it cost. */
export function CallStory({ id }: { id: string }) {
	const call = useRead({
		key: ["call", id],
		read: () => said(api.calls[":id"].$get({ param: { id } })),
		every: (data) => (data?.live ? whileDeaf(3_000) : false),
	});
	useMoving("call", "call");
	const sound = useSignal<Sound | null>(null);
	if (call.isPending)
		return (
			<div class="card p-6">
				<h1 class="sr-only">Call</h1>
				<TextSkeleton lines={6} label="Loading the call" />
			</div>
		);
	if (call.isError)
		return (
			<>
				<h1 class="mb-4 text-xl">Call</h1>
				<Trouble what="This call did not load." error={call.error} again={call.again} />
				<p class="mt-4">
					<a class="link" href="/calls">
						All calls
					</a>
				</p>
			</>
		);
	const { data } = call;
	const { assistantCall: assistant } = data;
	return (
		<>
			<Head call={data} />
			<div class="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
				<div class="flex min-w-0 flex-col gap-6">
					{data.recording && (
						<Part title={data.recording.kind === "voicemail" ? "Message" : "Recording"}>
							<Recording {...data.recording} callId={data.id} seconds={data.recording.duration} heard={sound} />
						</Part>
					)}
					{(data.transcript || assistant?.summary) && (
						<Part title="What was said">
							{assistant?.summary && <p class="text-muted mb-4 max-w-[68ch]">{assistant.summary}</p>}
							<Transcript text={data.transcript ?? ""} turns={assistant?.turns ?? []} sound={sound} />
						</Part>
					)}
					<Part title="What happened">
						<Timeline call={data} />
					</Part>
				</div>
				<Facts call={data} />
			</div>
		</>
	);
}

function Head({ call }: { call: Story }) {
	const end = otherEnd(call);
	return (
		<header class="mb-5 flex flex-wrap items-center gap-x-4 gap-y-3">
			<a class="btn btn-ghost btn-sm btn-square" href="/calls" aria-label="All calls">
				<ArrowLeft size={18} aria-hidden />
			</a>
			<div class="min-w-0">
				<h1 class="text-xl break-words lg:text-2xl" tabIndex={-1}>
					<bdi>{end.name}</bdi>
				</h1>
				<p class="text-muted text-sm">
					{call.direction === "inbound" ? "Incoming" : "Outgoing"},{" "}
					<time dateTime={call.startedAt}>{moment(call.startedAt)}</time>
				</p>
			</div>
			<State {...lookOf(call)} />
			{end.dial && !call.live && (
				<button type="button" class="btn btn-success ms-auto" onClick={() => callBack(end.dial)}>
					<Phone size={16} aria-hidden /> Call back
				</button>
			)}
		</header>
	);
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
	return (
		<section class="card p-4 lg:p-5" aria-label={title}>
			<h2 class="mb-3 text-base">{title}</h2>
			{children}
		</section>
	);
}

function Facts({ call }: { call: Story }) {
	const campaigns = useRead({ ...campaignsQuery, enabled: call.campaign !== null });
	const campaign = campaigns.data?.find(({ id }) => id === call.campaign);
	const facts: [string, ComponentChildren][] = [
		["From", <span class="phone">{call.fromFormatted || "Hidden"}</span>],
		["To", <span class="phone">{call.toFormatted}</span>],
		["How", KINDS[call.kind]],
		["Length", call.duration > 0 ? length(call.duration) : "–"],
	];
	const rang = call.answeredAt ? (Date.parse(call.answeredAt) - Date.parse(call.startedAt)) / 1000 : 0;
	if (rang >= 1) facts.push(["Rang for", length(rang)]);
	const { answeredBy, assistantCall } = call;
	if (answeredBy)
		facts.push([
			"Answered by",
			assistantCall?.name ? <bdi>{assistantCall.name}</bdi> : (ANSWERED_BY[answeredBy] ?? answeredBy),
		]);
	if (assistantCall?.endedBucket) facts.push(["Ended", ENDED[assistantCall.endedBucket] ?? assistantCall.endedBucket]);
	if (assistantCall?.transferredTo) facts.push(["Handed to", <span class="phone">{assistantCall.transferredTo}</span>]);
	if (call.peerIdentity) facts.push(["Call identity", <code class="text-sm">{call.peerIdentity}</code>]);
	if (call.campaign)
		facts.push([
			"Campaign",
			<a class="link" href={`/campaigns?id=${encodeURIComponent(call.campaign)}`}>
				{campaign?.title ?? "Open it"}
			</a>,
		]);
	if (call.errorCode) facts.push(["Reason", <code class="text-sm">{call.errorCode}</code>]);
	facts.push([
		"Cost",
		call.cost
			? money(call.cost.amountMicros, call.cost.currency)
			: call.kind === "browser"
				? "Free"
				: call.live
					? "Known at the end"
					: "–",
	]);
	return (
		<section class="card p-4 lg:p-5" aria-label="Facts">
			<dl class="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2 text-sm">
				{facts.map(([name, value]) => (
					<>
						<dt class="text-muted">{name}</dt>
						<dd class="num min-w-0 text-end break-words">{value}</dd>
					</>
				))}
			</dl>
			{call.legs.length > 1 && <Legs legs={call.legs} />}
			<a
				class="btn btn-quiet btn-sm mt-4 w-full"
				href={`/calls?q=${encodeURIComponent(call.direction === "inbound" ? call.from : call.to)}`}
			>
				Every call with this number
			</a>
		</section>
	);
}

function Legs({ legs }: Pick<Story, "legs">) {
	return (
		<table class="mt-3 w-full text-sm">
			<caption class="text-muted pb-1 text-start text-xs font-semibold">Each telephone that was dialed</caption>
			<tbody>
				{legs.map(({ toFormatted, minutes, cost }, at) => (
					<tr key={at}>
						<th scope="row" class="phone py-0.5 text-start font-normal">
							{toFormatted}
						</th>
						<td class="text-muted px-2 text-end">{minutes === null ? "" : `${minutes} min`}</td>
						<td class="text-end">{cost ? money(cost.amountMicros, cost.currency) : "open"}</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
