import { useRef } from "preact/hooks";
import { Bar } from "../../kit/Bar";
import type { Campaign } from "../../lib/wire";
import { count, counted } from "../../lib/words";

/** Samples to judge the pace by; at one a second that is the last minute. */
const MOST_SAMPLES = 60;
const LEAST_SECONDS = 5;

/** How far it is, and about how long it still takes at the pace of the last minute. */
export function Progress({ campaign }: { campaign: Campaign }) {
	const { counters: n, status } = campaign;
	const over = n.done + n.skipped;
	const left = useTimeLeft(over, n.recipients - over, status === "running");
	return (
		<section class="card p-4 lg:p-5" aria-label="Progress">
			<div class="mb-2.5 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
				<p>
					<span class="num text-xl font-semibold">{campaign.progress}%</span>{" "}
					<span class="text-muted">
						{count(over)} of {counted(n.recipients, "person", "people")}
					</span>
				</p>
				<p class="text-muted num text-sm" aria-live="off">
					{status === "running" && n.recipients === 0 && "Getting the list ready…"}
					{status === "running" && n.recipients > 0 && (left || waitingWord(campaign))}
					{status === "completed" && "Everybody has had their turn."}
					{status === "cancelled" && "Ended before everybody was called."}
					{status === "paused" && n.liveCalls > 0 && `${counted(n.liveCalls, "call")} still in the air`}
				</p>
			</div>
			<Bar
				value={campaign.progress}
				label="People who have had their turn"
				tone={status === "completed" ? "bg-success" : "bg-primary"}
			/>
		</section>
	);
}

function waitingWord({ counters: n }: Campaign): string {
	if (n.liveCalls > 0 || n.active > 0) return `${counted(n.liveCalls, "call")} in the air`;
	return n.pending > 0 ? `${counted(n.pending, "person", "people")} waiting for their hours or their turn` : "";
}

function useTimeLeft(over: number, remaining: number, running: boolean): string {
	const samples = useRef<{ at: number; over: number }[]>([]);
	const now = Date.now();
	const last = samples.current.at(-1);
	if (!running) samples.current = [];
	else if (!last || last.over !== over)
		samples.current = [...samples.current.slice(1 - MOST_SAMPLES), { at: now, over }];
	const first = samples.current[0];
	if (!running || !first || now - first.at < LEAST_SECONDS * 1_000 || over === first.over) return "";
	const seconds = (remaining * (now - first.at)) / 1_000 / (over - first.over);
	if (seconds < 60) return "less than a minute left";
	return seconds < 3_600
		? `about ${counted(Math.round(seconds / 60), "minute")} left`
		: `about ${counted(Math.round(seconds / 3_600), "hour")} left`;
}
