import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface Props {
	title: string;
	lead?: string;
	children: ComponentChildren;
}

/** One question of the form, with room to answer. */
export function Step({ title, lead, children }: Props) {
	const id = useId();
	return (
		<section class="card p-4 lg:p-5" aria-labelledby={id}>
			<h2 id={id} class="text-base">
				{title}
			</h2>
			{lead && <p class="text-muted mt-0.5 text-sm text-pretty">{lead}</p>}
			<div class="mt-4 flex flex-col gap-4">{children}</div>
		</section>
	);
}
