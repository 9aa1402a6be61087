import { ChevronRight } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface Props {
	title: string;
	/** What is chosen inside, while it is closed. */
	summary: string;
	/** Something inside is wrong: it opens, so that the reason is seen. */
	isWrong: boolean;
	children: ComponentChildren;
}

/** A part of the form that most campaigns leave as it is. */
export function Fold({ title, summary, isWrong, children }: Props) {
	const fold = useRef<HTMLDetailsElement>(null);
	useEffect(() => {
		if (isWrong && fold.current) fold.current.open = true;
	}, [isWrong]);
	return (
		<details class="card group" ref={fold}>
			<summary class="flex items-center gap-2 rounded-box p-4 font-semibold lg:px-5">
				<ChevronRight size={17} class="transition-transform group-open:rotate-90" aria-hidden /> {title}
				<span class="text-muted ms-auto text-sm font-normal max-sm:hidden">{summary}</span>
			</summary>
			<div class="line flex flex-col gap-5 border-t p-4 lg:p-5">{children}</div>
		</details>
	);
}
