/** Conversations that are on their way. */
export function LinesSkeleton() {
	return (
		<div role="status" aria-label="Loading your conversations">
			{["w-3/5", "w-4/5", "w-1/2", "w-2/3", "w-7/12", "w-3/5"].map((width, at) => (
				<div key={`${at}${width}`} class="line flex gap-3 border-b px-4 py-3.5">
					<span class="skel !h-8 w-8 !rounded-full" />
					<span class="flex flex-1 flex-col justify-center gap-2.5">
						<span class="skel w-2/5" />
						<span class={`skel ${width}`} />
					</span>
				</div>
			))}
		</div>
	);
}
