import type { LucideIcon } from "lucide-preact";
import type { ComponentChildren } from "preact";

interface Props {
	icon: LucideIcon;
	title: string;
	children: ComponentChildren;
	actions?: ComponentChildren;
}

/** Nothing here yet: what would be, and how it gets here. */
export function Empty({ icon: Icon, title, children, actions }: Props) {
	return (
		<div class="mx-auto flex max-w-md flex-col items-center px-6 py-12 text-center">
			<span class="bg-base-200 line text-muted mb-4 grid size-12 place-items-center rounded-box border">
				<Icon size={22} aria-hidden />
			</span>
			<h2 class="text-lg">{title}</h2>
			<div class="text-muted mt-1 text-sm text-pretty">{children}</div>
			{actions && <div class="mt-5 flex flex-wrap justify-center gap-2">{actions}</div>}
		</div>
	);
}
