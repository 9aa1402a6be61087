import { RowsSkeleton } from "../../kit/Skeleton";

/** The first page while nothing of it is known. */
export function DeskSkeleton() {
	return (
		<div class="flex flex-col gap-6">
			<RowsSkeleton rows={5} columns={2} label="Loading your desk" />
			<div class="card h-25" />
		</div>
	);
}
