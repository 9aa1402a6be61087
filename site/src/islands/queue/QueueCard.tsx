import { Pencil } from "lucide-preact";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { whileDeaf } from "../../lib/live";
import { useRead } from "../../lib/use-read";
import type { Queue } from "../../lib/wire";
import { counted, length } from "../../lib/words";
import { LOOK_MS, useNow } from "./time";
import { Waiting } from "./Waiting";

interface Props {
	queue: Queue;
	/** Null for those who may not change it. */
	onEdit: (() => void) | null;
}

/** One queue: who waits, and how well it was served in the last 24 hours. */
export function QueueCard({ queue, onEdit }: Props) {
	const calls = useRead({
		key: ["queue-calls", queue.id],
		read: () => said(api.queues[":id"].calls.$get({ param: { id: queue.id } })),
		every: whileDeaf(LOOK_MS),
	});
	const now = useNow();
	const waiting = calls.data?.length ?? queue.waiting;
	const longest = calls.data?.[0]
		? Date.parse(calls.data[0].enteredAt)
		: queue.waitingSince
			? Date.parse(queue.waitingSince)
			: null;
	const late = longest !== null && now - longest > queue.serviceLevelSeconds * 1_000;
	const { today } = queue;
	return (
		<section class="card" aria-labelledby={queue.id}>
			<header class="line flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-3 lg:px-5">
				<h2 id={queue.id} class="min-w-0 truncate text-lg">
					{queue.name}
				</h2>
				{waiting > 0 && (
					<span class={`state ${late ? "state-warn" : "state-busy"}`}>{counted(waiting, "caller")} waiting</span>
				)}
				{onEdit && (
					<button
						type="button"
						class="btn btn-ghost btn-sm btn-square ms-auto"
						title="Change"
						aria-label={`Change ${queue.name}`}
						onClick={onEdit}
					>
						<Pencil size={15} aria-hidden />
					</button>
				)}
			</header>
			<dl class="line grid grid-cols-2 gap-x-4 gap-y-3 border-b px-4 py-3 sm:grid-cols-4 lg:px-5">
				<Figure name="Longest wait" value={longest === null ? "–" : length((now - longest) / 1_000)} warn={late} />
				<Figure
					name={`Within ${length(queue.serviceLevelSeconds)}`}
					value={today.serviceLevel === null ? "–" : `${today.serviceLevel}%`}
				/>
				<Figure
					name="Average wait"
					value={today.averageWaitSeconds === null ? "–" : length(today.averageWaitSeconds)}
				/>
				<Figure name="Answered, lost" value={`${today.answered}, ${today.lost}`} />
			</dl>
			{calls.isError && (
				<div class="p-4">
					<Trouble what="Who waits did not load." error={calls.error} again={calls.again} />
				</div>
			)}
			{calls.data?.length === 0 && (
				<p class="text-muted px-4 py-6 text-center text-sm">Nobody waits. Callers appear here by themselves.</p>
			)}
			{!!calls.data?.length && <Waiting queue={queue} calls={calls.data} now={now} />}
		</section>
	);
}

function Figure({ name, value, warn = false }: { name: string; value: string; warn?: boolean }) {
	return (
		<div class="min-w-0">
			<dt class="text-muted truncate text-xs">{name}</dt>
			<dd class={`num text-lg font-semibold ${warn ? "text-warning-ink" : ""}`}>{value}</dd>
		</div>
	);
}
