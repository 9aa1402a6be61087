import { Bar } from "../../kit/Bar";
import { State } from "../../kit/State";
import type { Read } from "../../lib/use-read";
import type { Campaign } from "../../lib/wire";
import { ago, count, counted, moment } from "../../lib/words";
import { STATUS } from "../campaigns/words";
import { LatestCard } from "./LatestCard";

const UNDER_WAY = new Set<Campaign["status"]>(["running", "paused"]);

/** The latest campaigns. */
export function CampaignsCard({ campaigns }: { campaigns: Read<Campaign[]> }) {
	return (
		<LatestCard
			title="Latest campaigns"
			all={{ href: "/campaigns", word: "All campaigns" }}
			items={campaigns}
			what="campaigns"
			none={
				<>
					<span class="block">None yet.</span> A campaign calls a whole list and puts whoever presses 1 through to you.{" "}
					<a class="link" href="/campaigns/new">
						Set one up
					</a>
				</>
			}
			hrefOf={({ id, status }) => `${status === "draft" ? "/campaigns/new" : "/campaigns"}?id=${id}`}
		>
			{(campaign) => (
				<>
					<span class="min-w-0 flex-1">
						<span class="block truncate font-medium">{campaign.title}</span>
						<span class="text-muted block text-xs">{historyOf(campaign)}</span>
					</span>
					{UNDER_WAY.has(campaign.status) && (
						<span class="w-24 max-md:hidden">
							<Bar slim value={campaign.progress} label={`Progress of ${campaign.title}`} tone="bg-primary" />
						</span>
					)}
					<span class="flex-none">
						<State {...STATUS[campaign.status]} />
					</span>
				</>
			)}
		</LatestCard>
	);
}

function historyOf({ status, totalCalls, transferredCalls, startedAt, updatedAt, schedule }: Campaign): string {
	if (status === "scheduled" && schedule.startsAt) return `starts ${moment(schedule.startsAt)}`;
	if (!startedAt) return `edited ${ago(updatedAt)}`;
	return `${counted(totalCalls, "call")}, ${count(transferredCalls)} pressed 1, started ${ago(startedAt)}`;
}
