/** Rows that are on their way. Widths come from classes, because the content security policy forbids inline styles. */
const CLASSES = ["w-3/5", "w-4/5", "w-1/2", "w-2/3", "w-7/12"] as const;

export function RowsSkeleton({ rows = 5, columns = 4, label }: { rows?: number; columns?: number; label: string }) {
	return (
		<div class="card overflow-hidden" role="status" aria-label={label}>
			{Array.from({ length: rows }, (_, row) => (
				<div key={row} class="line flex h-13 items-center gap-6 border-b px-4 last:border-0">
					{Array.from({ length: columns }, (_, column) => (
						<span key={column} class={`flex-1 ${column > 1 ? "max-sm:hidden" : ""}`}>
							<span class={`skel ${CLASSES[(row + column) % CLASSES.length]}`} />
						</span>
					))}
				</div>
			))}
		</div>
	);
}

export function TextSkeleton({ lines = 3, label }: { lines?: number; label: string }) {
	return (
		<div class="flex flex-col gap-3" role="status" aria-label={label}>
			{Array.from({ length: lines }, (_, line) => (
				<span key={line} class={`skel ${CLASSES[line % CLASSES.length]}`} />
			))}
		</div>
	);
}
