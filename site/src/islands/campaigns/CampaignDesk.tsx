import { ArrowLeft } from "lucide-preact";
import { later } from "../../kit/later";
import { TextSkeleton } from "../../kit/Skeleton";
import { State } from "../../kit/State";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { useRead } from "../../lib/use-read";
import type { Campaign } from "../../lib/wire";
import { count, length, moment, money } from "../../lib/words";
import { LeftOut } from "./left-out/LeftOut";
import { campaignKey, pollWhile, useCampaignFeed } from "./live";
import { Steering } from "./Steering";
import { pauseWord, STATUS } from "./words";

const waiting = (
	<div class="card p-5">
		<TextSkeleton lines={5} label="Loading" />
	</div>
);
// Before it starts one looks ahead, afterwards back: never both.
const Preflight = later(() => import("./preflight/Preflight").then((part) => part.Preflight), waiting);
const Progress = later(
	() => import("./Progress").then((part) => part.Progress),
	// As high as what comes, so that nothing below it moves.
	<div class="card h-21.5 p-4 lg:h-23.5 lg:p-5">
		<TextSkeleton lines={2} label="Loading how far it is" />
	</div>,
);
const Findings = later(() => import("./Findings").then((part) => part.Findings), waiting);

/** One campaign: how far it is, what happened, and the levers. */
export function CampaignDesk({ id }: { id: string }) {
	useCampaignFeed(id);
	const campaign = useRead({
		key: campaignKey(id),
		read: () => said(api.campaigns[":id"].$get({ param: { id } })),
		every: (data) => pollWhile(!!data && isMoving(data)),
	});
	if (campaign.isPending)
		return (
			<div class="card p-6">
				<h1 class="sr-only">Campaign</h1>
				<TextSkeleton lines={6} label="Loading the campaign" />
			</div>
		);
	if (campaign.isError)
		return (
			<>
				<h1 class="mb-4 text-xl">Campaign</h1>
				<Trouble what="This campaign did not load." error={campaign.error} again={campaign.again} />
			</>
		);
	const { data } = campaign;
	return (
		<>
			<header class="mb-5 flex flex-wrap items-center gap-x-4 gap-y-3">
				<a class="btn btn-ghost btn-sm btn-square" href="/campaigns" aria-label="All campaigns">
					<ArrowLeft size={18} aria-hidden />
				</a>
				<h1 class="min-w-0 text-xl break-words lg:text-2xl" tabIndex={-1}>
					{data.title}
				</h1>
				<State {...STATUS[data.status]} />
				<div class="ms-auto flex flex-wrap gap-2 max-sm:ms-0 max-sm:w-full">
					<Steering campaign={data} />
				</div>
			</header>
			{data.status === "paused" && <p class="notice notice-warn mb-4">{pauseWord(data.pausedReason)}</p>}
			{data.status === "scheduled" && data.schedule.startsAt && (
				<p class="notice mb-4">
					It starts by itself on {moment(data.schedule.startsAt)}, your time. Edit it and empty its start to hold it
					back.
				</p>
			)}
			{data.status === "draft" || data.status === "scheduled" ? (
				<Preflight campaign={data} />
			) : (
				<>
					<Progress campaign={data} />
					<Figures campaign={data} />
					{(data.status === "running" || data.status === "paused") && (
						<p class="mt-3 text-end">
							<LeftOut campaignId={data.id} />
						</p>
					)}
					<Findings campaign={data} />
				</>
			)}
		</>
	);
}

export function isMoving({ status, counters }: Campaign): boolean {
	return status === "running" || status === "scheduled" || counters.liveCalls > 0 || counters.active > 0;
}

function Figures({ campaign }: { campaign: Campaign }) {
	const { counters: n } = campaign;
	// Machines pick up as well; by "answered" everybody means people, as the funnel below does.
	const answered = n.answered - n.machine;
	const rate = n.totalCalls ? Math.round((100 * answered) / n.totalCalls) : 0;
	const figures = [
		["Calls made", count(n.totalCalls), n.liveCalls ? `${count(n.liveCalls)} in the air` : "none in the air"],
		["Answered", count(answered), `${rate}% of calls`],
		["Pressed 1", count(n.transferred), `${count(n.connected)} talked with you`],
		["Pressed 9", count(n.optedOut), "never called again"],
		["Talk time", length(n.talkSeconds), "minutes"],
		["Spent", money(n.spentMicros), "so far"],
	] as const;
	return (
		<dl class="card bg-[var(--line)] mt-4 grid grid-cols-2 gap-px overflow-hidden sm:grid-cols-3 xl:grid-cols-6">
			{figures.map(([word, value, note]) => (
				<div key={word} class="bg-base-100 flex flex-col px-4 py-3">
					<dt class="text-muted text-xs font-medium">{word}</dt>
					<dd class="num text-2xl font-semibold">{value}</dd>
					<dd class="text-faint text-xs">{note}</dd>
				</div>
			))}
		</dl>
	);
}
