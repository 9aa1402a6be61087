import { useSignal } from "@preact/signals";
import { Mic, PhoneCall } from "lucide-preact";
import { later } from "../../../kit/later";
import { More } from "../../../kit/More";
import { RowsSkeleton, TextSkeleton } from "../../../kit/Skeleton";
import { Trouble } from "../../../kit/Trouble";
import { api, said } from "../../../lib/api";
import { changed } from "../../../lib/cache";
import { tellTrouble } from "../../../lib/toasts";
import { useReadPages } from "../../../lib/use-read";
import type { Campaign, CampaignRequest } from "../../../lib/wire";
import { ago, length } from "../../../lib/words";

const Recording = later(
	() => import("../../recording/Recording").then((part) => part.Recording),
	<TextSkeleton lines={2} label="Loading the recording" />,
);

/** What people asked for with a key: to be called back, or what they said after the tone. Nothing where no key asks for anything. */
export function Requests({ campaign }: { campaign: Campaign }) {
	const keys = Object.values(campaign.script.keys ?? {}).map((key) => key.do);
	const asks = keys.includes("callback") || keys.includes("record");
	return asks ? <List campaign={campaign} /> : null;
}

function List({ campaign }: { campaign: Campaign }) {
	const requests = useReadPages({
		key: ["requests", campaign.id, campaign.counters.answered, campaign.counters.done],
		read: (cursor) =>
			said(
				api.campaigns[":id"].requests.$get({
					param: { id: campaign.id },
					query: { limit: "50", ...(cursor ? { cursor } : {}) },
				}),
			),
	});
	return (
		<section aria-labelledby="requests">
			<h2 id="requests" class="mb-2 text-lg">
				What people asked for
			</h2>
			{requests.isPending && <RowsSkeleton rows={2} columns={2} label="Loading what people asked for" />}
			{requests.isError && (
				<Trouble what="What people asked for did not load." error={requests.error} again={requests.again} />
			)}
			{requests.data && requests.items.length === 0 && (
				<p class="card text-muted p-6 text-center text-sm">
					Nobody has pressed a key to be called back or to leave a message. Whoever does stands here.
				</p>
			)}
			{requests.items.length > 0 && (
				<ul class="card divide-y divide-[var(--line)] overflow-hidden">
					{requests.items.map((request) => (
						<Line key={request.id} campaignId={campaign.id} request={request} />
					))}
				</ul>
			)}
			<More of={requests} look="btn-quiet btn-sm" class="mt-3 text-center">
				Older ones
			</More>
		</section>
	);
}

function Line({ campaignId, request }: { campaignId: string; request: CampaignRequest }) {
	const open = useSignal(false);
	const done = useSignal(request.doneAt !== null);
	const who = request.name || request.formatted;
	const recorded = request.kind === "recording";
	const Icon = recorded ? Mic : PhoneCall;

	async function mark(isDone: boolean) {
		done.value = isDone;
		try {
			const param = { id: campaignId, requestId: request.id };
			await said(api.campaigns[":id"].requests[":requestId"].$patch({ param, json: { done: isDone } }));
			await changed("requests");
		} catch (error) {
			done.value = !isDone;
			tellTrouble(error);
		}
	}
	return (
		<li class="flex flex-col gap-3 p-4">
			<div class="flex flex-wrap items-center gap-x-4 gap-y-2">
				<Icon size={17} class="text-muted flex-none" aria-hidden />
				<div class="min-w-0 flex-1">
					<p class="truncate font-medium">
						<bdi>{who}</bdi>
					</p>
					<p class="text-muted text-sm">
						{recorded
							? `left a message${request.seconds ? ` of ${length(request.seconds)}` : ""}`
							: "wants to be called back"}
						, <time dateTime={request.createdAt}>{ago(request.createdAt)}</time>
						{request.name ? `, ${request.formatted}` : ""}
					</p>
				</div>
				{recorded && request.isRecorded && (
					<button
						type="button"
						class="btn btn-quiet btn-sm"
						aria-expanded={open.value}
						onClick={() => {
							open.value = !open.value;
						}}
					>
						{open.value ? "Close" : "Listen"}
						<span class="sr-only"> to {who}</span>
					</button>
				)}
				<label class="flex items-center gap-2 text-sm">
					<input
						type="checkbox"
						class="checkbox checkbox-sm"
						checked={done.value}
						onChange={(event) => mark(event.currentTarget.checked)}
					/>
					Done<span class="sr-only"> for {who}</span>
				</label>
			</div>
			{open.value && <Recording callId={request.callId} kind="call" seconds={request.seconds ?? 0} />}
		</li>
	);
}
