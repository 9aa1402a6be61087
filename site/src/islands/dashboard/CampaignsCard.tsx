import { Bar } from "../../kit/Bar";
import { TextSkeleton } from "../../kit/Skeleton";
import { State } from "../../kit/State";
import { Trouble } from "../../kit/Trouble";
import type { Read } from "../../lib/use-read";
import type { Campaign } from "../../lib/wire";
import { ago, count, counted, moment } from "../../lib/words";
import { STATUS } from "../campaigns/words";

const SHOWN = 5;

/** The latest campaigns. */
export function CampaignsCard({ campaigns }: { campaigns: Read<Campaign[]> }) {
	return (
		<section aria-labelledby="latest-campaigns">
			<div class="mb-3 flex items-baseline justify-between">
				<h2 id="latest-campaigns" class="text-lg">
					Latest campaigns
				</h2>
				{!!campaigns.data?.length && (
					<a class="link text-sm" href="/campaigns">
						All campaigns
					</a>
				)}
			</div>
			{campaigns.isPending && (
				<div class="card p-5">
					<TextSkeleton label="Loading campaigns" />
				</div>
			)}
			{campaigns.isError && (
				<Trouble what="The campaigns did not load." error={campaigns.error} again={campaigns.again} />
			)}
			{campaigns.data?.length === 0 && (
				<p class="card text-muted p-5 text-sm">
					None yet. A campaign calls a whole list and puts whoever presses 1 through to you.{" "}
					<a class="link" href="/campaigns/new">
						Set one up
					</a>
				</p>
			)}
			{!!campaigns.data?.length && (
				<ul class="card divide-y divide-[var(--line)] overflow-hidden">
					{campaigns.data.slice(0, SHOWN).map((campaign) => (
						<li key={campaign.id}>
							<a
								class="flex items-center gap-4 px-4 py-3 hover:bg-base-200/70 focus-visible:-outline-offset-2 lg:px-5"
								href={`${campaign.status === "draft" ? "/campaigns/new" : "/campaigns"}?id=${campaign.id}`}
							>
								<span class="min-w-0 flex-1">
									<span class="block truncate font-medium">{campaign.title}</span>
									<span class="text-muted block text-xs">{historyOf(campaign)}</span>
								</span>
								<span class={`w-40 max-md:hidden ${campaign.startedAt ? "" : "invisible"}`}>
									<Bar
										slim
										value={campaign.progress}
										label={`Progress of ${campaign.title}`}
										tone={campaign.status === "completed" ? "bg-success" : "bg-primary"}
									/>
								</span>
								<span class="w-28 flex-none text-end">
									<State {...STATUS[campaign.status]} />
								</span>
							</a>
						</li>
					))}
				</ul>
			)}
		</section>
	);
}

function historyOf({ status, totalCalls, transferredCalls, startedAt, updatedAt, schedule }: Campaign): string {
	if (status === "scheduled" && schedule.startsAt) return `starts ${moment(schedule.startsAt)}`;
	if (!startedAt) return `edited ${ago(updatedAt)}`;
	return `${counted(totalCalls, "call")}, ${count(transferredCalls)} pressed 1, started ${ago(startedAt)}`;
}
