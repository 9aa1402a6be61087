import { TextSkeleton } from "../../kit/Skeleton";
import type { Campaign } from "../../lib/wire";
import { Outcomes } from "./Outcomes";
import { Results } from "./Results";
import { Heat } from "./report/Heat";
import { Requests } from "./report/Requests";
import { useReport } from "./report/use-report";

/** What came of a campaign. Its parts appear together, with the report that most of them draw: none pushes another away. */
export function Findings({ campaign }: { campaign: Campaign }) {
	const report = useReport(campaign);
	if (report.isPending)
		return (
			<div class="card mt-6 p-5">
				<TextSkeleton lines={5} label="Loading the report" />
			</div>
		);
	return (
		<div class="mt-6 grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
			<div class="xl:order-last">
				<Outcomes campaign={campaign} />
			</div>
			<div class="flex min-w-0 flex-col gap-6">
				<Heat campaign={campaign} />
				<Requests campaign={campaign} />
				<Results campaign={campaign} />
			</div>
		</div>
	);
}
