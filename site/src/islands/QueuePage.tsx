import { useSignal } from "@preact/signals";
import { ListOrdered, Plus } from "lucide-preact";
import { Empty } from "../kit/Empty";
import { later } from "../kit/later";
import { RowsSkeleton } from "../kit/Skeleton";
import { Trouble } from "../kit/Trouble";
import { whileDeaf } from "../lib/live";
import { profileQuery, queuesQuery } from "../lib/reads";
import { useRead } from "../lib/use-read";
import type { Queue } from "../lib/wire";
import { useMoving } from "./calls/live";
import { LOOK_MS } from "./queue/time";

const QueueCard = later(
	() => import("./queue/QueueCard").then((part) => part.QueueCard),
	<RowsSkeleton rows={3} columns={3} label="Loading who waits" />,
);
const QueueDialog = later(() => import("./queue/QueueDialog").then((part) => part.QueueDialog));

/** The board: every queue that this person answers, with who waits in it now. */
export function QueuePage() {
	const queues = useRead({ ...queuesQuery, every: whileDeaf(LOOK_MS) });
	const profile = useRead(profileQuery);
	const owner = profile.data?.role === "owner";
	const editing = useSignal<Queue | "new" | null>(null);
	useMoving("queue", "queues", "queue-calls");
	useMoving("call", "queues", "queue-calls");
	const add = (
		<button
			type="button"
			class="btn btn-primary"
			onClick={() => {
				editing.value = "new";
			}}
		>
			<Plus size={16} aria-hidden /> New queue
		</button>
	);
	return (
		<>
			<header class="mb-5 flex flex-wrap items-center justify-between gap-x-6 gap-y-3 lg:mb-6">
				<div>
					<h1 class="text-xl lg:text-2xl" tabIndex={-1}>
						Queue
					</h1>
					<p class="text-muted mt-1 text-sm lg:text-base">Who waits, for how long, and whose turn it is.</p>
				</div>
				{owner && !!queues.data?.length && add}
			</header>
			{queues.isPending && <RowsSkeleton rows={4} columns={3} label="Loading the queues" />}
			{queues.isError && <Trouble what="The queues did not load." error={queues.error} again={queues.again} />}
			{queues.data?.length === 0 && (
				<div class="card">
					<Empty icon={ListOrdered} title="No queue yet" actions={owner ? add : undefined}>
						{owner
							? "Callers wait in a queue, with music and their position, until one of you is free. Make one, then send a number's calls to it."
							: "You answer no queue. Whoever owns the account can put you on one."}
					</Empty>
				</div>
			)}
			<div
				class={`grid grid-cols-[minmax(0,1fr)] items-start gap-6 ${(queues.data?.length ?? 0) > 1 ? "xl:grid-cols-2" : ""}`}
			>
				{queues.data?.map((queue) => (
					<QueueCard
						key={queue.id}
						queue={queue}
						onEdit={
							owner
								? () => {
										editing.value = queue;
									}
								: null
						}
					/>
				))}
			</div>
			{editing.value && (
				<QueueDialog
					queue={editing.value === "new" ? null : editing.value}
					onClose={() => {
						editing.value = null;
					}}
				/>
			)}
		</>
	);
}
