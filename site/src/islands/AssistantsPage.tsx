import { useSignal } from "@preact/signals";
import { Bot, Plus } from "lucide-preact";
import { Empty } from "../kit/Empty";
import { later } from "../kit/later";
import { RowsSkeleton } from "../kit/Skeleton";
import { Trouble } from "../kit/Trouble";
import { useRead } from "../lib/use-read";
import type { Assistant } from "../lib/wire";
import { Connections } from "./assistants/Connections";
import { assistantsQuery } from "./assistants/reads";
import { Summary } from "./assistants/Summary";

const AssistantDialog = later(() => import("./assistants/AssistantDialog").then((part) => part.AssistantDialog));
const AssistantRow = later(() => import("./assistants/AssistantRow").then((part) => part.AssistantRow));
const RecentCalls = later(
	() => import("./assistants/RecentCalls").then((part) => part.RecentCalls),
	<RowsSkeleton rows={3} columns={2} label="Loading their calls" />,
);

/** Who answers by itself: the assistants, the numbers that they answer, and what they were told. */
export function AssistantsPage() {
	const assistants = useRead(assistantsQuery);
	const open = useSignal<Assistant | "new" | null>(null);
	const list = assistants.data?.items ?? [];
	const make = (
		<button
			type="button"
			class="btn btn-primary"
			onClick={() => {
				open.value = "new";
			}}
		>
			<Plus size={16} aria-hidden /> New assistant
		</button>
	);
	return (
		<>
			<header class="mb-5 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
				<div>
					<h1 class="text-xl lg:text-2xl" tabIndex={-1}>
						Assistants
					</h1>
					<p class="text-muted mt-1 text-sm lg:text-base">Numbers answer by themselves when you tell them to.</p>
				</div>
				{list.length > 0 && make}
			</header>
			{assistants.isPending && <RowsSkeleton rows={5} columns={3} label="Loading assistants" />}
			{assistants.isError && (
				<Trouble what="The assistants did not load." error={assistants.error} again={assistants.again} />
			)}
			{assistants.data && list.length === 0 && (
				<div class="card">
					<Empty icon={Bot} title="Nobody answers by itself yet" actions={make}>
						An assistant speaks with whoever calls, by the instructions that you write, and tells you afterwards what it
						was about.
					</Empty>
				</div>
			)}
			{assistants.data && list.length === 0 && (
				<div class="mt-6">
					<Connections assistants={list} />
				</div>
			)}
			{list.length > 0 && (
				<div class="flex flex-col gap-6">
					<Summary assistants={list} />
					<Connections assistants={list} />
					<section aria-labelledby="all-assistants">
						<h2 id="all-assistants" class="mb-3 text-lg">
							Your assistants
						</h2>
						<ul class="card divide-y divide-[var(--line)]">
							{list.map((assistant) => (
								<AssistantRow
									key={assistant.id}
									assistant={assistant}
									onEdit={() => {
										open.value = assistant;
									}}
								/>
							))}
						</ul>
					</section>
					<RecentCalls assistants={list} />
				</div>
			)}
			{open.value && (
				<AssistantDialog
					assistant={open.value === "new" ? null : open.value}
					onClose={() => {
						open.value = null;
					}}
				/>
			)}
		</>
	);
}
