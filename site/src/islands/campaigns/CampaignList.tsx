import { Megaphone, Plus } from "lucide-preact";
import { Bar } from "../../kit/Bar";
import { Empty } from "../../kit/Empty";
import { RowsSkeleton } from "../../kit/Skeleton";
import { State } from "../../kit/State";
import { Trouble } from "../../kit/Trouble";
import { campaignsQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import type { Campaign } from "../../lib/wire";
import { ago, count, moment } from "../../lib/words";
import { pollWhile, useCampaignFeed } from "./live";
import { STATUS } from "./words";

/** Every campaign with how far it is. Moves by itself while one is calling. */
export function CampaignList() {
	useCampaignFeed();
	const campaigns = useRead({
		...campaignsQuery,
		every: (data) => pollWhile(!!data?.some(({ status }) => status === "running")),
	});
	return (
		<>
			<header class="mb-5 flex flex-wrap items-center justify-between gap-x-6 gap-y-3 lg:mb-6">
				<div>
					<h1 class="text-xl lg:text-2xl" tabIndex={-1}>
						Campaigns
					</h1>
					<p class="text-muted mt-1 text-sm lg:text-base">
						One greeting, one list, and everybody called at a decent hour.
					</p>
				</div>
				<a class="btn btn-primary" href="/campaigns/new">
					<Plus size={16} aria-hidden /> New campaign
				</a>
			</header>
			{campaigns.isPending && <RowsSkeleton columns={3} label="Loading campaigns" />}
			{campaigns.isError && (
				<Trouble what="The campaigns did not load." error={campaigns.error} again={campaigns.again} />
			)}
			{campaigns.data?.length === 0 && (
				<div class="card">
					<Empty
						icon={Megaphone}
						title="No campaigns yet"
						actions={
							<a class="btn btn-primary" href="/campaigns/new">
								Set up a campaign
							</a>
						}
					>
						A campaign calls everybody on a list and plays your greeting. Whoever presses 1 is put through to you;
						whoever presses 9 is never called again.
					</Empty>
				</div>
			)}
			{!!campaigns.data?.length && (
				<ul class="card divide-y divide-[var(--line)] overflow-hidden">
					{campaigns.data.map((campaign) => (
						<li key={campaign.id}>
							<CampaignLine campaign={campaign} />
						</li>
					))}
				</ul>
			)}
		</>
	);
}

function CampaignLine({ campaign }: { campaign: Campaign }) {
	const { counters, status } = campaign;
	const going = status !== "draft" && status !== "scheduled";
	return (
		<a
			class="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-2 px-4 py-3.5 hover:bg-base-200/70 md:grid-cols-[minmax(0,1fr)_15rem_8rem]"
			href={`${status === "draft" ? "/campaigns/new" : "/campaigns"}?id=${campaign.id}`}
		>
			<span class="min-w-0">
				<span class="block truncate font-medium">{campaign.title}</span>
				<span class="text-muted block truncate text-xs">{whenWord(campaign)}</span>
			</span>
			<span class={`max-md:order-3 max-md:col-span-2 ${going ? "" : "max-md:hidden"}`}>
				{going ? (
					<>
						<span class="text-muted num mb-1.5 flex justify-between text-xs">
							<span>
								{count(counters.done + counters.skipped)} of {count(counters.recipients)}
							</span>
							<span>{count(campaign.transferredCalls)} pressed 1</span>
						</span>
						<Bar
							slim
							value={campaign.progress}
							label={`Progress of ${campaign.title}`}
							tone={status === "completed" ? "bg-success" : "bg-primary"}
						/>
					</>
				) : (
					<span class="text-muted text-xs">{status === "draft" ? "Not started" : "Starts by itself"}</span>
				)}
			</span>
			<span class="text-end">
				<State {...STATUS[status]} />
			</span>
		</a>
	);
}

function whenWord({ status, schedule, startedAt, finishedAt, updatedAt }: Campaign): string {
	if (status === "draft") return `edited ${ago(updatedAt)}`;
	if (status === "scheduled" && schedule.startsAt) return `starts ${moment(schedule.startsAt)}`;
	if (finishedAt) return `finished ${ago(finishedAt)}`;
	return startedAt ? `started ${ago(startedAt)}` : `edited ${ago(updatedAt)}`;
}
