import type { ComponentChildren } from "preact";

interface Props {
	id: string;
	title: string;
	lead?: string;
	actions?: ComponentChildren;
	children: ComponentChildren;
}

/** One matter of the settings. */
export function Section({ id, title, lead, actions, children }: Props) {
	return (
		<section class="card" aria-labelledby={id}>
			<header class="line flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-3 lg:px-5">
				<div class="min-w-0 flex-1 basis-64">
					<h2 id={id} class="text-base">
						{title}
					</h2>
					{lead && <p class="text-muted text-sm text-pretty">{lead}</p>}
				</div>
				{actions}
			</header>
			<div class="p-4 lg:p-5">{children}</div>
		</section>
	);
}
