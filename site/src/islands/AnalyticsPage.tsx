import { useSignal } from "@preact/signals";
import { ChartColumn, Download } from "lucide-preact";
import { Action } from "../kit/Action";
import { Empty } from "../kit/Empty";
import { later } from "../kit/later";
import { RowsSkeleton } from "../kit/Skeleton";
import { Trouble } from "../kit/Trouble";
import { saveAs } from "../lib/download";
import { profileQuery } from "../lib/reads";
import { tellTrouble } from "../lib/toasts";
import { useRead } from "../lib/use-read";
import { Cards } from "./analytics/Cards";
import { RangePicker } from "./analytics/RangePicker";
import { rangeIn, searchOf } from "./analytics/range";
import { figuresQuery, type Range, stepOf, zone } from "./analytics/reads";
import { useMoving } from "./calls/live";

const Plot = later(
	() => import("./analytics/Plot").then((part) => part.Plot),
	<RowsSkeleton rows={4} columns={1} label="Drawing your figures" />,
);
const Breakdown = later(() => import("./analytics/Breakdown").then((part) => part.Breakdown));

/** What the account did in a range of days, beside as many days before. The range stands in the address. */
export function AnalyticsPage() {
	const profile = useRead(profileQuery);
	if (profile.data?.timeZone) zone.value = profile.data.timeZone;
	const asked = useSignal<Range | null>(null);
	const range = asked.value ?? rangeIn(location.search);
	const figures = useRead({ ...figuresQuery(range), keepOld: true, enabled: !profile.isPending });
	useMoving("call", "figures");
	useMoving("message", "figures");
	useMoving("campaign", "figures");
	useMoving("wallet", "figures");
	function show(next: Range) {
		asked.value = next;
		history.replaceState(history.state, "", searchOf(next));
	}
	const data = figures.data;
	const isEmpty =
		data &&
		data.totals.calls + data.totals.messages + data.previous.totals.calls === 0 &&
		data.totals.spend.amountMicros === 0;
	return (
		<>
			<header class="mb-5 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
				<div>
					<h1 class="text-xl lg:text-2xl" tabIndex={-1}>
						Analytics
					</h1>
					<p class="text-muted mt-1 text-sm lg:text-base">Days of {zone.value.replaceAll("_", " ")}.</p>
				</div>
				<Export range={range} />
			</header>
			<RangePicker range={range} onRange={show} />
			{figures.isPending && <RowsSkeleton rows={5} columns={4} label="Loading your figures" />}
			{figures.isError && <Trouble what="Your figures did not load." error={figures.error} again={figures.again} />}
			{isEmpty && (
				<div class="card">
					<Empty
						icon={ChartColumn}
						title="Nothing happened in these days"
						actions={
							<a class="btn btn-primary" href="/campaigns/new">
								Set up a campaign
							</a>
						}
					>
						Calls, texts and what they cost are counted here as they happen. Choose other days, or make a first call.
					</Empty>
				</div>
			)}
			{data && !isEmpty && (
				<div class="flex flex-col gap-6">
					<Cards data={data} />
					<Plot data={data} step={stepOf(data)} />
					<Breakdown
						title="By number"
						rows={data.byNumber.map((row) => ({
							...row,
							key: row.number,
							name: row.formatted,
							note: row.label,
							href: "/numbers",
						}))}
					/>
					<Breakdown
						title="By campaign"
						rows={data.byCampaign.map((row) => ({
							...row,
							key: row.campaignId,
							name: row.title || "Deleted campaign",
							note: "",
							href: row.title ? `/campaigns?id=${row.campaignId}` : null,
						}))}
					/>
					<Breakdown
						title="By assistant"
						rows={data.byAssistant.map((row) => ({
							...row,
							key: row.assistantId,
							name: row.name || "Deleted assistant",
							note: "",
							href: "/assistants",
						}))}
					/>
				</div>
			)}
		</>
	);
}

function Export({ range: { from, to } }: { range: Range }) {
	const busy = useSignal(false);
	async function save() {
		busy.value = true;
		const query = new URLSearchParams({ from, to, timeZone: zone.value });
		await saveAs(`/api/dashboard/analytics.csv?${query}`, `figures-${from}-${to}.csv`).catch(tellTrouble);
		busy.value = false;
	}
	return (
		<Action look="btn-quiet" busy={busy.value} busyWord="Exporting…" onClick={save}>
			<Download size={15} aria-hidden /> Export CSV
		</Action>
	);
}
